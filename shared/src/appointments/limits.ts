import type { DurationMs } from '../time.ts'

/** Shorter is no meeting, and longer is a day. */
export const SHORTEST_MINUTES = 5
export const LONGEST_MINUTES = 8 * 60

/** How far ahead can be planned: a year, and the month in which the next one is. */
export const HORIZON_DAYS = 400

/** How many times one series may have: each day up to the horizon. */
export const MAX_OCCURRENCES = 400

/** How many appointments and series of one citizen may be ahead at a time. */
export const MAX_PER_CITIZEN = 100

/** The longest span that is read at a time. */
export const MAX_SPAN_DAYS = 100

/** How long whoever has made an appointment may take it back, as if it had never been. */
export const TAKE_BACK_MS: DurationMs = 10 * 60_000

/** How long what has been agreed is kept after its last day. */
export const APPOINTMENT_RETENTION_MS: DurationMs = 183 * 24 * 3_600_000
