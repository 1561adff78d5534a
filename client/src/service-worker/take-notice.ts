import type { DurationMs } from '@naervaer/shared'
import {
  describeAnswer,
  describeNotice,
  NOTICE_ANSWERS,
  NoticeStateReplySchema,
  PushMessageSchema,
  type NoticeKind,
  type NoticeState,
  type NoticeWords,
  type PushMessage,
} from '@naervaer/shared/push'
import { NOTICE_SHOWN } from './messages.ts'
import { makeCheck } from '../services/socket/check.ts'

const isPushMessage = makeCheck(PushMessageSchema)
const isStateReply = makeCheck(NoticeStateReplySchema)

/** How long the server is asked before something is shown: a ring that is late is worth little. */
const ASK_MS: DurationMs = 3_000
const RECEIPT_MS: DurationMs = 10_000

/** What only says that there is nothing more to do is taken away after this long. */
const QUIET_MS: DurationMs = 3_000

/** A ring is a ring; a reminder is said once. */
const VIBRATIONS = { ring: [400, 200, 400, 200, 400], reminder: [300] } as const

const ICON = '/icons/icon-192.png'
/** Android draws it in one colour, from how opaque it is alone. */
const BADGE = '/icons/badge-96.png'

/** What the server wants to know of whether it came. */
const PROOFS: ReadonlySet<NoticeKind> = new Set(['ring', 'trial', 'reminder'])

/** Where nothing is known: no more than the first level, so that nobody is exposed. */
const NO_FACTS = { name: '', time: '' } as const

/** As much of a service worker as is needed to show a notice. */
export interface NoticeScreen {
  readonly navigator: { readonly language: string }
  readonly registration: {
    showNotification(title: string, options: NotificationOptions): Promise<void>
    getNotifications(which: { readonly tag: string }): Promise<readonly { close(): void }[]>
  }
  readonly clients: {
    matchAll(which: {
      readonly type: 'window'
      readonly includeUncontrolled: true
    }): Promise<readonly { postMessage(message: unknown): void }[]>
  }
}

/** As much of a push. */
export interface Pushed {
  readonly data: { json(): unknown } | null
}

/** What is shown, and how. */
interface Shown {
  readonly words: NoticeWords
  /** Whether it makes itself heard, also where it takes the place of another. */
  readonly isLoud: boolean
  /** Whether it stays on the screen until somebody has seen it. */
  readonly isStaying: boolean
  /** Whether it goes away by itself. */
  readonly isPassing: boolean
}

/** As much of `NotificationOptions` as browsers know and TypeScript does not. */
interface NoticeOptions extends NotificationOptions {
  readonly renotify?: boolean
  readonly timestamp?: number
  readonly vibrate?: readonly number[]
  readonly actions?: readonly { readonly action: string; readonly title: string }[]
}

/**
 * Shows a notice for each push, whatever is in it, and says to the server that it is on the screen. One
 * after the other, in the order in which they came: the end of a ring must not be overtaken by the ring,
 * which asks the server first.
 */
export function makeNoticeTaker(worker: NoticeScreen): (event: Pushed) => Promise<void> {
  let before: Promise<unknown> = Promise.resolve()
  return async (event) => {
    const message = readMessage(event)
    const showing = before.then(() => tell(worker, message))
    before = showing.catch(() => undefined)
    await showing
    if (message !== null && PROOFS.has(message.kind))
      await post('receipt', message.token, RECEIPT_MS)
  }
}

async function tell(worker: NoticeScreen, message: PushMessage | null): Promise<void> {
  if (message === null) {
    const language = worker.navigator.language.startsWith('da') ? 'da' : 'en'
    const shown = quiet(describeNotice('ring', 1, language, NO_FACTS))
    await show(worker, { kind: 'ring', tag: 'naervaer', language }, shown)
    return
  }
  const shown = await chooseWords(message)
  await show(worker, message, shown)
  // A window that rings itself takes away what would lie over it; only it knows whether it does.
  await tellWindows(worker)
  // Browsers look when the push is done whether something is on the screen: until then it stays.
  if (shown.isPassing) void takeAway(worker, message.tag)
}

