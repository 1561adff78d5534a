import type { UnixMs } from '../time.ts'
import { wallTimeAt } from '../wall/clock.ts'
import type { QuietHours } from './hours.ts'

/** What the clock on the wall shows at that moment, in minutes since midnight. */
export function wallMinute(at: UnixMs): number {
  return wallTimeAt(at).minute
}

/**
 * Whether it is quiet at that moment. What the wall shows counts: of an hour that comes twice both are quiet,
 * and of an hour that is left out there is none.
 */
export function isQuiet(hours: QuietHours | null, at: UnixMs): boolean {
  if (hours === null) return false
  const { from, to } = hours
  const now = wallMinute(at)
  return from < to ? now >= from && now < to : now >= from || now < to
}
