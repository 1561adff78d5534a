import {
  DevicesReplySchema,
  NewPairingSchema,
  PairingAnswerReplySchema,
  PairingViewSchema,
  type DeviceId,
  type DevicesReply,
  type NewPairing,
  type PairingId,
  type PairingView,
  type PersonId,
} from '@naervaer/shared'
import { makeCheck } from '../socket/check.ts'
import { read, send } from '../http-request.ts'

const isNewPairing = makeCheck(NewPairingSchema)
const isDevices = makeCheck(DevicesReplySchema)
const isAnswer = makeCheck(PairingAnswerReplySchema)
const isView = makeCheck(PairingViewSchema)

/** A worker's citizens' devices, and one's own. Every method rejects as `send` does. */
export interface DeviceDesk {
  begin(citizenId: PersonId, replaces: DeviceId | null): Promise<NewPairing>
  /** The code is dead from now on; also while the page goes away. */
  close(id: PairingId): Promise<void>
  view(id: PairingId): Promise<PairingView>
  /** @returns the device that is now the citizen's */
  answer(id: PairingId, isRight: boolean): Promise<DeviceId | null>
  listOf(citizenId: PersonId): Promise<DevicesReply>
  revoke(citizenId: PersonId, deviceId: DeviceId): Promise<void>
  listOwn(): Promise<DevicesReply>
  removeOwn(deviceId: DeviceId): Promise<void>
}

/** The real thing, talking to the server this page came from. */
export const deviceDesk: DeviceDesk = {
  async begin(citizenId, replaces) {
    return read(await send('POST', '/api/pairings', { citizenId, replaces }), isNewPairing)
  },
  async close(id) {
    await send('DELETE', `/api/pairings/${id}`, undefined, { keepalive: true })
  },
  async view(id) {
    return read(await send('GET', `/api/pairings/${id}`), isView)
  },
  async answer(id, isRight) {
    const answer = await send('POST', `/api/pairings/${id}/answer`, { isRight })
    return (await read(answer, isAnswer)).deviceId
  },
  async listOf(citizenId) {
    return read(await send('GET', `/api/citizens/${citizenId}/devices`), isDevices)
  },
  async revoke(citizenId, deviceId) {
    await send('DELETE', `/api/citizens/${citizenId}/devices/${deviceId}`)
  },
  async listOwn() {
    return read(await send('GET', '/api/devices'), isDevices)
  },
  async removeOwn(deviceId) {
    await send('DELETE', `/api/devices/${deviceId}`)
  },
}
