import * as Type from 'typebox'
import { CallIdSchema } from '../ids.ts'
import { closedObject, RequestIdSchema } from './envelope.ts'

/** A party asks for the ICE servers of its call; asked afresh for every generation. */
export const TurnFetchSchema = closedObject({
  type: Type.Literal('turn.fetch'),
  id: RequestIdSchema,
  call: CallIdSchema,
})

/** One entry of `RTCConfiguration.iceServers` (W3C webrtc § 4.2.2). */
export const IceServerSchema = closedObject({
  urls: Type.Array(Type.String({ maxLength: 300 }), { minItems: 1, maxItems: 10 }),
  username: Type.String({ maxLength: 100 }),
  credential: Type.String({ maxLength: 100 }),
})
export type IceServer = Type.Static<typeof IceServerSchema>

/** `relay` forces every candidate through TURN, for both sides. */
export const MediaPolicySchema = Type.Union([Type.Literal('all'), Type.Literal('relay')])
export type MediaPolicy = Type.Static<typeof MediaPolicySchema>

export const TurnReplySchema = closedObject({
  type: Type.Literal('turn.reply'),
  replyTo: RequestIdSchema,
  /** Empty when the municipality runs no TURN server. */
  iceServers: Type.Array(IceServerSchema, { maxItems: 4 }),
  policy: MediaPolicySchema,
})
