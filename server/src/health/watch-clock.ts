import type { DurationMs } from '@naervaer/shared'
import type { Clock } from '../plugins/clock.ts'

/** A step that nobody can mistake for the small corrections of NTP (RFC 5905). */
const STEP_MS: DurationMs = 30_000

/** So long it is said: what was due meanwhile came early or late, and somebody asks about it. */
const SAID_FOR_MS: DurationMs = 3_600_000

/**
 * Makes a look that says whether the wall clock has been set lately. Which of its two times is the right one
 * cannot be known from inside.
 */
export function watchClock(clock: Pick<Clock, 'now' | 'counted'>): () => boolean {
  let apart = clock.now() - clock.counted()
  let steppedAt: DurationMs | null = null
  return () => {
    const now = clock.counted()
    const apartNow = clock.now() - now
    if (Math.abs(apartNow - apart) >= STEP_MS) steppedAt = now
    // Small differences add up over months: only what came at once is a step.
    apart = apartNow
    return steppedAt === null || now - steppedAt > SAID_FOR_MS
  }
}
