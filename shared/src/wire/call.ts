import * as Type from 'typebox'
import { END_REASONS, OUTCOMES } from '../call/outcome.ts'
import { CALL_STATES, DEVICE_STATES, NOTICES, PATHS } from '../call/call.ts'
import {
  LEG_JITTER_STEP_MS,
  LEG_PROTOCOLS,
  LEG_RTT_STEP_MS,
  MAX_LEG_COUNT,
  MAX_LEG_JITTER_MS,
  MAX_LEG_RTT_MS,
} from '../call/leg.ts'
import { GO_BACK_MS } from '../call/timeouts.ts'
import { CallIdSchema, ConnectionIdSchema, PersonIdSchema } from '../ids.ts'
import { QUIET_REASONS } from '../quiet/hours.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject, RequestIdSchema } from './envelope.ts'
import { MAX_GENERATION } from './limits.ts'
import { PersonSchema } from './presence.ts'

const oneOf = <T extends string>(values: readonly T[]) => Type.Unsafe<T>(Type.Enum([...values]))
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const GenerationSchema = Type.Integer({ minimum: 0, maximum: MAX_GENERATION })

/** What a party's camera and microphone are doing; the other side says it in words. */
export const MediaStateSchema = closedObject({
  camera: oneOf(DEVICE_STATES),
  microphone: oneOf(DEVICE_STATES),
})

export const PathSchema = oneOf(PATHS)

/**
 * Who plays the receiver's side of the call:
 * `none` nobody yet, `here` this connection, `elsewhere` another window or device,
 * `vacant` the one that did has lost its connection (see `call.attach`), `standby` nobody yet, and
 * this connection prepares the peer connection while it rings.
 */
export const SEAT_VIEWS = ['none', 'standby', 'here', 'elsewhere', 'vacant'] as const

/** A call as one connection sees it. A view with a lower `revision` than one already seen is old news. */
export const CallViewSchema = closedObject({
  id: CallIdSchema,
  revision: Type.Integer({ minimum: 0 }),
  state: oneOf(CALL_STATES),
  worker: PersonSchema,
  citizen: PersonSchema,
  seat: oneOf(SEAT_VIEWS),
  /** Whether the other side's connection is there. */
  isCounterpartPresent: Type.Boolean(),
  media: closedObject({ worker: orNull(MediaStateSchema), citizen: orNull(MediaStateSchema) }),
  /** The highest generation known to the server: a page that has lost its own begins above it. */
  generation: GenerationSchema,
  /** The worker has said, before this ring, that they are alone in a closed room. */
  isWorkerAlone: Type.Boolean(),
  /** The citizen's own worker, where a substitute rings in their place; missing where nobody is stood in for. */
  insteadOf: Type.Optional(PersonSchema),
  /** The citizen has declined because they would rather wait for `insteadOf`. */
  isAwaited: Type.Optional(Type.Boolean()),
  /** What has become of the notices to the citizen's devices, whose app may be closed. */
  notice: oneOf(NOTICES),
  createdAt: UnixMsSchema,
  ringingAt: orNull(UnixMsSchema),
  answeredAt: orNull(UnixMsSchema),
  connectedAt: orNull(UnixMsSchema),
  endedAt: orNull(UnixMsSchema),
  outcome: orNull(oneOf(OUTCOMES)),
  endReason: orNull(oneOf(END_REASONS)),
})
export type CallView = Type.Static<typeof CallViewSchema>

/** The worker rings a citizen; answered by `call.reply`. */
export const CallInviteSchema = closedObject({
  type: Type.Literal('call.invite'),
  id: RequestIdSchema,
  citizenId: PersonIdSchema,
  /** Why the citizen is rung in hours in which they asked not to be; missing in all others. */
  quietReason: Type.Optional(oneOf(QUIET_REASONS)),
  /** "Jeg sidder alene i et lukket rum": what the worker says of this very ring; missing where not said. */
  isAlone: Type.Optional(Type.Boolean()),
})

const onCall = <T extends string>(type: T) =>
  closedObject({ type: Type.Literal(type), id: RequestIdSchema, call: CallIdSchema })

