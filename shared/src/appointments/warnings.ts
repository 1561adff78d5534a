import * as Type from 'typebox'
import { DaySchema } from '../wall/day-schema.ts'
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

/** One of them, with the first day that it is about, and how many times it is about in all. */
export const WarningSchema = closedObject({
  code: Type.Unsafe<WarningCode>(Type.Enum([...WARNINGS])),
  day: DaySchema,
  count: Type.Integer({ minimum: 1 }),
})
export type Warning = Type.Static<typeof WarningSchema>

export const WarningsSchema = Type.Array(WarningSchema, { maxItems: WARNINGS.length })
