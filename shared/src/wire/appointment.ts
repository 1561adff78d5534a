import * as Type from 'typebox'
import { AppointmentIdSchema, PersonIdSchema } from '../ids.ts'
import { UnixMsSchema } from '../time.ts'
import { DaySchema } from '../wall/day-schema.ts'
import { closedObject } from './envelope.ts'
import { PersonSchema } from './person.ts'

/** How two meet: by video, at the citizen's home, or on the telephone. */
export const APPOINTMENT_KINDS = ['video', 'visit', 'phone'] as const
export type AppointmentKind = (typeof APPOINTMENT_KINDS)[number]

/** Why an appointment does not take place: the citizen's word, their wish for the own worker, the worker's. */
export const CALLED_OFF = ['citizen', 'waiting', 'worker'] as const
export type CalledOff = (typeof CALLED_OFF)[number]

/** How late somebody may say that they are. */
export const LATE_MINUTES = [0, 5, 10, 15] as const
export type LateMinutes = (typeof LATE_MINUTES)[number]

/** What a citizen may say to a reminder besides that they are not coming: "Jeg er klar", "5 minutter mere". */
export const REMINDER_ANSWERED = ['ready', 'more'] as const
export type ReminderAnswered = (typeof REMINDER_ANSWERED)[number]

const enumOf = <T extends string | number>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Enum([...values]))

/** One time of an appointment, as both sides are told of it. */
export const AppointmentSchema = closedObject({
  id: AppointmentIdSchema,
  /** The day for which it was planned: with the id, which one of a series it is, also once it is moved. */
  day: DaySchema,
  kind: enumOf(APPOINTMENT_KINDS),
  startAt: UnixMsSchema,
  endAt: UnixMsSchema,
  /** Who will ring or come. */
  worker: PersonSchema,
  /** Whom a substitute stands in for; null where the own worker comes. */
  insteadOf: Type.Union([PersonSchema, Type.Null()]),
  /** Whether whoever holds it is not at work then, and nobody stands in: it must be agreed anew. */
  isAway: Type.Optional(Type.Boolean()),
  calledOff: Type.Union([enumOf(CALLED_OFF), Type.Null()]),
  lateMinutes: enumOf(LATE_MINUTES),
  /** When it was to be, where this one time has been moved. */
  movedFrom: Type.Optional(UnixMsSchema),
  /** What the citizen has said to the reminder; missing where nothing was said. */
  answered: Type.Optional(enumOf(REMINDER_ANSWERED)),
  isSeries: Type.Boolean(),
  /** Counts what workers have changed: a change of an older one is refused. */
  revision: Type.Integer({ minimum: 1 }),
})
export type Appointment = Type.Static<typeof AppointmentSchema>

/** What lies ahead: what has been called off, up to the next that takes place, the earliest first. */
export const UpcomingSchema = Type.Array(AppointmentSchema, { maxItems: 3 })

/** The whole of it, to the workers who are assigned at this moment. The citizen has it in `home`. */
export const AppointmentsChangedSchema = closedObject({
  type: Type.Literal('appointments.changed'),
  citizenId: PersonIdSchema,
  appointments: UpcomingSchema,
})
