import * as Type from 'typebox'
import type { ErrorCode } from '../errors.ts'
import { closedObject } from '../wire/envelope.ts'
import { DaySchema, type Day } from '../wall/day-schema.ts'
import { toDay, toDayNumber, weekdayOf, type Weekday } from '../wall/day.ts'

/** How often something comes again: the part of RFC 5545 that people in this work use. */
export const RHYTHMS = ['day', 'week', 'twoWeeks'] as const
export type Rhythm = (typeof RHYTHMS)[number]

/**
 * Each day, or on some weekdays of each or every second week; the first week is the one of the first day.
 * RFC 5545: FREQ=DAILY, or FREQ=WEEKLY with INTERVAL, BYDAY and WKST=MO.
 */
export const RepeatSchema = closedObject({
  every: Type.Unsafe<Rhythm>(Type.Enum([...RHYTHMS])),
  /** 1 is Monday. Of `day` all of them are meant, whatever stands here. */
  weekdays: Type.Array(Type.Unsafe<Weekday>(Type.Integer({ minimum: 1, maximum: 7 })), {
    maxItems: 7,
    uniqueItems: true,
  }),
  /** The last day on which it may be, or how many times it is (UNTIL and COUNT). */
  end: Type.Union([
    closedObject({ until: DaySchema }),
    closedObject({ count: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }),
  ]),
})
export type Repeat = Type.Static<typeof RepeatSchema>

/** The days of something that happens once, or again and again. A count has become a last day. */
export interface Pattern {
  readonly firstDay: Day
  readonly lastDay: Day
  /** null for what happens once. */
  readonly repeats: { readonly every: Rhythm; readonly weekdays: readonly Weekday[] } | null
}

const mondayOf = (dayNumber: number): number => dayNumber - (weekdayOf(toDay(dayNumber)) - 1)

function isHit({ firstDay, repeats }: Omit<Pattern, 'lastDay'>, dayNumber: number): boolean {
  const first = toDayNumber(firstDay)
  if (repeats === null) return dayNumber === first
  if (dayNumber < first) return false
  if (repeats.every === 'day') return true
  if (!repeats.weekdays.includes(weekdayOf(toDay(dayNumber)))) return false
  const weeks = (mondayOf(dayNumber) - mondayOf(first)) / 7
  return repeats.every === 'week' || weeks % 2 === 0
}

/** Whether one of its times was planned for that day. */
export function hasDay(pattern: Pattern, day: Day): boolean {
  return day <= pattern.lastDay && isHit(pattern, toDayNumber(day))
}

/** The days from one day to another, both included, on which it is. */
export function listDays(pattern: Pattern, from: Day, to: Day): Day[] {
  const first = Math.max(toDayNumber(from), toDayNumber(pattern.firstDay))
  const last = Math.min(toDayNumber(to), toDayNumber(pattern.lastDay))
  const days: Day[] = []
  for (let each = first; each <= last; each += 1) if (isHit(pattern, each)) days.push(toDay(each))
  return days
}

/**
 * The days of what is wished, with its end found.
 *
 * @param limits - the last day that may be planned, and how many times there may be
 * @returns the pattern, or the code of what is wrong with the wish
 */
export function makePattern(
  firstDay: Day,
  repeat: Repeat | null,
  { furthest, most }: { readonly furthest: Day; readonly most: number },
): Pattern | ErrorCode {
  if (repeat === null) return { firstDay, lastDay: firstDay, repeats: null }
  const repeats = { every: repeat.every, weekdays: repeat.weekdays }
  if (!isHit({ firstDay, repeats }, toDayNumber(firstDay))) return 'APPOINTMENT_SERIES_INVALID'
  const end = 'until' in repeat.end ? repeat.end.until : furthest
  if (end < firstDay) return 'APPOINTMENT_SERIES_INVALID'
  if (end > furthest) return 'APPOINTMENT_TOO_FAR'
  const days = listDays({ firstDay, lastDay: end, repeats }, firstDay, end)
  const count = 'count' in repeat.end ? repeat.end.count : days.length
  if (count > most) return 'APPOINTMENT_SERIES_TOO_LONG'
  const lastDay = days[count - 1]
  return lastDay === undefined ? 'APPOINTMENT_TOO_FAR' : { firstDay, lastDay, repeats }
}
