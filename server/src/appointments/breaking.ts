import type { AppointmentId, UnixMs } from '@naervaer/shared'
import {
  asPlanned,
  isOver,
  listOccurrences,
  makeOccurrence,
  type Change,
  type Occurrence,
} from '@naervaer/shared/appointments'
import { NEWS_NEAR_MS } from '@naervaer/shared/reminders'
import { addDays, toDayNumber, toInstant, type Day } from '@naervaer/shared/wall'
import type { Database } from '../database/open.ts'
import type { Changed, OccurrenceName } from './changing.ts'

/** A worker has moved an appointment, called it off or taken it back: it is not as the citizen knows it. */
export interface Broken {
  readonly before: Occurrence
  /** Where it stands now, as far as it does. */
  readonly name: OccurrenceName
  /** When it is to be now; null where it takes place no more. */
  readonly toAt: UnixMs | null
  readonly madeAt: UnixMs
  /** Whether it is as if it had never been. */
  readonly isTakenBack: boolean
}

/** Told within the transaction of the change, so that neither is written without the other. */
export type BreakListener = (broken: Broken, within: Database) => Promise<void>

/** Of everything that a change is about, the first time that takes place, and what becomes of it. */
export function findBroken(
  { before, after }: Changed,
  { to }: Change,
  now: UnixMs,
): Pick<Broken, 'before' | 'name' | 'toAt'> {
  const { plan, exceptions, exception } = before
  const nameIt = (day: Day, appointmentId: AppointmentId = plan.id) => ({ appointmentId, day })
  if (to === null) {
    const day = after.exceptions[0]?.day ?? exception.day
    const first = exceptions.find((each) => each.day === day) ?? asPlanned(day)
    return { before: makeOccurrence(plan, first), name: nameIt(day), toAt: null }
  }
  const { movesFrom } = after
  if (movesFrom === undefined) {
    return { before: before.occurrence, name: nameIt(exception.day), toAt: toInstant(to) }
  }
  const [first = before.occurrence] = listOccurrences(plan, exceptions, {
    from: now,
    to: now + NEWS_NEAR_MS,
  })
    .filter((each) => each.day >= movesFrom && each.calledOff === null && !isOver(each, now))
    .toSorted((a, b) => a.startAt - b.startAt)
  const days = toDayNumber(to.day) - toDayNumber(exception.day)
  const day = addDays(first.day, days)
  const toAt = toInstant({ day, minute: to.minute })
  return { before: first, name: nameIt(day, after.added?.plan.id), toAt }
}
