import { NOTICE_PATH, type UnixMs } from '@naervaer/shared'
import {
  describeChange,
  describeNotice,
  describeReminder,
  describeReminderEnd,
  type CallNoticeKind,
  type ChangeFacts,
  type DeclarativePush,
  type NoticeFacts,
  type NoticeWords,
  type PushLanguage,
  type PushMessage,
  type ReminderEnd,
  type ReminderFacts,
} from '@naervaer/shared/push'
import type { Subscription } from './repository.ts'

/** All notices are this long before they are sealed, so that their length tells nothing either. */
const TEXT_BYTES = 2_560

const APPLE = /^https:\/\/([a-z0-9-]+\.)*push\.apple\.com\//

/** A clock in Denmark, whatever the server's own zone is. */
const CLOCKS = { da: 'da-DK', en: 'en-GB' } as const
const TIME_ZONE = 'Europe/Copenhagen'

type Receiver = Pick<Subscription, 'level' | 'language' | 'target'>

/** What every notice has. */
interface AnyWish {
  readonly tag: string
  readonly token: string
  readonly until: UnixMs
  /** The public address: Apple's own words need a whole one to open. */
  readonly origin: string
}

export interface NoticeWish extends AnyWish {
  readonly kind: CallNoticeKind
  /** The worker's whole name; only the first is told, and only where the level tells it. */
  readonly name: string
  /** In whose place a substitute rings; likewise. */
  readonly insteadOf: string | null
  readonly calledAt: UnixMs
}

export interface ReminderWish extends AnyWish, Omit<ReminderFacts, 'time' | 'day'> {
  readonly startAt: UnixMs
  /** Whether it is told long before, so that the time alone does not say when. */
  readonly tellsDay: boolean
  /** Whether it may be answered at once, where the locked screen may tell what it is about. */
  readonly asks: boolean
  readonly isSilent: boolean
}

export interface ReminderEndWish extends AnyWish {
  readonly end: ReminderEnd
}

export interface ChangeWish extends AnyWish, Omit<ChangeFacts, 'from' | 'to'> {
  readonly fromAt: UnixMs | null
  readonly toAt: UnixMs | null
  readonly isSilent: boolean
}

/** What is sealed for one device: of names only what its level tells. */
export function makeNoticeText(receiver: Receiver, wish: NoticeWish): string {
  const { level, language, target } = receiver
  const { kind, tag, token, until, calledAt } = wish
  const facts: NoticeFacts = {
    name: firstName(wish.name),
    insteadOf: wish.insteadOf === null ? undefined : firstName(wish.insteadOf),
    time: clockOf(calledAt, language),
  }
  const message: PushMessage = {
    ...{ v: 1, kind, tag, token, level, language, until },
    ...describeNotice(kind, level, language, facts),
    missed: describeNotice('missed', level, language, facts),
  }
  return seal(target, message, {
    // Nobody has asked then whether it still rings, so they claim no more than the first level does (PN5).
    words: kind === 'ring' ? describeNotice(kind, 1, language, facts) : message,
    navigate: `${wish.origin}${NOTICE_PATH}`,
    isSilent: kind !== 'ring' && kind !== 'trial',
    timestamp: calledAt,
  })
}

/** A reminder, which nobody need ask about: what is no longer so is replaced. */
export function makeReminderText(receiver: Receiver, wish: ReminderWish): string {
  const { level, language, target } = receiver
  const { tag, token, until, startAt, isSilent, kind, tellsDay } = wish
  const time = clockOf(startAt, language)
  const day = tellsDay ? dayOf(startAt, language) : null
  const facts = { name: firstName(wish.name), time, kind, day }
  const words = describeReminder(level, language, facts)
  const asks = wish.asks && level > 1
  const message: PushMessage = {
    ...{ v: 1, kind: 'reminder', tag, token, level, language, until, isSilent, asks },
    ...words,
    missed: words,
  }
  return seal(target, message, {
    ...{ words, isSilent, timestamp: startAt, navigate: `${wish.origin}/` },
  })
}

/** An appointment has been moved or called off. It is shown as a reminder is, and asks nothing. */
export function makeChangeText(receiver: Receiver, wish: ChangeWish): string {
  const { level, language, target } = receiver
  const { tag, token, until, fromAt, toAt, isSilent, kind } = wish
  const say = (at: UnixMs | null) => (at === null ? null : dayAndClock(at, language))
  const facts = { name: firstName(wish.name), kind, from: say(fromAt), to: say(toAt) }
  const words = describeChange(level, language, facts)
  const message: PushMessage = {
    ...{ v: 1, kind: 'reminder', tag, token, level, language, until, isSilent, asks: false },
    ...words,
    missed: words,
  }
  const timestamp = toAt ?? fromAt ?? until
  return seal(target, message, { words, isSilent, timestamp, navigate: `${wish.origin}/` })
}

/** What takes its place: it stays where something has changed, and goes away where it has been answered. */
export function makeReminderEndText(receiver: Receiver, wish: ReminderEndWish): string {
  const { level, language, target } = receiver
  const { tag, token, until, end } = wish
  const words = describeReminderEnd(end, level, language)
  const kind = end === 'changed' ? 'missed' : 'over'
  const message: PushMessage = {
    ...{ v: 1, kind, tag, token, level, language, until },
    ...words,
    missed: words,
  }
  return seal(target, message, {
    ...{ words, isSilent: true, timestamp: until, navigate: `${wish.origin}/` },
  })
}

const firstName = (name: string): string => name.split(' ', 1)[0] ?? ''

const clockOf = (at: UnixMs, language: PushLanguage): string =>
  new Intl.DateTimeFormat(CLOCKS[language], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: TIME_ZONE,
  }).format(at)

/** As one says it: "torsdag den 26. november", "Thursday 26 November". */
function dayOf(at: UnixMs, language: PushLanguage): string {
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(CLOCKS[language], { ...options, timeZone: TIME_ZONE }).format(at)
  const date = say({ day: 'numeric', month: 'long' })
  return `${say({ weekday: 'long' })} ${language === 'da' ? 'den ' : ''}${date}`
}

const dayAndClock = (at: UnixMs, language: PushLanguage): string =>
  `${dayOf(at, language)} ${language === 'da' ? 'kl.' : 'at'} ${clockOf(at, language)}`

interface Declared {
  readonly words: NoticeWords
  readonly navigate: string
  readonly isSilent: boolean
  readonly timestamp: UnixMs
}

/** Apple shows its words itself where our code does not run in time (iOS 18.4). */
function seal({ endpoint }: Receiver['target'], message: PushMessage, declared: Declared): string {
  const whole = APPLE.test(endpoint) ? toDeclarative(message, declared) : message
  return pad(JSON.stringify(whole))
}

function toDeclarative(
  message: PushMessage,
  { words, navigate, isSilent, timestamp }: Declared,
): DeclarativePush {
  return {
    web_push: 8030,
    notification: {
      title: words.title,
      body: words.body,
      lang: message.language,
      tag: message.tag,
      navigate,
      silent: isSilent,
      timestamp,
      data: message,
    },
    mutable: true,
  }
}

/** Blanks after a JSON text are no part of it (RFC 8259 § 2). */
function pad(text: string): string {
  return text + ' '.repeat(Math.max(0, TEXT_BYTES - Buffer.byteLength(text)))
}
