import * as Type from 'typebox'
import { closedObject } from '../wire/envelope.ts'

/** A moment of the day as the clock on the wall has it, in minutes since midnight. */
const WallMinuteSchema = Type.Integer({ minimum: 0, maximum: 24 * 60 - 1 })

/**
 * "Ring ikke til mig mellem {fra} og {til}": wall time in Denmark, every day. `to` is the first minute that is
 * not quiet any more, and may lie before `from`: then the hours go over midnight.
 */
export const QuietHoursSchema = closedObject({ from: WallMinuteSchema, to: WallMinuteSchema })
export type QuietHours = Type.Static<typeof QuietHoursSchema>

/** Why a worker rings all the same; kept with the ring in the audit log. */
export const QUIET_REASONS = ['agreed', 'asked', 'urgent'] as const
export type QuietReason = (typeof QUIET_REASONS)[number]
