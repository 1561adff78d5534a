import type { UnixMs } from '@naervaer/shared'
import { addDays, toInstant, wallTimeAt, weekdayOf, type WallTime } from '@naervaer/shared/wall'

/** Talks begin a little early or late: what was meant is a quarter of an hour. */
const QUARTER = 15
const DAY = 24 * 60

/** When the next talk may be, as it is offered in one tap. */
export interface NextTime extends WallTime {
  readonly words: 'next.week' | 'next.twoDays' | 'next.monday'
  readonly startAt: UnixMs
}

/**
 * The two most likely times after a talk: a week later, and in two days or on the Monday after them.
 *
 * @param plannedAt - when the talk was to be, where that is known: it is the time that the two have agreed on
 */
export function listNextTimes(
  connectedAt: UnixMs,
  plannedAt: UnixMs | null = null,
): readonly NextTime[] {
  const began = wallTimeAt(plannedAt ?? connectedAt)
  const minute =
    plannedAt === null
      ? Math.min(Math.round(began.minute / QUARTER) * QUARTER, DAY - QUARTER)
      : began.minute
  const at = (day: string) => ({ day, minute, startAt: toInstant({ day, minute }) })
  let soon = addDays(began.day, 2)
  const isWorkday = weekdayOf(soon) <= 5
  while (weekdayOf(soon) > 5) soon = addDays(soon, 1)
  return [
    { words: 'next.week', ...at(addDays(began.day, 7)) },
    { words: isWorkday ? 'next.twoDays' : 'next.monday', ...at(soon) },
  ]
}
