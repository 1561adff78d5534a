import type { Absence, AbsenceDays, TouchedCitizen } from '@naervaer/shared/appointments'
import { toInstant, type Day } from '@naervaer/shared/wall'
import { anyOf, firstName, t } from '../texts/text.ts'
import { namedDay, when } from '../texts/when.ts'

const NOON = 12 * 60

const dayName = (day: Day): string => namedDay(toInstant({ day, minute: NOON }))

/** "fra mandag den 30. november til og med tirsdag den 1. december". */
export const describeSpan = ({ firstDay, lastDay }: AbsenceDays): string =>
  t('absence.span', { from: dayName(firstDay), to: dayName(lastDay) })

/** Whom it touches, in one or two sentences. */
export function describeTouched({ touched, others }: Absence): string {
  const appointments = touched.flatMap((each) => each.appointments)
  const open = appointments.filter(({ substitute }) => substitute === null).length
  const [n, m] = [String(touched.length), String(appointments.length)]
  return [
    touched.length === 0 ? t('absence.nobody') : t('absence.touched', { n, m }),
    ...(open === 0 ? [] : [t('absence.uncovered', { n: String(open) })]),
    ...(others === 0 ? [] : [t('absence.others', { n: String(others) })]),
  ].join(' ')
}

/** Who is there for a citizen instead. */
export function describeCover({ cover, substitutes }: TouchedCitizen): string {
  const who = anyOf(substitutes.map(({ name }) => firstName(name)))
  return cover === 'none' ? t('absence.cover.none') : t(`absence.cover.${cover}`, { who })
}

/** "Video onsdag den 2. december kl. 10.00: ingen vikar". */
export function describeMissed(
  { kind, startAt, substitute }: TouchedCitizen['appointments'][number],
  now: number,
): string {
  return t('absence.meets', {
    kind: t(`planning.${kind}`),
    when: when(startAt, now),
    who: substitute === null ? t('absence.nobodyThen') : substitute.name,
  })
}
