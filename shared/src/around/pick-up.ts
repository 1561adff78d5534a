import type { DurationMs } from '../time.ts'

/**
 * What a worker and a citizen may agree to take up in their next talk. Short and of no diagnosis; there is
 * no free text, which would be a journal within a week. Codes are stable, the words are the client's.
 */
export const PICK_UPS = [
  'step',
  'outing',
  'home',
  'letter',
  'meeting',
  'people',
  'rest',
  'wentWell',
] as const
export type PickUp = (typeof PICK_UPS)[number]

/** A line that no talk has taken up is forgotten after this. */
export const PICK_UP_MS: DurationMs = 30 * 24 * 3_600_000
