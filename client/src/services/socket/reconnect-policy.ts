import type { AfterClose, DurationMs } from '@naervaer/shared'

const FIRST_DELAY_MS = 300
const LONGEST_DELAY_MS = 10_000
const LATER_DELAY_MS = 5_000

/**
 * How long to wait before the next attempt: doubling from 0.3 s to 10 s, spread over half to
 * one and a half of that, so that a restarted server does not meet everybody at once.
 *
 * @param attempt - failed attempts in a row, from 0
 * @param random - uniform in [0, 1)
 */
export function getReconnectDelay(attempt: number, after: AfterClose, random: number): DurationMs {
  const doubled = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS)
  const base = after === 'reconnectLater' ? Math.max(doubled, LATER_DELAY_MS) : doubled
  return base * (0.5 + random)
}

/**
 * In haste: longer and longer, because a slow network needs it, and because browsers make a socket wait
 * the longer the more have failed within some minutes (Chromium: by seconds after a dozen). In 5 s TCP
 * knocks three times, never more than 2 s apart; what follows costs more than it gives.
 */
const PATIENCE_MS: readonly DurationMs[] = [
  1_200, 2_000, 3_000, 5_000, 5_000, 5_000, 5_000, 5_000, 8_000, 12_000,
]
const LONGEST_PATIENCE_MS: DurationMs = 15_000
const PATIENCE_GROWTH = 1.6

/** A socket over TLS takes three round trips to open. */
const OPENING_ROUND_TRIPS = 3

/**
 * How long an attempt in haste may take.
 *
 * @param attempt - attempts before it in a row
 * @param roundTripMs - as last measured; 0 where it is not known
 */
export function getAttemptPatience(attempt: number, roundTripMs: DurationMs): DurationMs {
  const patienceMs = PATIENCE_MS[attempt] ?? LONGEST_PATIENCE_MS
  return Math.max(patienceMs, OPENING_ROUND_TRIPS * roundTripMs)
}

/**
 * The same for an attempt that was begun because the server had answered.
 *
 * @param attempt - such attempts before it
 * @param tookMs - how long an answer takes now
 */
export function getPatienceAfterAnswer(attempt: number, tookMs: DurationMs): DurationMs {
  const firstMs = Math.max(PATIENCE_MS[0] ?? 0, OPENING_ROUND_TRIPS * tookMs)
  return Math.min(firstMs * PATIENCE_GROWTH ** attempt, LONGEST_PATIENCE_MS)
}
