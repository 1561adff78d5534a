import type { Occurrence } from '../appointments/occurrence.ts'
import { isQuiet } from '../quiet/is-quiet.ts'
import type { DurationMs, UnixMs } from '../time.ts'
import { quietEndsAt, type ReminderFacts } from './decide.ts'

/** What is further away is read on the first page in good time. */
export const NEWS_NEAR_MS: DurationMs = 3 * 24 * 3_600_000

/** Whoever plans often corrects at once: the citizen is told what came of it. */
export const NEWS_SETTLE_MS: DurationMs = 2 * 60_000

/** What is nearer than this is told at once all the same. */
export const NEWS_URGENT_MS: DurationMs = 30 * 60_000

/** What has become of one: `dropped` is one that had come to nothing when its time came. */
export type NewsState = 'due' | 'sent' | 'failed' | 'dropped'

/** What is done about it: `hold` keeps it until the quiet hours are over. */
export type NewsDecision =
  | { readonly action: 'drop' }
  | { readonly action: 'hold'; readonly until: UnixMs }
  | { readonly action: 'tell'; readonly toAt: UnixMs | null; readonly isSilent: boolean }

/** What the citizen knows of it. */
export interface KnownTime {
  /** null where they know it as called off. */
  readonly fromAt: UnixMs | null
  /** Whether it stands on a screen. */
  readonly replaces: boolean
}

const DROP: NewsDecision = { action: 'drop' }

/**
 * What is done about a change that a citizen is to be told of. What stands on a screen and is no longer so is
 * replaced at any hour, without a sound where it is quiet; anything else waits for the end of the quiet hours,
 * unless it would come too late then.
 *
 * @param occurrence - as it stands now; null where it is no more
 */
export function decideNews(
  { fromAt, replaces }: KnownTime,
  occurrence: Pick<Occurrence, 'startAt' | 'calledOff' | 'isHeld'> | null,
  { mayBeRung, quiet }: Pick<ReminderFacts, 'mayBeRung' | 'quiet'>,
  now: UnixMs,
): NewsDecision {
  const calledOff = occurrence?.calledOff ?? null
  // What they have said themselves they know.
  if (occurrence?.isHeld === true || calledOff === 'citizen' || calledOff === 'waiting') return DROP
  const toAt = occurrence === null || calledOff !== null ? null : occurrence.startAt
  const times = [fromAt, toAt].filter((at) => at !== null)
  if (toAt === fromAt || (!replaces && times.every((at) => at <= now))) return DROP
  if (!mayBeRung && !replaces) return DROP
  if (quiet === null || !isQuiet(quiet, now)) return { action: 'tell', toAt, isSilent: false }
  const until = quietEndsAt(quiet, now)
  const isTooLate = times.some((at) => at > now && at <= until)
  return replaces || isTooLate
    ? { action: 'tell', toAt, isSilent: true }
    : { action: 'hold', until }
}
