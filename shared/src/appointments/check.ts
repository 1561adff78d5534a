import type { ErrorCode } from '../errors.ts'
import type { UnixMs } from '../time.ts'
import { listInstants, wallTimeAt, type WallTime } from '../wall/clock.ts'
import type { Day } from '../wall/day-schema.ts'
import { addDays, isDay } from '../wall/day.ts'
import { HORIZON_DAYS, MAX_OCCURRENCES } from './limits.ts'
import { makePattern, type Pattern, type Repeat } from './pattern.ts'

const MINUTE_MS = 60_000

/** When something is to be, as a worker has written it. */
export interface WishedTime extends WallTime {
  readonly lengthMinutes: number
}

/**
 * Whether something can be planned for that time: the wall shows it, it is not over, and it is not too far.
 *
 * @returns the code of what is wrong, or null
 */
export function checkTime(wish: WishedTime, now: UnixMs): ErrorCode | null {
  if (!isDay(wish.day)) return 'APPOINTMENT_TIME_MISSING'
  const [startAt] = listInstants(wish)
  if (startAt === undefined) return 'APPOINTMENT_TIME_MISSING'
  if (startAt + wish.lengthMinutes * MINUTE_MS <= now) return 'APPOINTMENT_TIME_PAST'
  return wish.day > furthestDay(now) ? 'APPOINTMENT_TOO_FAR' : null
}

/**
 * The days of a new appointment.
 *
 * @returns the pattern, or the code of what is wrong
 */
export function planNew(
  wish: WishedTime & { readonly repeat: Repeat | null },
  now: UnixMs,
): Pattern | ErrorCode {
  const wrong = checkTime(wish, now)
  if (wrong !== null) return wrong
  const { repeat } = wish
  if (repeat !== null && 'until' in repeat.end && !isDay(repeat.end.until)) {
    return 'APPOINTMENT_TIME_MISSING'
  }
  return makePattern(wish.day, repeat, { furthest: furthestDay(now), most: MAX_OCCURRENCES })
}

/** The last day that can be planned. */
export const furthestDay = (now: UnixMs): Day => addDays(wallTimeAt(now).day, HORIZON_DAYS)
