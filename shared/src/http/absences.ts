import * as Type from 'typebox'
import { AbsenceIdSchema, PersonIdSchema, TeamIdSchema } from '../ids.ts'
import { UnixMsSchema } from '../time.ts'
import { DaySchema } from '../wall/day-schema.ts'
import { APPOINTMENT_KINDS, type AppointmentKind } from '../wire/appointment.ts'
import { closedObject } from '../wire/envelope.ts'
import { PersonSchema } from '../wire/person.ts'

/** How far ahead a worker's absence may lie, and how long it may be. */
export const MAX_ABSENCE_DAYS = 400

/** Whether somebody else is there for a citizen: all the time, some of it, or never. */
export const COVERS = ['whole', 'partly', 'none'] as const
export type Cover = (typeof COVERS)[number]

/** From the first day to the last one, which is one of them. There is no place for a reason. */
export const AbsenceDaysSchema = closedObject({ firstDay: DaySchema, lastDay: DaySchema })
export type AbsenceDays = Type.Static<typeof AbsenceDaysSchema>

/** A citizen of the worker who is not there, and who is there instead. */
export const TouchedCitizenSchema = closedObject({
  citizen: PersonSchema,
  cover: Type.Unsafe<Cover>(Type.Enum([...COVERS])),
  substitutes: Type.Array(PersonSchema, { maxItems: 50 }),
  /** What the worker would have held from now on, and who does instead; null where nobody does. */
  appointments: Type.Array(
    closedObject({
      startAt: UnixMsSchema,
      kind: Type.Unsafe<AppointmentKind>(Type.Enum([...APPOINTMENT_KINDS])),
      substitute: Type.Union([PersonSchema, Type.Null()]),
    }),
    { maxItems: 1_000 },
  ),
})
export type TouchedCitizen = Type.Static<typeof TouchedCitizenSchema>

/** Some days on which a worker is not at work, and whom that touches. */
export const AbsenceSchema = closedObject({
  id: AbsenceIdSchema,
  ...AbsenceDaysSchema.properties,
  touched: Type.Array(TouchedCitizenSchema, { maxItems: 500 }),
  /** How many citizens it touches besides, whom the reader may not know of. */
  others: Type.Integer({ minimum: 0 }),
})
export type Absence = Type.Static<typeof AbsenceSchema>

/** Those of a worker that are not over, the earliest first. */
export const AbsencesReplySchema = closedObject({
  absences: Type.Array(AbsenceSchema, { maxItems: MAX_ABSENCE_DAYS + 1 }),
})
export type AbsencesReply = Type.Static<typeof AbsencesReplySchema>

export const OwnAbsenceParamsSchema = closedObject({ absenceId: AbsenceIdSchema })
export const TeamWorkerParamsSchema = closedObject({
  teamId: TeamIdSchema,
  workerId: PersonIdSchema,
})
export const TeamAbsenceParamsSchema = closedObject({
  ...TeamWorkerParamsSchema.properties,
  absenceId: AbsenceIdSchema,
})
