import * as Type from 'typebox'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'

/** `POST /api/device/nonce`. */
export const DeviceNonceSchema = closedObject({
  nonce: Type.String({ maxLength: 200 }),
  /** By which a device with a wrong clock dates its proofs. */
  serverTime: UnixMsSchema,
})
export type DeviceNonce = Type.Static<typeof DeviceNonceSchema>
