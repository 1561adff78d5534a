import * as Type from 'typebox'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'
import { IceServerSchema } from '../wire/turn.ts'

/** The socket that answers what it is told, for the check of the line. */
export const CHECK_SOCKET_PATH = '/ws/check'

/** The longest that it answers. */
export const MAX_ECHO_CHARS = 32

/** `GET /api/check`: whether the server answers, by what clock, and how its certificate is. */
export const CheckReplySchema = closedObject({
  serverTime: UnixMsSchema,
  /** When the server's own certificate ends; null where a proxy has it, and without TLS. */
  certificateEndsAt: Type.Union([UnixMsSchema, Type.Null()]),
  /** Whether something on the way here has said so of itself (`Via`). */
  isProxied: Type.Boolean(),
})
export type CheckReply = Type.Static<typeof CheckReplySchema>

/** `POST /api/check/turn`: credentials that open TURN for a check, and expire within minutes. */
export const CheckTurnReplySchema = closedObject({
  /** Empty where the municipality runs no TURN server. */
  iceServers: Type.Array(IceServerSchema, { maxItems: 4 }),
})
