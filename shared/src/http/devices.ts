import * as Type from 'typebox'
import { PairedKindSchema } from '../device/kind.ts'
import { PersonIdSchema, UUID_PATTERN, type DeviceId } from '../ids.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'
import { PairingIdSchema } from '../wire/pairing.ts'
import { PersonSchema } from '../wire/presence.ts'

export const DeviceIdSchema = Type.Unsafe<DeviceId>(
  Type.String({ pattern: UUID_PATTERN, maxLength: 36 }),
)

/** 32 octets in base64url, as in a JWK's coordinates (RFC 7518 § 6.2.1). */
const CoordinateSchema = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 })

/** The public half of a device's P-256 key. */
export const DevicePublicKeySchema = closedObject({ x: CoordinateSchema, y: CoordinateSchema })
export type DevicePublicKey = Type.Static<typeof DevicePublicKeySchema>

/** A paired device in words. */
export const PairedDeviceSchema = closedObject({
  id: DeviceIdSchema,
  kind: PairedKindSchema,
  pairedAt: UnixMsSchema,
  /** When it last proved itself; null before the first time. */
  seenAt: Type.Union([UnixMsSchema, Type.Null()]),
})
export type PairedDevice = Type.Static<typeof PairedDeviceSchema>

/** `POST /api/pairings`: a worker wants to pair a device of one of their citizens. */
export const PairingWishSchema = closedObject({
  citizenId: PersonIdSchema,
  /** The device whose place the new one takes, which is then disconnected. */
  replaces: Type.Union([DeviceIdSchema, Type.Null()]),
})

/** Its answer: the only time that code and secret are told. */
export const NewPairingSchema = closedObject({
  id: PairingIdSchema,
  code: Type.String({ pattern: '^[0-9]{6}$' }),
  /** The same as `code` for cameras; what is secret stands in its fragment. */
  link: Type.String({ maxLength: 300 }),
  /** The link as a QR code: its modules as the path of an SVG `size` units wide. */
  qr: closedObject({
    size: Type.Integer({ minimum: 21, maximum: 200 }),
    path: Type.String({ maxLength: 30_000 }),
  }),
  expiresAt: UnixMsSchema,
})
export type NewPairing = Type.Static<typeof NewPairingSchema>

/** `GET /api/pairings/:id`: a code whose dialog has been without a connection. */
export const PairingViewSchema = closedObject({
  state: Type.Union([Type.Literal('open'), Type.Literal('claimed'), Type.Literal('over')]),
  /** What `pairing.claimed` told; null before that. */
  claim: Type.Union([
    closedObject({ digits: Type.String({ pattern: '^[0-9]{2}$' }), kind: PairedKindSchema }),
    Type.Null(),
  ]),
})
export type PairingView = Type.Static<typeof PairingViewSchema>

/** `POST /api/pairings/:id/answer`: whether the two digits are those on the device. */
export const PairingAnswerSchema = closedObject({ isRight: Type.Boolean() })

/** Its answer: the device that is now the citizen's; null after a no. */
export const PairingAnswerReplySchema = closedObject({
  deviceId: Type.Union([DeviceIdSchema, Type.Null()]),
})
export type PairingAnswerReply = Type.Static<typeof PairingAnswerReplySchema>

/** `POST /api/device/pairing`: a device without a person says its code and its key. */
export const PairingClaimSchema = closedObject({
  proof: Type.Union([
    closedObject({ code: Type.String({ pattern: '^[0-9]{6}$' }) }),
    closedObject({ secret: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }),
  ]),
  key: DevicePublicKeySchema,
  kind: PairedKindSchema,
})
export type PairingClaim = Type.Static<typeof PairingClaimSchema>

/** Its answer: what the worker is asked about. */
export const PairingClaimReplySchema = closedObject({
  digits: Type.String({ pattern: '^[0-9]{2}$' }),
  worker: Type.String({ minLength: 1, maxLength: 100 }),
})
export type PairingClaimReply = Type.Static<typeof PairingClaimReplySchema>

/** `GET /api/device/pairing`: what the worker has said. */
export const PairingStatusSchema = closedObject({
  state: Type.Union([Type.Literal('waiting'), Type.Literal('confirmed'), Type.Literal('over')]),
  /** Whose the device now is, and by what id its key is known; null before the worker's yes. */
  device: Type.Union([closedObject({ id: DeviceIdSchema, person: PersonSchema }), Type.Null()]),
})
export type PairingStatus = Type.Static<typeof PairingStatusSchema>

/** `POST /api/device/session`: a signed proof over the nonce. */
export const DeviceSignInSchema = closedObject({
  proof: Type.String({ minLength: 1, maxLength: 2_000 }),
  /** Whether somebody else who is signed in in this browser gives way: after pairing, not at each start. */
  isSwitch: Type.Boolean(),
})

/** `GET /api/devices` and `GET /api/citizens/:citizenId/devices`. */
export const DevicesReplySchema = closedObject({
  devices: Type.Array(PairedDeviceSchema, { maxItems: 100 }),
  /** Which of them this is; null for somebody else's. */
  thisDeviceId: Type.Union([DeviceIdSchema, Type.Null()]),
})
export type DevicesReply = Type.Static<typeof DevicesReplySchema>

export const DeviceParamsSchema = closedObject({ deviceId: DeviceIdSchema })
export const CitizenParamsSchema = closedObject({ citizenId: PersonIdSchema })
export const CitizenDeviceParamsSchema = closedObject({
  citizenId: PersonIdSchema,
  deviceId: DeviceIdSchema,
})
export const PairingParamsSchema = closedObject({ pairingId: PairingIdSchema })
