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
