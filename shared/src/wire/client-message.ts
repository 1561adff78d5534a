import * as Type from 'typebox'
import {
  CallAcceptSchema,
  CallAttachSchema,
  CallCancelSchema,
  CallConnectedSchema,
  CallDeclineSchema,
  CallGoBackSchema,
  CallHangUpSchema,
  CallInviteSchema,
  CallLegSchema,
  CallLostSchema,
  CallMediaSchema,
  CallRingingSchema,
} from './call.ts'
import { PingSchema } from './envelope.ts'
import {
  SignalAckSchema,
  SignalCandidateSchema,
  SignalDescriptionSchema,
  SignalPleaseSchema,
} from './signal.ts'
import { TurnFetchSchema } from './turn.ts'

/** Everything a client may send. */
export const ClientMessageSchema = Type.Union([
  PingSchema,
  CallInviteSchema,
  CallRingingSchema,
  CallAcceptSchema,
  CallDeclineSchema,
  CallCancelSchema,
  CallHangUpSchema,
  CallAttachSchema,
  CallGoBackSchema,
  CallMediaSchema,
  CallConnectedSchema,
  CallLostSchema,
  CallLegSchema,
  SignalDescriptionSchema,
  SignalCandidateSchema,
  SignalAckSchema,
  SignalPleaseSchema,
  TurnFetchSchema,
])
export type ClientMessage = Type.Static<typeof ClientMessageSchema>

export type ClientMessageType = ClientMessage['type']

/** The member of the union with this `type`. */
export type ClientMessageOf<T extends ClientMessageType> = Extract<ClientMessage, { type: T }>

/** Messages that carry an `id` and are answered by exactly one reply or error. */
export type ClientRequest = Extract<ClientMessage, { id: string }>

/** Signals have no `id`: the other party acknowledges them, not the server. */
export type SignalMessage = Exclude<ClientMessage, ClientRequest>
