import * as Type from 'typebox'
import { PersonIdSchema } from '../ids.ts'
import { DaySchema } from '../wall/day-schema.ts'
import { APPOINTMENT_KINDS, type AppointmentKind } from '../wire/appointment.ts'
import { closedObject } from '../wire/envelope.ts'

/**
 * What whoever plans should know, and may do all the same: they are busy then, or whoever holds it is; another holds
 * it in the absence of whoever was planned for it, or nobody; whoever would hold it is not at work then; the citizen is busy; a holiday, or a day that many have off; when the citizen wants no ring; of video, that the citizen has no
 * device, makes a break, or has not said yes.
 */
export const WARNINGS = [
  'busy',
  'holderBusy',
  'otherHolds',
  'nobodyHolds',
  'absent',
  'citizenBusy',
  'holiday',
  'oftenOff',
  'quiet',
  'noDevice',
  'paused',
  'noChoice',
] as const
export type WarningCode = (typeof WARNINGS)[number]

/** What stands there already, of whoever plans or of the citizen: nobody is told what a colleague has. */
export const MeetingSchema = closedObject({
  kind: Type.Unsafe<AppointmentKind>(Type.Enum([...APPOINTMENT_KINDS])),
  citizenId: PersonIdSchema,
  startAt: Type.Integer(),
  endAt: Type.Integer(),
})
export type Meeting = Type.Static<typeof MeetingSchema>

/**
 * One of them, with the first day that it is about, and how many times it is about in all; of `busy` and `citizenBusy`
 * also what stands there on that day.
 */
export const WarningSchema = closedObject({
  code: Type.Unsafe<WarningCode>(Type.Enum([...WARNINGS])),
  day: DaySchema,
  count: Type.Integer({ minimum: 1 }),
  meets: Type.Optional(MeetingSchema),
})
export type Warning = Type.Static<typeof WarningSchema>

export const WarningsSchema = Type.Array(WarningSchema, { maxItems: WARNINGS.length })
