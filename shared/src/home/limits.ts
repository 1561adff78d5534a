import type { DurationMs } from '../time.ts'

/** "Jeg er klar" holds for this long … */
export const READY_MS: DurationMs = 30 * 60_000

/** … and for this long without any connection: a lost network or a server that begins anew is no leaving. */
export const READY_AWAY_MS: DurationMs = 2 * 60_000

/** A wish to be rung that nobody has answered is forgotten after this. */
export const CALLBACK_MS: DurationMs = 7 * 24 * 3_600_000

/** For how long home says that somebody has rung. */
export const MISSED_MS: DurationMs = 24 * 3_600_000
