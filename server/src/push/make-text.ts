import { NOTICE_PATH, type UnixMs } from '@naervaer/shared'
import {
  describeNotice,
  type DeclarativePush,
  type NoticeFacts,
  type NoticeKind,
  type PushMessage,
} from '@naervaer/shared/push'
import type { Subscription } from './repository.ts'

/** All notices are this long before they are sealed, so that their length tells nothing either. */
const TEXT_BYTES = 2_560

const APPLE = /^https:\/\/([a-z0-9-]+\.)*push\.apple\.com\//

/** A clock in Denmark, whatever the server's own zone is. */
const CLOCKS = { da: 'da-DK', en: 'en-GB' } as const

export interface NoticeWish {
  readonly kind: NoticeKind
  readonly tag: string
  readonly token: string
  /** The worker's whole name; only the first is told, and only where the level tells it. */
  readonly name: string
  readonly calledAt: UnixMs
  readonly until: UnixMs
  /** The public address: Apple's own words need a whole one to open. */
  readonly origin: string
}

/** What is sealed for one device: of names only what its level tells. */
export function makeNoticeText(
  { level, language, target }: Pick<Subscription, 'level' | 'language' | 'target'>,
  wish: NoticeWish,
): string {
  const { kind, tag, token, until, calledAt } = wish
  const facts: NoticeFacts = {
    name: wish.name.split(' ', 1)[0] ?? '',
    time: new Intl.DateTimeFormat(CLOCKS[language], {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: 'Europe/Copenhagen',
    }).format(calledAt),
  }
  const message: PushMessage = {
    ...{ v: 1, kind, tag, token, level, language, until },
    ...describeNotice(kind, level, language, facts),
    missed: describeNotice('missed', level, language, facts),
  }
  const whole = APPLE.test(target.endpoint) ? toDeclarative(message, facts, wish) : message
  return pad(JSON.stringify(whole))
}

/**
 * Apple shows these words itself where our code does not run in time (iOS 18.4). Nobody has asked then whether
 * it still rings, so they claim no more than the first level does (PN5).
 */
function toDeclarative(
  message: PushMessage,
  facts: NoticeFacts,
  { origin, calledAt }: NoticeWish,
): DeclarativePush {
  const { kind, language } = message
  const words = kind === 'ring' ? describeNotice(kind, 1, language, facts) : message
  return {
    web_push: 8030,
    notification: {
      title: words.title,
      body: words.body,
      lang: language,
      tag: message.tag,
      navigate: `${origin}${NOTICE_PATH}`,
      silent: kind !== 'ring' && kind !== 'trial',
      timestamp: calledAt,
      data: message,
    },
    mutable: true,
  }
}

/** Blanks after a JSON text are no part of it (RFC 8259 § 2). */
function pad(text: string): string {
  return text + ' '.repeat(Math.max(0, TEXT_BYTES - Buffer.byteLength(text)))
}
