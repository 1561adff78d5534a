import * as Type from 'typebox'
import type { UnixMs } from '../time.ts'
import { wallTimeAt } from '../wall/clock.ts'
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

/** What the clock on the wall shows at that moment, in minutes since midnight. */
export function wallMinute(at: UnixMs): number {
  return wallTimeAt(at).minute
}

/**
 * Whether it is quiet at that moment. What the wall shows counts: of an hour that comes twice both are quiet,
 * and of an hour that is left out there is none.
 */
export function isQuiet(hours: QuietHours | null, at: UnixMs): boolean {
  if (hours === null) return false
  const { from, to } = hours
  const now = wallMinute(at)
  return from < to ? now >= from && now < to : now >= from || now < to
}