/** A citizen's device says that it is ringing, so that the worker is told the truth. */
export const CallRingingSchema = onCall('call.ringing')
/** The first device to answer takes part; the others stop ringing. */
export const CallAcceptSchema = onCall('call.accept')
/** The citizen does not want to talk now: all devices stop ringing. */
export const CallDeclineSchema = closedObject({
  ...onCall('call.decline').properties,
  /** They would rather wait for their own worker, in whose place a substitute rings; missing where not. */
  isAwaiting: Type.Optional(Type.Boolean()),
})
/** The worker regrets before an answer. */
export const CallCancelSchema = onCall('call.cancel')
/** Either party ends the call for both. */
export const CallHangUpSchema = onCall('call.hangUp')
/** A reloaded or reconnected page takes its vacant seat again. */
export const CallAttachSchema = closedObject({
  type: Type.Literal('call.attach'),
  id: RequestIdSchema,
  call: CallIdSchema,
  /** The connection that this very window had before, which may still seem to be alive. */
  former: orNull(ConnectionIdSchema),
})

/**
 * A citizen who has hung up wants to go back to the conversation, or no longer does: the worker is told,
 * and may ring at once. From the worker, with `isWanted` false: it cannot be now.
 */
export const CallGoBackSchema = closedObject({
  type: Type.Literal('call.goBack'),
  id: RequestIdSchema,
  call: CallIdSchema,
  isWanted: Type.Boolean(),
})

/** A party's camera or microphone changed. Kept in memory for the snapshot, never stored. */
export const CallMediaSchema = closedObject({
  type: Type.Literal('call.media'),
  id: RequestIdSchema,
  call: CallIdSchema,
  media: MediaStateSchema,
})

/** The peer connection of `generation` is up at this side, over `path`. */
export const CallConnectedSchema = closedObject({
  type: Type.Literal('call.connected'),
  id: RequestIdSchema,
  call: CallIdSchema,
  generation: GenerationSchema,
  path: PathSchema,
})

/** The peer connection of this generation is gone; a new one is on its way or cannot be made. */
export const CallLostSchema = closedObject({
  type: Type.Literal('call.lost'),
  id: RequestIdSchema,
  call: CallIdSchema,
  generation: GenerationSchema,
})

const upTo = (maximum: number, multipleOf = 1) => Type.Integer({ minimum: 0, maximum, multipleOf })

/** What a leg was like at one side: rounded figures only, neither addresses nor descriptions. */
export const LegQualitySchema = closedObject({
  protocol: oneOf(LEG_PROTOCOLS),
  rttMs: orNull(upTo(MAX_LEG_RTT_MS, LEG_RTT_STEP_MS)),
  lossPercent: orNull(upTo(100)),
  jitterMs: orNull(upTo(MAX_LEG_JITTER_MS, LEG_JITTER_STEP_MS)),
  freezes: upTo(MAX_LEG_COUNT),
  steps: upTo(MAX_LEG_COUNT),
})

/** What the leg of this generation has been like so far; the last word counts. */
export const CallLegSchema = closedObject({
  type: Type.Literal('call.leg'),
  id: RequestIdSchema,
  call: CallIdSchema,
  generation: GenerationSchema,
  quality: LegQualitySchema,
})

/** Answers every request about a call with the call as it now is. */
export const CallReplySchema = closedObject({
  type: Type.Literal('call.reply'),
  replyTo: RequestIdSchema,
  call: CallViewSchema,
})

/** The call changed. Sent to every connection of both people. */
export const CallChangedSchema = closedObject({
  type: Type.Literal('call.changed'),
  call: CallViewSchema,
})

/**
 * The citizen of an ended call wants to go back to it. Sent to every connection of its worker; and to the
 * citizen's, with 0, when the worker has said that it cannot be now.
 */
export const CallBackAskedSchema = closedObject({
  type: Type.Literal('call.backAsked'),
  call: CallIdSchema,
  citizen: PersonSchema,
  /** For how much longer, in ms; 0 when it is not wanted any more, or done. */
  leftMs: Type.Integer({ minimum: 0, maximum: GO_BACK_MS }),
})
