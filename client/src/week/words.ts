import type { Appointment, PersonId, UnixMs } from '@naervaer/shared'
import { toInstant, type Day, type WallTime } from '@naervaer/shared/wall'
import { currentLanguage, firstName, t } from '../texts/text.ts'
import { wallTime } from '../texts/wall-time.ts'
import { namedDay, sentence } from '../texts/when.ts'
import type { DaySpan } from './days.ts'

const NOON = 12 * 60

/** Some moment of a day, for its name; none of them is left out or comes twice. */
const noonOf = (day: Day): UnixMs => toInstant({ day, minute: NOON })

function inWords(day: Day, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(currentLanguage() === 'da' ? 'da-DK' : 'en-GB', {
    ...options,
    timeZone: 'Europe/Copenhagen',
  }).format(noonOf(day))
}

/** "Torsdag den 26. november" (English "Thursday 26 November"). */
export const dayTitle = (day: Day): string => sentence(namedDay(noonOf(day)))

/** "23.–29. november 2026", over the ends of months and years too. */
export function spanTitle({ from, to }: DaySpan): string {
  return new Intl.DateTimeFormat(currentLanguage() === 'da' ? 'da-DK' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'Europe/Copenhagen',
  }).formatRange(noonOf(from), noonOf(to))
}

/** For the head of a narrow column: "tor." and "26." (English "Thu" and "26"). */
export const weekdayWord = (day: Day): string => inWords(day, { weekday: 'short' })
export const dateWord = (day: Day): string => inWords(day, { day: 'numeric' })

/** A time on the wall within a sentence: "torsdag den 26. november kl. 10.00". */
export const whenAt = ({ day, minute }: WallTime): string =>
  t('plan.day', { date: namedDay(noonOf(day)), time: wallTime(minute) })

/** Whether it stands otherwise than planned, and still takes place or waits for somebody. */
export const isUnusual = ({ answered, calledOff, isAway, lateMinutes }: Appointment): boolean =>
  calledOff === 'waiting' ||
  (calledOff === null && (isAway === true || lateMinutes !== 0 || answered === 'more'))

/**
 * How an appointment stands, in words and never by its colour alone; nothing where it simply takes place
 * and it is oneself who rings or comes.
 */
export function stateOf(appointment: Appointment, you: PersonId | null): string[] {
  const { calledOff, worker, insteadOf, lateMinutes } = appointment
  if (calledOff === 'worker') return [t('week.offWorker')]
  if (calledOff === 'citizen') return [t('week.off')]
  const words: string[] = []
  if (calledOff === 'waiting') {
    words.push(t('week.waits', { worker: firstName((insteadOf ?? worker).name) }))
  } else if (appointment.isAway === true) {
    words.push(t('week.away', { worker: firstName(worker.name) }))
  } else if (worker.id !== you) words.push(t('week.by', { worker: firstName(worker.name) }))
  // The time that stands there has both in it.
  if (appointment.answered === 'more') words.push(t('week.more'))
  else if (lateMinutes !== 0) words.push(t('week.late', { n: String(lateMinutes) }))
  return words
}