/** Ours, by itself or inside Apple's declarative words, with which the browser may give no text at all. */
function readMessage(event: Pushed): PushMessage | null {
  const declared: unknown = Reflect.get(event, 'notification')
  const candidates = [readJson(event), declared].flatMap((each) => [
    each,
    getPart(getPart(each, 'notification'), 'data'),
    getPart(each, 'data'),
  ])
  return candidates.find(isPushMessage) ?? null
}

function readJson({ data }: Pushed): unknown {
  try {
    return data?.json()
  } catch {
    return null
  }
}

function getPart(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Nothing claims that it rings before the server has said so now. */
async function chooseWords(message: PushMessage): Promise<Shown> {
  const { kind, level, language } = message
  if (kind === 'trial') return { ...loud(message), isStaying: false }
  if (kind === 'missed') return quiet(message)
  // The push service forgets it in time; a phone that comes too late with it makes no noise about it.
  if (kind === 'reminder') {
    const isSilent = message.isSilent === true || Date.now() > message.until
    return isSilent ? quiet(message) : loud(message)
  }
  if (kind !== 'ring') return passing(message)
  const state = await askState(message)
  switch (state) {
    case 'ringing':
      return loud(message)
    case 'missed':
      return quiet(message.missed)
    case 'elsewhere':
    case 'over':
      return passing(describeNotice(state, level, language, NO_FACTS))
    case null:
      // Without an answer the clock alone tells that it cannot ring any more.
      if (Date.now() > message.until) return quiet(message.missed)
      return loud(describeNotice('ring', 1, language, NO_FACTS))
  }
}

const loud = (words: NoticeWords): Shown => ({
  words,
  isLoud: true,
  isStaying: true,
  isPassing: false,
})
const quiet = (words: NoticeWords): Shown => ({
  words,
  isLoud: false,
  isStaying: false,
  isPassing: false,
})
const passing = (words: NoticeWords): Shown => ({ ...quiet(words), isPassing: true })

/** @returns null where nobody answers in time */
async function askState({ token }: PushMessage): Promise<NoticeState | null> {
  const response = await post('notice', token, ASK_MS)
  // Unknown after two days: whatever it was, it is over.
  if (response?.status === 404) return 'missed'
  if (response?.ok !== true) return null
  const reply: unknown = await response.json().catch(() => null)
  return isStateReply(reply) ? reply.state : null
}

/** Without a session, which a worker that has just been woken has not at hand: the token opens it. */
async function post(
  what: 'notice' | 'receipt',
  token: string,
  limitMs: DurationMs,
): Promise<Response | null> {
  return fetch(`/api/push/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    credentials: 'omit',
    signal: AbortSignal.timeout(limitMs),
  }).catch(() => null)
}

async function show(
  { registration }: NoticeScreen,
  message: Pick<PushMessage, 'kind' | 'tag' | 'language'> & Partial<PushMessage>,
  { words, isLoud, isStaying }: Shown,
): Promise<void> {
  const { kind, tag, language } = message
  const options: NoticeOptions = {
    body: words.body,
    tag,
    lang: language,
    data: noticeData(message),
    icon: ICON,
    badge: BADGE,
    silent: !isLoud,
    renotify: isLoud,
    requireInteraction: isStaying,
    ...(isLoud ? { vibrate: VIBRATIONS[kind === 'reminder' ? 'reminder' : 'ring'] } : {}),
    ...(message.asks === true ? { actions: listActions(language) } : {}),
  }
  await registration.showNotification(words.title, options)
}

/** What a tap needs to know: an answer is opened by the token of its notice. */
function noticeData({ kind, token, tag, language, level }: Partial<PushMessage>): object {
  return kind === 'reminder' ? { kind, token, tag, language, level } : { kind }
}

/** Browsers show the first two or three of them, or none. */
const listActions = (language: PushMessage['language']) =>
  NOTICE_ANSWERS.map((action) => ({ action, title: describeAnswer(action, language) }))

async function tellWindows({ clients }: NoticeScreen): Promise<void> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  for (const window of windows) window.postMessage({ type: NOTICE_SHOWN })
}

/** There is nothing to do about it. Should the browser end this worker before, it stays, and is silent. */
async function takeAway({ registration }: NoticeScreen, tag: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  for (const notice of await registration.getNotifications({ tag })) notice.close()
}
