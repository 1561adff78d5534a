import * as Type from 'typebox'
import { AppointmentsChangedSchema } from './appointment.ts'
import { CallBackAskedSchema, CallChangedSchema, CallReplySchema } from './call.ts'
import { ChoiceChangedSchema } from './choice.ts'
import { ErrorSchema, PongSchema } from './envelope.ts'
import { DirectoryChangedSchema } from './directory.ts'
import { WelcomeSchema } from './hello.ts'
import { CallbackChangedSchema, HomeChangedSchema } from './home.ts'
import { PairingClaimedSchema } from './pairing.ts'
import { MaintenanceChangedSchema } from './maintenance.ts'
import { PushKeyChangedSchema } from './notices.ts'
import { PhoneChangedSchema } from './phone.ts'
import { PresenceChangedSchema } from './presence.ts'
import { ProtectionChangedSchema } from './protection.ts'
import { QuietChangedSchema } from './quiet.ts'
import { ReachedChangedSchema } from './reminder.ts'
import {
  SignalAckSchema,
  SignalCandidateSchema,
  SignalDescriptionSchema,
  SignalPleaseSchema,
} from './signal.ts'
import { TurnReplySchema } from './turn.ts'

/** Everything the server may send. */
export const ServerMessageSchema = Type.Union([
  WelcomeSchema,
  PresenceChangedSchema,
  DirectoryChangedSchema,
  ChoiceChangedSchema,
  ProtectionChangedSchema,
  QuietChangedSchema,
  PhoneChangedSchema,
  HomeChangedSchema,
  CallbackChangedSchema,
  AppointmentsChangedSchema,
  ReachedChangedSchema,
  PairingClaimedSchema,
  PushKeyChangedSchema,
  MaintenanceChangedSchema,
  CallReplySchema,
  CallChangedSchema,
  CallBackAskedSchema,
  SignalDescriptionSchema,
  SignalCandidateSchema,
  SignalAckSchema,
  SignalPleaseSchema,
  TurnReplySchema,
  PongSchema,
  ErrorSchema,
])
export type ServerMessage = Type.Static<typeof ServerMessageSchema>

export type ServerMessageType = ServerMessage['type']

/** The member of the union with this `type`. */
export type ServerMessageOf<T extends ServerMessageType> = Extract<ServerMessage, { type: T }>

/** Frames that answer a request. */
export type ServerReply = Extract<ServerMessage, { replyTo: unknown }>
