import type { Appointment } from '../wire/appointment.ts'
import type { DurationMs, UnixMs } from '../time.ts'
import { toInstant, wallTimeAt } from '../wall/clock.ts'
import { addDays } from '../wall/day.ts'

/** When somebody is reminded: the day before, who wants that, and shortly before the beginning. */
export const LEADS = ['dayBefore', 'soon'] as const
export type Lead = (typeof LEADS)[number]

/** What has become of one: `dropped` is one that was not to be any more when its time came. */
export type ReminderState = 'due' | 'sent' | 'arrived' | 'failed' | 'dropped'

/** How long before the beginning somebody is asked whether they are ready. */
export const SOON_MS: DurationMs = 10 * 60_000

/** Later than this before the beginning it helps nobody to hear of tomorrow's appointment. */
const DAY_BEFORE_LAST_MS: DurationMs = 2 * 3_600_000

/** By the clock on the wall: what is at ten is told of at ten the day before, also when the clocks change. */
export function dueAt(lead: Lead, startAt: UnixMs): UnixMs {
  if (lead === 'soon') return startAt - SOON_MS
  const { day, minute } = wallTimeAt(startAt)
  return toInstant({ day: addDays(day, -1), minute })
}

/** From when on it is not sent any more, should the server have been away at its time. */
export function expiresAt(lead: Lead, startAt: UnixMs): UnixMs {
  return lead === 'soon' ? startAt : startAt - DAY_BEFORE_LAST_MS
}

/** The appointment that is so near that its citizen is asked whether they are ready. */
export function findSoon(
  appointments: readonly Appointment[],
  now: UnixMs,
): Pick<Appointment, 'id' | 'day'> | null {
  const next = appointments.find(({ calledOff }) => calledOff === null)
  if (next === undefined || dueAt('soon', next.startAt) > now) return null
  return { id: next.id, day: next.day }
}
