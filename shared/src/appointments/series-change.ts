import type { ErrorCode } from '../errors.ts'
import type { UnixMs } from '../time.ts'
import { addDays, toDayNumber, weekdayOf } from '../wall/day.ts'
import type { Day } from '../wall/day-schema.ts'
import type { AppointmentKind } from '../wire/appointment.ts'
import { furthestDay, type WishedTime } from './check.ts'
import {
  asPlanned,
  endWith,
  isOver,
  makeOccurrence,
  type Exception,
  type Plan,
} from './occurrence.ts'
import { listDays, type Pattern } from './pattern.ts'

/** How much of a series a change is meant for. */
export const SCOPES = ['this', 'following', 'all'] as const
export type Scope = (typeof SCOPES)[number]

/** How it is to be from now on. */
export interface Target extends WishedTime {
  readonly kind: AppointmentKind
}

/** A plan with all that is otherwise with some of its times. */
export interface WholePlan {
  readonly plan: Plan
  readonly exceptions: readonly Exception[]
}

/** A series that has become two, or is another one from its first time on. */
export interface SeriesChange {
  /** What stays as it was, without its end; null where all of it changes. */
  readonly kept: Pattern | null
  /** The first of the old days that changes. */
  readonly fromDay: Day
  /** By their new days. */
  readonly changed: WholePlan
}

/**
 * A series as it is to be from one of its days on. Each time moves along by as many days, and what has been agreed
 * on for one of them alone stays with it: called off, taken over, or moved elsewhere.
 *
 * @param day - the one that was pointed at: it is as wished, whatever had been said of it
 * @returns the code of what is wrong: only a series of one day of the week can move to another day
 */
export function changeSeries(
  { plan, exceptions }: WholePlan,
  { day, scope, target }: { readonly day: Day; readonly scope: Scope; readonly target: Target },
  now: UnixMs,
): SeriesChange | ErrorCode {
  const days = toDayNumber(target.day) - toDayNumber(day)
  const pattern = shift(plan.pattern, days)
  if (typeof pattern === 'string') return pattern
  if (pattern.lastDay > furthestDay(now)) return 'APPOINTMENT_TOO_FAR'
  const { minute: startMinute, lengthMinutes, kind } = target
  const shifted = { ...plan, pattern, startMinute, lengthMinutes, kind }
  const before = new Map(exceptions.map((each) => [each.day, each]))
  const after = (each: Day): Exception => {
    const exception = before.get(each) ?? asPlanned(each)
    const wished = { moved: null, calledOff: null, lateMinutes: 0, answered: null } as const
    return { ...exception, ...(each === day ? wished : {}), day: addDays(each, days) }
  }
  const isAhead = (each: Day): boolean =>
    !isOver(makeOccurrence(plan, before.get(each) ?? asPlanned(each)), now) &&
    !isOver(makeOccurrence(shifted, after(each)), now)

  const all = listDays(plan.pattern, plan.pattern.firstDay, plan.pattern.lastDay)
  const fromDay = scope === 'all' ? (all.find(isAhead) ?? day) : day
  const firstDay = addDays(fromDay, days)
  const later = exceptions.filter((each) => each.day >= fromDay)
  return {
    kept: fromDay === all[0] ? null : endWith(plan.pattern, addDays(fromDay, -1)),
    fromDay,
    changed: {
      plan: { ...shifted, pattern: { ...pattern, firstDay } },
      exceptions: later.map((each) => after(each.day)),
    },
  }
}

function shift(pattern: Pattern, days: number): Pattern | ErrorCode {
  const { repeats } = pattern
  if (days === 0) return pattern
  const [weekday, ...others] = repeats?.weekdays ?? []
  if (repeats === null || repeats.every === 'day') return 'APPOINTMENT_SERIES_STAYS'
  if (weekday === undefined || others.length > 0) return 'APPOINTMENT_SERIES_STAYS'
  const firstDay = addDays(pattern.firstDay, days)
  const lastDay = addDays(pattern.lastDay, days)
  // A series begins on one of its days.
  return { firstDay, lastDay, repeats: { ...repeats, weekdays: [weekdayOf(firstDay)] } }
}
