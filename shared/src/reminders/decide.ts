import { isOver, type Occurrence } from '../appointments/occurrence.ts'
import { isQuiet } from '../quiet/is-quiet.ts'
import type { QuietHours } from '../quiet/hours.ts'
import type { UnixMs } from '../time.ts'
import { toInstant, wallTimeAt } from '../wall/clock.ts'
import { addDays } from '../wall/day.ts'
import { expiresAt, type Lead } from './due.ts'

/** What is known of a citizen when a reminder is due. */
export interface ReminderFacts {
  readonly mayBeRung: boolean
  readonly wantsDayBefore: boolean
  readonly quiet: QuietHours | null
}

/** Sent, not to be any more, or kept until the quiet hours are over. */
export type ReminderDecision = 'send' | 'drop' | 'hold'

/**
 * What is done about one that is due.
 *
 * @param occurrence - as it stands now; null where that time of the appointment is no more
 */
export function decideReminder(
  { lead, startAt }: { readonly lead: Lead; readonly startAt: UnixMs },
  occurrence: Occurrence | null,
  facts: ReminderFacts,
  now: UnixMs,
): ReminderDecision {
  if (occurrence === null || occurrence.startAt !== startAt) return 'drop'
  if (occurrence.calledOff !== null || isOver(occurrence, now)) return 'drop'
  if (!facts.mayBeRung || now >= expiresAt(lead, startAt)) return 'drop'
  if (lead === 'soon') return 'send'
  if (!facts.wantsDayBefore) return 'drop'
  return isQuiet(facts.quiet, now) ? 'hold' : 'send'
}

/** When the quiet hours that run now end. */
export const quietEndsAt = ({ to }: QuietHours, now: UnixMs): UnixMs => nextAt(to, now)

/** When the next quiet hours begin. */
export const quietBeginsAt = ({ from }: QuietHours, now: UnixMs): UnixMs => nextAt(from, now)

function nextAt(minute: number, now: UnixMs): UnixMs {
  const { day } = wallTimeAt(now)
  const today = toInstant({ day, minute })
  return today > now ? today : toInstant({ day: addDays(day, 1), minute })
}
