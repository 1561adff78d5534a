import type { UnixMs } from '@naervaer/shared'
import { addDays, toInstant } from '@naervaer/shared/wall'

/**
 * The first moment of a day in Denmark, whatever the zone of the device.
 *
 * @param day - "2026-11-26", as a field of type date gives it
 * @param daysLater - 1 for the moment at which that day is over
 */
export function dayStart(day: string, daysLater = 0): UnixMs {
  return toInstant({ day: addDays(day, daysLater), minute: 0 })
}
