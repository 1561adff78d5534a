import { NaervaerError, type AppointmentId, type UnixMs } from '@naervaer/shared'
import {
  asPlanned,
  changeSeries,
  checkTime,
  endWith,
  isOver,
  listDays,
  makeOccurrence,
  type Change,
  type Exception,
  type Target,
} from '@naervaer/shared/appointments'
import type { Day } from '@naervaer/shared/wall'
import type { After, Before } from './changing.ts'

/** One time, it and those that follow, or all that lie ahead are otherwise from now on. */
export function decideChange(
  before: Before,
  { scope, to }: Change,
  { now, newId }: { readonly now: UnixMs; readonly newId: () => AppointmentId },
): After {
  const isWhole = before.plan.pattern.repeats !== null && scope !== 'this'
  if (to === null) return isWhole ? endSeries(before, scope === 'all', now) : callOff(before)
  const wrong = checkTime(to, now)
  if (wrong !== null) throw new NaervaerError(wrong)
  if (!isWhole) return moveOne(before, to)
  const { plan, exceptions, exception } = before
  const change = changeSeries({ plan, exceptions }, { day: exception.day, scope, target: to }, now)
  if (typeof change === 'string') throw new NaervaerError(change)
  const { kept, fromDay: movesFrom, changed } = change
  if (kept === null) return { movesFrom, ...changed }
  const { revision } = plan
  const added = { ...changed, plan: { ...changed.plan, id: newId(), revision: revision + 1 } }
  return { movesFrom, exceptions: [], plan: { ...plan, pattern: kept }, added }
}

/** It takes place then, whatever had been said of it before. */
function moveOne({ plan, exception }: Before, { kind, ...time }: Target): After {
  const moved = kind === plan.kind ? time : { ...time, kind }
  return { exceptions: [{ ...exception, moved, calledOff: null, lateMinutes: 0, answered: null }] }
}

function callOff({ exception }: Before): After {
  return { exceptions: [asCalledOff(exception)] }
}

/** The first of them is told as called off, and nothing comes after it. */
function endSeries({ plan, exceptions, exception }: Before, isAll: boolean, now: UnixMs): After {
  const { pattern } = plan
  const of = (day: Day) => exceptions.find((each) => each.day === day) ?? asPlanned(day)
  const days = isAll ? listDays(pattern, pattern.firstDay, pattern.lastDay) : []
  const first = days.find((day) => !isOver(makeOccurrence(plan, of(day)), now)) ?? exception.day
  return {
    // Also what the citizen has called off: their word would let it take place again, and nothing comes after it.
    exceptions: [{ ...asCalledOff(of(first)), calledOff: 'worker' }],
    plan: { ...plan, pattern: endWith(pattern, first) },
  }
}

/** The citizen's own word stays theirs. */
function asCalledOff(exception: Exception): Exception {
  const calledOff = exception.calledOff === 'citizen' ? 'citizen' : 'worker'
  return { ...exception, calledOff, lateMinutes: 0, answered: null }
}
