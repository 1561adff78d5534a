import type { AppointmentId, PersonId } from '../ids.ts'
import type { UnixMs } from '../time.ts'
import { toInstant, wallTimeAt } from '../wall/clock.ts'
import type { Day } from '../wall/day-schema.ts'
import { addDays } from '../wall/day.ts'
import type {
  AppointmentKind,
  CalledOff,
  LateMinutes,
  ReminderAnswered,
} from '../wire/appointment.ts'
import { hasDay, listDays, type Pattern } from './pattern.ts'

const MINUTE_MS = 60_000

/** What has been agreed, in the time of the wall: what is at ten stays at ten when the clocks change. */
export interface Plan {
  readonly id: AppointmentId
  readonly citizenId: PersonId
  /** Who said that they would ring or come. */
  readonly workerId: PersonId
  readonly kind: AppointmentKind
  readonly pattern: Pattern
  /** Since midnight. */
  readonly startMinute: number
  readonly lengthMinutes: number
  readonly revision: number
}

/** What is otherwise than planned with the one time that was planned for `day` (RFC 5545: RECURRENCE-ID). */
export interface Exception {
  readonly day: Day
  readonly moved: {
    readonly day: Day
    readonly minute: number
    readonly lengthMinutes: number
    /** Where it is another than the plan's. */
    readonly kind?: AppointmentKind
  } | null
  /** Who has taken it over. */
  readonly workerId: PersonId | null
  readonly calledOff: CalledOff | null
  readonly lateMinutes: LateMinutes
  /** Whether the two have talked, and nothing more is to come of it. */
  readonly isHeld: boolean
  /** What the citizen has said to the reminder. */
  readonly answered: ReminderAnswered | null
}

/** One time of a plan, as it really is. */
export interface Occurrence {
  readonly plan: Plan
  readonly day: Day
  readonly kind: AppointmentKind
  readonly startAt: UnixMs
  /** When it was planned for, where this one time has been moved. */
  readonly movedFrom: UnixMs | null
  /** By the plan; being late moves it on, see `isOver`. */
  readonly endAt: UnixMs
  readonly workerId: PersonId
  readonly calledOff: CalledOff | null
  readonly lateMinutes: LateMinutes
  readonly isHeld: boolean
  readonly answered: ReminderAnswered | null
}

const AS_PLANNED: Omit<Exception, 'day'> = {
  moved: null,
  workerId: null,
  calledOff: null,
  lateMinutes: 0,
  isHeld: false,
  answered: null,
}

/** The exception for a day of which there is none yet. */
export const asPlanned = (day: Day): Exception => ({ ...AS_PLANNED, day })

/** The one time that was planned for a day. */
export function makeOccurrence(plan: Plan, exception: Exception): Occurrence {
  const { day, moved, workerId, calledOff, lateMinutes, isHeld, answered } = exception
  const { startMinute, ...planned } = plan
  const { minute, lengthMinutes, ...where } = moved ?? { ...planned, day, minute: startMinute }
  const kind = where.kind ?? plan.kind
  const startAt = toInstant({ day: where.day, minute })
  const endAt = startAt + lengthMinutes * MINUTE_MS
  const worker = workerId ?? plan.workerId
  const plannedAt = toInstant({ day, minute: startMinute })
  const movedFrom = plannedAt === startAt ? null : plannedAt
  return {
    ...{ plan, day, kind, startAt, endAt, workerId: worker, calledOff, lateMinutes, isHeld },
    ...{ answered, movedFrom },
  }
}

/** When there is nothing more to come of it: lateness moves it on. */
export const overAt = ({ endAt, lateMinutes }: Occurrence): UnixMs =>
  endAt + lateMinutes * MINUTE_MS

export const isOver = (occurrence: Occurrence, now: UnixMs): boolean =>
  occurrence.isHeld || now >= overAt(occurrence)

/** What takes place in a span, the earliest first: also what was moved into it, and not what was moved away. */
export function listOccurrences(
  plan: Plan,
  exceptions: readonly Exception[],
  { from, to }: { readonly from: UnixMs; readonly to: UnixMs },
): Occurrence[] {
  // What began the evening before may still run.
  const days = listDays(plan.pattern, addDays(wallTimeAt(from).day, -1), wallTimeAt(to).day)
  const byDay = new Map(exceptions.map((each) => [each.day, each]))
  const moved = exceptions.filter((each) => each.moved !== null && hasDay(plan.pattern, each.day))
  const all = new Set([...days, ...moved.map(({ day }) => day)])
  return [...all]
    .map((day) => makeOccurrence(plan, byDay.get(day) ?? asPlanned(day)))
    .filter((each) => overAt(each) > from && each.startAt < to)
    .sort(byStart)
}

export const byStart = (one: Occurrence, other: Occurrence): number => one.startAt - other.startAt

/** What lies ahead, of many: the first and the last that are called off, up to the next that takes place. */
export function pickUpcoming(occurrences: readonly Occurrence[], now: UnixMs): Occurrence[] {
  const ahead = occurrences.filter((each) => !isOver(each, now)).sort(byStart)
  const next = ahead.find(({ calledOff }) => calledOff === null)
  const before = ahead.filter((each) => next === undefined || each.startAt < next.startAt)
  const called = before.filter(({ calledOff }) => calledOff !== null)
  // The last is what led to the next: what somebody has just said must not go unseen behind two others.
  const off = called.filter((_each, index) => index === 0 || index === called.length - 1)
  return next === undefined ? off : [...off, next]
}

/** The plan without the times after one day: what follows it is over, or goes on as a plan of its own. */
export function endWith(pattern: Pattern, day: Day): Pattern {
  return { ...pattern, lastDay: day < pattern.lastDay ? day : pattern.lastDay }
}
