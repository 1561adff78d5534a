import type { Repeat } from '@naervaer/shared/appointments'
import { weekdayOf, type Day } from '@naervaer/shared/wall'

/** How often an appointment is offered to come again. */
export const REPEATS = ['once', 'weekly', 'twoWeekly', 'weekdays', 'daily'] as const
export type Repeats = (typeof REPEATS)[number]

/** As it is planned: from a day on, and until another. */
export function toRepeat(repeats: Repeats, day: Day, until: Day): Repeat | null {
  const end = { until }
  switch (repeats) {
    case 'once':
      return null
    case 'daily':
      return { every: 'day', weekdays: [], end }
    case 'weekdays':
      return { every: 'week', weekdays: [1, 2, 3, 4, 5], end }
    case 'weekly':
      return { every: 'week', weekdays: [weekdayOf(day)], end }
    case 'twoWeekly':
      return { every: 'twoWeeks', weekdays: [weekdayOf(day)], end }
  }
}
