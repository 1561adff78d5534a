import type { Day } from './day-schema.ts'

/** From Monday, 1, to Sunday, 7 (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Days of 400 years, after which the calendar repeats itself, and those before 1970 counted from year 0. */
const ERA_DAYS = 146_097
const EPOCH_DAYS = 719_468

/**
 * How many days a day lies after 1970-01-01.
 *
 * @see "chrono-Compatible Low-Level Date Algorithms" by H. Hinnant, days_from_civil: a year begins in March
 */
export function toDayNumber(day: Day): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * ERA_DAYS + yearOfEra * 365 + leaps + dayOfYear - EPOCH_DAYS
}

/** The day that lies so many days after 1970-01-01; see `toDayNumber`. */
export function toDay(dayNumber: number): Day {
  const shifted = dayNumber + EPOCH_DAYS
  const era = Math.floor(shifted / ERA_DAYS)
  const dayOfEra = shifted - era * ERA_DAYS
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524)
  const yearOfEra = Math.floor((dayOfEra - leaps - Math.floor(dayOfEra / 146_096)) / 365)
  const beforeYear = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  const dayOfYear = dayOfEra - beforeYear
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const pad = (value: number, length: number) => String(value).padStart(length, '0')
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`
}

/** Whether the calendar has it: of 30 February there is none. */
export function isDay(day: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && toDay(toDayNumber(day)) === day
}

export function addDays(day: Day, days: number): Day {
  return toDay(toDayNumber(day) + days)
}

export function weekdayOf(day: Day): Weekday {
  // 1970-01-01 was a Thursday; modulo keeps the sign in JavaScript. Sums of that kind are 1 to 7.
  return (((((toDayNumber(day) + 3) % 7) + 7) % 7) + 1) as Weekday
}
