import type { UnixMs } from '../time.ts'
import type { Day } from './day-schema.ts'
import { toDayNumber } from './day.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** What stands on the wall in Denmark: the calendar's day, and minutes since midnight. */
export interface WallTime {
  readonly day: Day
  readonly minute: number
}

const onTheWall = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Copenhagen',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** What calendar and clock on the wall show at that moment. */
export function wallTimeAt(at: UnixMs): WallTime {
  const [year, month, date, hours, minutes] = onTheWall.format(at).match(/\d+/g) ?? []
  return {
    day: `${String(year)}-${String(month)}-${String(date)}`,
    minute: Number(hours) * 60 + Number(minutes),
  }
}

/**
 * The moments at which the wall shows that: one, none in the hour that is left out in March, or two in the
 * hour that comes twice in October, the earlier first.
 */
export function listInstants({ day, minute }: WallTime): UnixMs[] {
  const asUtc = toDayNumber(day) * DAY_MS + minute * MINUTE_MS
  // Denmark is two hours ahead in summer and one in winter: the rules of when are the time zone's own.
  return [asUtc - 2 * HOUR_MS, asUtc - HOUR_MS].filter((at) => {
    const shown = wallTimeAt(at)
    return shown.day === day && shown.minute === minute
  })
}

/**
 * The one moment that is meant. Of two it is the first; for a time that is left out the clock is read as it
 * went before, so that 2.30 becomes 3.30.
 *
 * @see RFC 5545 § 3.3.5
 */
export function toInstant(wall: WallTime): UnixMs {
  const beforeChange = toDayNumber(wall.day) * DAY_MS + wall.minute * MINUTE_MS - HOUR_MS
  return listInstants(wall)[0] ?? beforeChange
}
