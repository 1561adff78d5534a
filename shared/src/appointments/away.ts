import { toInstant } from '../wall/clock.ts'
import { addDays } from '../wall/day.ts'
import type { Day } from '../wall/day-schema.ts'
import type { Away } from './holder.ts'

/** Whole days: from the midnight before the first to the one after the last, by the wall in Denmark. */
export function toAway(days: { readonly firstDay: Day; readonly lastDay: Day }): Away {
  return {
    fromAt: toInstant({ day: days.firstDay, minute: 0 }),
    toAt: toInstant({ day: addDays(days.lastDay, 1), minute: 0 }),
  }
}
