import type { UnixMs } from '@naervaer/shared'

const HOUR_MS = 3_600_000

const inDenmark = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Copenhagen',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  hourCycle: 'h23',
})

/**
 * The first moment of a day in Denmark, whatever the zone of the device.
 *
 * @param day - "2026-11-26", as a field of type date gives it
 * @param daysLater - 1 for the moment at which that day is over
 */
export function dayStart(day: string, daysLater = 0): UnixMs {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const midnightUtc = Date.UTC(year, month - 1, date + daysLater)
  // Denmark is one or two hours ahead, and never changes at midnight.
  const summer = midnightUtc - 2 * HOUR_MS
  return inDenmark.format(summer).endsWith('00') ? summer : midnightUtc - HOUR_MS
}
