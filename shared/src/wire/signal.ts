import * as Type from 'typebox'
import { CallIdSchema } from '../ids.ts'
import { GenerationSchema } from './call.ts'
import { closedObject } from './envelope.ts'
import { MAX_CANDIDATE_CHARS, MAX_SDP_CHARS } from './limits.ts'

/**
 * Where a signal stands: frames of older generations are dropped, and `seq` counts the sender's
 * signals within one generation from 0, so that each is applied once and in order.
 */
const position = {
  call: CallIdSchema,
  generation: GenerationSchema,
  seq: Type.Integer({ minimum: 0, maximum: 100_000 }),
}

/** An offer or an answer (JSEP, RFC 9429). */
export const DescriptionSchema = closedObject({
  type: Type.Union([Type.Literal('offer'), Type.Literal('answer')]),
  sdp: Type.String({ minLength: 1, maxLength: MAX_SDP_CHARS }),
})
export type Description = Type.Static<typeof DescriptionSchema>

/** A trickled candidate (RFC 8838), as `RTCIceCandidate.toJSON` gives it. */
export const CandidateSchema = closedObject({
  candidate: Type.String({ maxLength: MAX_CANDIDATE_CHARS }),
  sdpMid: Type.Union([Type.String({ maxLength: 16 }), Type.Null()]),
  sdpMLineIndex: Type.Union([Type.Integer({ minimum: 0, maximum: 16 }), Type.Null()]),
})
export type Candidate = Type.Static<typeof CandidateSchema>

/** Relayed as it is, in both directions, between the two seats of one call only. */
export const SignalDescriptionSchema = closedObject({
  type: Type.Literal('signal.description'),
  ...position,
  description: DescriptionSchema,
})

export const SignalCandidateSchema = closedObject({
  type: Type.Literal('signal.candidate'),
  ...position,
  candidate: CandidateSchema,
})

/** The receiver has applied everything up to and including `seq`; what is not acknowledged is sent again. */
export const SignalAckSchema = closedObject({ type: Type.Literal('signal.ack'), ...position })

/** The citizen's side, which never offers, asks the worker's side for a generation above this one. */
export const SignalPleaseSchema = closedObject({
  type: Type.Literal('signal.please'),
  call: CallIdSchema,
  generation: GenerationSchema,
})
