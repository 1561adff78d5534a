import * as Type from 'typebox'
import { AppointmentIdSchema, PersonIdSchema } from '../ids.ts'
import { DaySchema } from '../wall/day-schema.ts'
import { closedObject } from '../wire/envelope.ts'
import {
  APPOINTMENT_KINDS,
  AppointmentSchema,
  LATE_MINUTES,
  type AppointmentKind,
  type LateMinutes,
} from '../wire/appointment.ts'
import { LONGEST_MINUTES, SHORTEST_MINUTES } from './limits.ts'
import { RepeatSchema } from './pattern.ts'
import { SCOPES, type Scope } from './series-change.ts'
import { WarningsSchema } from './warnings.ts'

/** A time on the wall in Denmark, and for how long. */
const wished = {
  day: DaySchema,
  minute: Type.Integer({ minimum: 0, maximum: 24 * 60 - 1 }),
  lengthMinutes: Type.Integer({ minimum: SHORTEST_MINUTES, maximum: LONGEST_MINUTES }),
}

const kind = Type.Unsafe<AppointmentKind>(Type.Enum([...APPOINTMENT_KINDS]))

const revision = Type.Integer({ minimum: 1 })

/** `GET /api/appointments?from=&to=`: of the worker's own citizens, on these days, both included. */
export const SpanQuerySchema = closedObject({ from: DaySchema, to: DaySchema })
export const SpanReplySchema = closedObject({
  appointments: Type.Array(
    closedObject({ citizenId: PersonIdSchema, appointment: AppointmentSchema }),
  ),
})
export type SpanReply = Type.Static<typeof SpanReplySchema>

/** `POST /api/appointments`. */
export const NewAppointmentSchema = closedObject({
  citizenId: PersonIdSchema,
  kind,
  ...wished,
  repeat: Type.Union([RepeatSchema, Type.Null()]),
})
export type NewAppointment = Type.Static<typeof NewAppointmentSchema>
export const NewAppointmentReplySchema = closedObject({
  id: AppointmentIdSchema,
  warnings: WarningsSchema,
})
export type NewAppointmentReply = Type.Static<typeof NewAppointmentReplySchema>

/** The address of a whole appointment. */
export const AppointmentParamsSchema = closedObject({ appointmentId: AppointmentIdSchema })

/** The address of one time of an appointment. */
export const OccurrenceParamsSchema = closedObject({
  appointmentId: AppointmentIdSchema,
  day: DaySchema,
})

/**
 * `PUT /api/appointments/:appointmentId/:day`: this one time, this and those that follow, or all that lie ahead are
 * as `to` has it from now on, or called off where that is null.
 */
export const ChangeSchema = closedObject({
  scope: Type.Unsafe<Scope>(Type.Enum([...SCOPES])),
  revision,
  to: Type.Union([closedObject({ kind, ...wished }), Type.Null()]),
})
export type Change = Type.Static<typeof ChangeSchema>

/** Where what was changed stands now: what follows a change of a series may have another name. */
export const ChangeReplySchema = closedObject({
  id: AppointmentIdSchema,
  day: DaySchema,
  revision,
  warnings: WarningsSchema,
})
export type ChangeReply = Type.Static<typeof ChangeReplySchema>

/** `POST /api/appointments/check`: what should be known of a wish, before it is kept. */
export const CheckSchema = NewAppointmentSchema
/** `POST /api/appointments/:appointmentId/:day/check`: of a change. */
export const ChangeCheckSchema = ChangeSchema
export const CheckReplySchema = closedObject({ warnings: WarningsSchema })

/** `POST …/late`: "Jeg er 5/10/15 minutter forsinket", and 0 for "not any more". */
export const LateSchema = closedObject({
  minutes: Type.Unsafe<LateMinutes>(Type.Enum([...LATE_MINUTES])),
})

/**
 * What a citizen says of their own: that they are not coming, that they wait for the own worker, that it holds
 * after all; and shortly before it that they are ready, or would like five minutes more.
 */
export const CITIZEN_ANSWERS = ['off', 'wait', 'on', 'ready', 'more'] as const
export type CitizenAnswer = (typeof CITIZEN_ANSWERS)[number]

/** How many of their own a citizen is told of at a time. */
export const MAX_OWN = 30

/** `GET /api/own-appointments`: what takes place of a citizen's own, the earliest first. */
export const OwnAppointmentsReplySchema = closedObject({
  appointments: Type.Array(AppointmentSchema, { maxItems: MAX_OWN }),
})
export type OwnAppointmentsReply = Type.Static<typeof OwnAppointmentsReplySchema>

/** `POST /api/own-appointments/:appointmentId/:day/answer`. */
export const CitizenAnswerSchema = closedObject({
  answer: Type.Unsafe<CitizenAnswer>(Type.Enum([...CITIZEN_ANSWERS])),
})
