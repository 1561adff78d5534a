import type { Appointment, AppointmentKind, UnixMs } from '@naervaer/shared'
import { clockTime, currentLanguage, dayAndMonth, t } from './text.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 3_600_000

/** A day with its name, within a sentence: "tirsdag den 24. november" (English "Tuesday 24 November"). */
export function namedDay(at: UnixMs): string {
  const isDanish = currentLanguage() === 'da'
  const weekday = new Intl.DateTimeFormat(isDanish ? 'da-DK' : 'en-GB', {
    weekday: 'long',
    timeZone: 'Europe/Copenhagen',
  }).format(at)
  return `${weekday} ${isDanish ? 'den ' : ''}${dayAndMonth(at)}`
}

/**
 * When something is, within a sentence: "i dag kl. 14.00", "i morgen kl. 10.00", "tirsdag den 24. november kl.
 * 10.00". Of a day that comes only once a year the year is not said: nothing is planned further ahead than that.
 */
export function when(at: UnixMs, now: UnixMs): string {
  const time = clockTime(at)
  const day = dayAndMonth(at)
  const isNear = Math.abs(at - now) < 3 * DAY_MS
  if (isNear && day === dayAndMonth(now)) return t('plan.today', { time })
  if (isNear && at > now && day === dayAndMonth(tomorrowOf(now)))
    return t('plan.tomorrow', { time })
  return t('plan.day', { date: namedDay(at), time })
}

/** Some moment of the day after, whatever the clocks do meanwhile. */
function tomorrowOf(now: UnixMs): UnixMs {
  const today = dayAndMonth(now)
  let next = now
  while (dayAndMonth(next) === today) next += DAY_MS / 8
  return next
}

/** What happens, as a sentence without its full stop: "I dag kl. 14.00 ringer Mette". */
export function describePlan(kind: AppointmentKind, name: string, at: UnixMs, now: UnixMs): string {
  return sentence(t(`plan.${kind}`, { when: when(at, now), name }))
}

/** When it begins where the citizen would like five minutes more: the same for both sides. */
export const laterAt = ({ startAt, lateMinutes }: Appointment): UnixMs =>
  startAt + (lateMinutes + 5) * MINUTE_MS

/** When it begins as the two have said last. */
export const beginsAt = (appointment: Appointment): UnixMs =>
  appointment.answered === 'more' ? laterAt(appointment) : appointment.startAt

/** When that is, as a clock shows it. */
export const laterTime = (appointment: Appointment): string => clockTime(laterAt(appointment))

/** With a capital letter at its beginning. */
export function sentence(words: string): string {
  return words.slice(0, 1).toLocaleUpperCase(currentLanguage()) + words.slice(1)
}
