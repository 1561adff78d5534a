import type { UnixMs } from '@naervaer/shared'
import { addDays, toDayNumber, wallTimeAt, weekdayOf, type Day } from '@naervaer/shared/wall'

/** Days from one to another, both included. */
export interface DaySpan {
  readonly from: Day
  readonly to: Day
}

/** The week of a day, from Monday to Sunday. */
export function weekOf(day: Day): DaySpan {
  const from = addDays(day, 1 - weekdayOf(day))
  return { from, to: addDays(from, 6) }
}

/** The number of a day's week: the one that has its Thursday in a year belongs to that year (ISO 8601). */
export function weekNumber(day: Day): number {
  const thursday = addDays(weekOf(day).from, 3)
  const firstOfYear = `${thursday.slice(0, 4)}-01-01`
  return Math.floor((toDayNumber(thursday) - toDayNumber(firstOfYear)) / 7) + 1
}

/** The day that the calendar on the wall in Denmark shows. */
export const dayAt = (at: UnixMs): Day => wallTimeAt(at).day

/** The days of a span, one after the other. */
export function listSpan({ from, to }: DaySpan): Day[] {
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}
