import type { DurationMs } from '../time.ts'

/** Whether a talk stood in for a visit: it did, in part, it was extra, or the worker does not know. */
export const REPLACED = ['visit', 'partly', 'extra', 'unknown'] as const
export type Replaced = (typeof REPLACED)[number]

/** For how long a worker's own talks are listed for them. */
export const LATEST_TALKS_MS: DurationMs = 7 * 24 * 3_600_000

/** How many of them at most. */
export const MAX_LATEST_TALKS = 50
