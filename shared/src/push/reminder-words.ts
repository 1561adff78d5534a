import type { AppointmentKind } from '../wire/appointment.ts'
import type { NoticeAnswer } from '../http/reminders.ts'
import type { PushLanguage, PushLevel } from './level.ts'
import type { NoticeWords } from './words.ts'

/** What a reminder may tell, of which the level tells a part. */
export interface ReminderFacts {
  /** The first name of who rings or comes. */
  readonly name: string
  /** As a clock shows it. */
  readonly time: string
  readonly kind: AppointmentKind
  /** On which day, as one says it; null where it is so near that the time tells it. */
  readonly day: string | null
}

/** What has become of an appointment, of which the level tells a part. */
export interface ChangeFacts {
  /** The first name of who rings or comes. */
  readonly name: string
  readonly kind: AppointmentKind
  /** Day and clock, as one says them; null where it was called off before. */
  readonly from: string | null
  /** null where it takes place no more. */
  readonly to: string | null
}

/** What replaces one: it has been answered, or the appointment is another than it says. */
export type ReminderEnd = 'answered' | 'changed'

const line = (title: string, body = ''): NoticeWords => ({ title, body })

const NEW_MESSAGE: Readonly<Record<PushLanguage, NoticeWords>> = {
  da: line('Ny besked'),
  en: line('New message'),
}

const WHO: Readonly<Record<PushLanguage, Record<AppointmentKind, (name: string) => string>>> = {
  da: {
    video: (name) => `${name} ringer`,
    phone: (name) => `${name} ringer på telefonen`,
    visit: (name) => `${name} kommer`,
  },
  en: {
    video: (name) => `${name} will call`,
    phone: (name) => `${name} will telephone`,
    visit: (name) => `${name} is coming`,
  },
}

const END: Readonly<Record<PushLanguage, Record<ReminderEnd, NoticeWords>>> = {
  da: { answered: line('Tak for svaret'), changed: line('Din aftale er ændret') },
  en: { answered: line('Thank you for the answer'), changed: line('Your appointment has changed') },
}

/** As on the first page: one may be ready, have five minutes more, or not today. */
const ANSWERS: Readonly<Record<PushLanguage, Record<NoticeAnswer, string>>> = {
  da: { ready: 'Jeg er klar', more: '5 minutter mere', off: 'Ikke i dag' },
  en: { ready: 'I am ready', more: '5 more minutes', off: 'Not today' },
}

/** The exact words of a reminder, by what the citizen has chosen for the locked screen of the device. */
export function describeReminder(
  level: PushLevel,
  language: PushLanguage,
  { name, time, kind, day }: ReminderFacts,
): NoticeWords {
  if (level === 1) return NEW_MESSAGE[language]
  // It may be read hours after it was sent, so nothing in it is said from the day of the reader.
  const at = {
    da: `Husk din aftale ${day === null ? '' : `${day} `}kl. ${time}`,
    en: `Remember your appointment ${day === null ? '' : `on ${day} `}at ${time}`,
  }
  return line(at[language], level === 3 ? WHO[language][kind](name) : '')
}

/** That an appointment has been moved or called off: both times, since it may be read hours later. */
export function describeChange(
  level: PushLevel,
  language: PushLanguage,
  { name, kind, from, to }: ChangeFacts,
): NoticeWords {
  if (level === 1) return NEW_MESSAGE[language]
  const isDanish = language === 'da'
  if (to === null) {
    const title = isDanish ? 'Aftalen er aflyst' : 'The appointment is cancelled'
    return line(title, from === null ? '' : isDanish ? `Det var ${from}.` : `It was ${from}.`)
  }
  const who = level === 3 ? [`${WHO[language][kind](name)}.`] : []
  const before = from === null ? [] : [isDanish ? `Før var den ${from}.` : `It was ${from} before.`]
  return line(
    isDanish ? `Aftalen er flyttet til ${to}` : `The appointment has been moved to ${to}`,
    [...who, ...before].join(' '),
  )
}

/** What takes the place of a reminder that says no longer what is so. */
export function describeReminderEnd(
  end: ReminderEnd,
  level: PushLevel,
  language: PushLanguage,
): NoticeWords {
  return level === 1 ? NEW_MESSAGE[language] : END[language][end]
}

/** What stands on a button of a notice. */
export function describeAnswer(answer: NoticeAnswer, language: PushLanguage): string {
  return ANSWERS[language][answer]
}
