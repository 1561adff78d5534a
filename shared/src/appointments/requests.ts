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

/** A time on the wall in Denmark, and for how long. */
const wished = {
  day: DaySchema,
  minute: Type.Integer({ minimum: 0, maximum: 24 * 60 - 1 }),
  lengthMinutes: Type.Integer({ minimum: SHORTEST_MINUTES, maximum: LONGEST_MINUTES }),
}

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
  kind: Type.Unsafe<AppointmentKind>(Type.Enum([...APPOINTMENT_KINDS])),
  ...wished,
  repeat: Type.Union([RepeatSchema, Type.Null()]),
})
export type NewAppointment = Type.Static<typeof NewAppointmentSchema>
export const NewAppointmentReplySchema = closedObject({ id: AppointmentIdSchema })

/** The address of one time of an appointment. */
export const OccurrenceParamsSchema = closedObject({
  appointmentId: AppointmentIdSchema,
  day: DaySchema,
})

/** `PUT /api/appointments/:appointmentId/:day`: this one time is moved. */
export const MoveSchema = closedObject({ ...wished, revision })
export type Move = Type.Static<typeof MoveSchema>

/** `POST …/cancel`: this one time, or this and those that follow. */
export const CancelSchema = closedObject({
  following: Type.Boolean(),
  revision,
})
export type Cancellation = Type.Static<typeof CancelSchema>

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

/** `POST /api/own-appointments/:appointmentId/:day/answer`. */
export const CitizenAnswerSchema = closedObject({
  answer: Type.Unsafe<CitizenAnswer>(Type.Enum([...CITIZEN_ANSWERS])),
})
