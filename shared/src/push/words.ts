import type { PushLanguage, PushLevel } from './level.ts'

/**
 * What a notice is about.
 *
 * - `ring`: somebody calls
 * - `missed`: somebody called
 * - `elsewhere`: the call was answered, here or on another device
 * - `over`: the call is over, and the citizen knows
 * - `trial`: the citizen wants to see what a notice looks like
 * - `reminder`: the citizen has an appointment soon, or tomorrow; `describeReminder` has its words
 */
export const NOTICE_KINDS = ['ring', 'missed', 'elsewhere', 'over', 'trial', 'reminder'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** What stands in a notice. `body` is empty where one line says it. */
export interface NoticeWords {
  readonly title: string
  readonly body: string
}

/** Who calls or called, and when; needed only where the level tells it. */
export interface NoticeFacts {
  /** The first name. */
  readonly name: string
  /** The first name of whom they stand in for; missing where they stand in for nobody. */
  readonly insteadOf?: string | undefined
  /** As a clock shows it, such as "10.02". */
  readonly time: string
}

/** What is about a call. */
export type CallNoticeKind = Exclude<NoticeKind, 'reminder'>

type Words = Readonly<Record<CallNoticeKind, (facts: NoticeFacts, level: 2 | 3) => NoticeWords>>

const line = (title: string, body = ''): NoticeWords => ({ title, body })

const DA: Words = {
  ring: ({ name, insteadOf }, level) =>
    level === 3
      ? line(`${name} ringer`, insteadOf === undefined ? '' : `I stedet for ${insteadOf}`)
      : line('Du bliver ringet op'),
  missed: ({ name, insteadOf, time }, level) => {
    const whose = insteadOf === undefined ? '' : ` i stedet for ${insteadOf}`
    return line('Ubesvaret opkald', level === 3 ? `${name} ringede kl. ${time}${whose}` : '')
  },
  elsewhere: () => line('Opkaldet er besvaret'),
  over: () => line('Opkaldet er slut'),
  trial: ({ name }, level) =>
    line(level === 3 ? `${name} ringer` : 'Du bliver ringet op', 'Det her er en prøve.'),
}

const EN: Words = {
  ring: ({ name, insteadOf }, level) =>
    level === 3
      ? line(`${name} is calling`, insteadOf === undefined ? '' : `Instead of ${insteadOf}`)
      : line('You are being called'),
  missed: ({ name, insteadOf, time }, level) => {
    const whose = insteadOf === undefined ? '' : ` instead of ${insteadOf}`
    return line('Missed call', level === 3 ? `${name} called at ${time}${whose}` : '')
  },
  elsewhere: () => line('The call was answered'),
  over: () => line('The call is over'),
  trial: ({ name }, level) =>
    line(level === 3 ? `${name} is calling` : 'You are being called', 'This is a trial.'),
}

const NEW_MESSAGE: Readonly<Record<PushLanguage, string>> = {
  da: 'Ny besked',
  en: 'New message',
}

/**
 * The exact words of a notice. They stand here and not with the client's texts because the server writes
 * them into what it sends: a phone may show them before any code of ours runs. No level tells of support,
 * of the municipality or of psychiatry, and only the third tells a name.
 */
export function describeNotice(
  kind: CallNoticeKind,
  level: PushLevel,
  language: PushLanguage,
  facts: NoticeFacts,
): NoticeWords {
  if (level === 1) return line(NEW_MESSAGE[language])
  const words = language === 'da' ? DA : EN
  return words[kind](facts, level)
}
