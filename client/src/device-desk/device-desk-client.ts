import {
  ItConnectedReplySchema,
  ItDeviceReplySchema,
  ItDevicesReplySchema,
  type DeviceId,
  type ItConnectedReply,
  type ItDeviceReply,
  type ItDevicesReply,
} from '@naervaer/shared'
import { read, send } from '../services/http-request.ts'
import { makeCheck } from '../services/socket/check.ts'

const isDevices = makeCheck(ItDevicesReplySchema)
const isConnected = makeCheck(ItConnectedReplySchema)
const isDevice = makeCheck(ItDeviceReplySchema)

/** All paired devices under pseudonyms. Rejects as `send` does. */
export async function fetchAllDevices(): Promise<ItDevicesReply> {
  return read(await send('GET', '/api/it/devices'), isDevices)
}

/** Which are connected now. Rejects as `send` does. */
export async function fetchConnected(): Promise<ItConnectedReply> {
  return read(await send('GET', '/api/it/devices/connected'), isConnected)
}

/** One of them, and how it was when it worked. Rejects as `send` does. */
export async function fetchOneDevice(id: DeviceId): Promise<ItDeviceReply> {
  return read(await send('GET', `/api/it/devices/${id}`), isDevice)
}
