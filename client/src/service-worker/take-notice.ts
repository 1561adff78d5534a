import type { DurationMs } from '@naervaer/shared'
import {
  describeNotice,
  NoticeStateReplySchema,
  PushMessageSchema,
  type NoticeState,
  type NoticeWords,
  type PushMessage,
} from '@naervaer/shared/push'
import { makeCheck } from '../services/socket/check.ts'

const isPushMessage = makeCheck(PushMessageSchema)
const isStateReply = makeCheck(NoticeStateReplySchema)

/** How long the server is asked before something is shown: a ring that is late is worth little. */
const ASK_MS: DurationMs = 3_000
const RECEIPT_MS: DurationMs = 10_000

/** What only says that there is nothing more to do is taken away after this long. */
const QUIET_MS: DurationMs = 3_000

const ICON = '/icons/icon-192.png'

/** Where nothing is known: no more than the first level, so that nobody is exposed. */
const NO_FACTS = { name: '', time: '' } as const

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
}

/** Shows a notice for a push, whatever is in it, and says to the server that it is on the screen. */
export async function takeNotice(
  worker: ServiceWorkerGlobalScope,
  event: PushEvent,
): Promise<void> {
  const message = readMessage(event)
  if (message === null) {
    const language = worker.navigator.language.startsWith('da') ? 'da' : 'en'
    await show(worker, 'naervaer', language, quiet(describeNotice('ring', 1, language, NO_FACTS)))
    return
  }
  const shown = await chooseWords(message)
  await show(worker, message.tag, message.language, shown)
  const isProof = message.kind === 'ring' || message.kind === 'trial'
  const saying = isProof ? post('receipt', message.token, RECEIPT_MS) : Promise.resolve(null)
  // Where a window is in sight it rings there: the notice would only lie over it.
  const isSeen = message.kind === 'ring' && (await hasVisibleWindow(worker))
  if (shown.isPassing || isSeen) await takeAway(worker, message.tag)
  await saying
}

/** Ours, by itself or inside Apple's declarative words, with which the browser may give no text at all. */
function readMessage(event: PushEvent): PushMessage | null {
  const declared: unknown = Reflect.get(event, 'notification')
  const candidates = [readJson(event), declared].flatMap((each) => [
    each,
    getPart(getPart(each, 'notification'), 'data'),
    getPart(each, 'data'),
  ])
  return candidates.find(isPushMessage) ?? null
}

function readJson({ data }: PushEvent): unknown {
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
  { registration }: ServiceWorkerGlobalScope,
  tag: string,
  lang: string,
  { words, isLoud, isStaying }: Shown,
): Promise<void> {
  const options: NoticeOptions = {
    body: words.body,
    tag,
    lang,
    icon: ICON,
    badge: ICON,
    silent: !isLoud,
    renotify: isLoud,
    requireInteraction: isStaying,
    ...(isLoud ? { vibrate: [400, 200, 400, 200, 400] } : {}),
  }
  await registration.showNotification(words.title, options)
}

async function hasVisibleWindow({ clients }: ServiceWorkerGlobalScope): Promise<boolean> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  return windows.some(({ visibilityState }) => visibilityState === 'visible')
}

/** It has been seen to be shown, as browsers demand, and there is nothing to do about it. */
async function takeAway({ registration }: ServiceWorkerGlobalScope, tag: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  for (const notice of await registration.getNotifications({ tag })) notice.close()
}
