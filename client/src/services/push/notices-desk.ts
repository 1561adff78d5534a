import { NaervaerError, type DurationMs } from '@naervaer/shared'
import type { PushLanguage, PushLevel, PushReply, PushWish } from '@naervaer/shared/push'
import { isApple } from '../device/device-kind.ts'
import { isInstalled } from '../install-way.ts'
import {
  fetchPush,
  sendTrial,
  subscribe,
  SubscribeError,
  subscribeAnew,
  unsubscribe,
} from './subscription.ts'
import { readWish, rememberWish } from './wish-memory.ts'

/** The service worker is registered some seconds after the first screen. */
const WORKER_MS: DurationMs = 15_000

/**
 * How this device stands with notices.
 *
 * - `off`, `on`: as the citizen wants it; `refused`: off, and they have said no before
 * - `blocked`: the browser has been told no, and asks no more
 * - `install`: only an app on the home screen can be notified here
 * - `cannot`: this browser cannot at all
 * - `unpaired`: only a paired device is notified
 * - `closed`: the municipality notifies nobody
 */
export type NoticesState =
  'off' | 'refused' | 'on' | 'blocked' | 'install' | 'cannot' | 'unpaired' | 'closed'

export interface Notices {
  readonly state: NoticesState
  /** What a notice may show; null where this device is not notified. */
  readonly level: PushLevel | null
}

/** What came of the browser's own question. */
export type Permission = 'granted' | 'denied' | 'default'

/** Notices on this device, for the page that turns them on and off. Rejects as `send` does. */
export interface NoticesDesk {
  load(): Promise<Notices>
  /** Must begin in a tap: browsers answer no other question. */
  askBrowser(): Promise<Permission>
  /** @throws SubscribeError where the browser gives no address for notices */
  turnOn(level: PushLevel | null, language: PushLanguage): Promise<void>
  turnOff(): Promise<void>
  /** @returns whether a notice is on its way here, to be looked at */
  tryOut(): Promise<boolean>
  /** Not asked again from the first screen. */
  refuse(): void
}

/** The real thing. */
export const noticesDesk: NoticesDesk = {
  async load() {
    const state = findOwnState()
    if (state !== null) return { state, level: null }
    try {
      const { publicKey, own } = await fetchPush()
      if (publicKey === null) return { state: 'closed', level: null }
      // Browsers take the permission back from what is seldom used; what the server knows is old then.
      const isOn = own !== null && own.isLost !== true && Notification.permission === 'granted'
      if (isOn) return { state: 'on', level: own.level }
      return { state: readWish() === 'no' ? 'refused' : 'off', level: null }
    } catch (error) {
      const isUnpaired = error instanceof NaervaerError && error.code === 'PUSH_DEVICE_MISSING'
      if (isUnpaired) return { state: 'unpaired', level: null }
      throw error
    }
  },
  askBrowser: () => Notification.requestPermission(),
  async turnOn(level, language) {
    await makeSure(await findWorker(), await fetchPush(), { level, language })
    rememberWish('yes')
  },
  async turnOff() {
    await unsubscribe(await findWorker())
    rememberWish('no')
  },
  tryOut: sendTrial,
  refuse: () => rememberWish('no'),
}

/**
 * At each start: browsers change addresses and take permissions back, push services forget, and people change
 * their minds in the browser's own settings. Rejects as `send` does, and with SubscribeError.
 */
export async function renewNotices(
  registration: ServiceWorkerRegistration,
  language: PushLanguage,
): Promise<void> {
  const known = await fetchPush()
  if (known.publicKey === null) return
  if (Notification.permission !== 'granted') {
    if (known.own !== null) await unsubscribe(registration)
  } else if (known.own !== null || readWish() === 'yes') {
    await makeSure(registration, known, { level: null, language })
  }
}

/**
 * At each later connection: the server may have been given another key while this device was away, and an app
 * that stays open for weeks has no other start. Rejects as `renewNotices` does.
 */
export async function remakeLostNotices(
  registration: ServiceWorkerRegistration,
  language: PushLanguage,
): Promise<void> {
  if (Notification.permission !== 'granted') return
  const known = await fetchPush()
  if (known.publicKey === null || known.own?.isLost !== true) return
  await makeSure(registration, known, { level: null, language })
}

/** @throws NaervaerError PUSH_OFF; SubscribeError */
async function makeSure(
  registration: ServiceWorkerRegistration,
  { publicKey, own }: PushReply,
  { level, language }: Pick<PushWish, 'level' | 'language'>,
): Promise<void> {
  if (publicKey === null) throw new NaervaerError('PUSH_OFF')
  // What the server has struck off as dead the browser may still hold: the same address would die again.
  const make = own === null || own.isLost === true ? subscribeAnew : subscribe
  await make(registration, publicKey, level, language)
}

/** What the browser alone decides; null where the server is to be asked. */
function findOwnState(): NoticesState | null {
  const canPush =
    'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
  if (!canPush) return isApple() && !isInstalled() ? 'install' : 'cannot'
  return Notification.permission === 'denied' ? 'blocked' : null
}

async function findWorker(): Promise<ServiceWorkerRegistration> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new SubscribeError('no service worker')), WORKER_MS)
  })
  try {
    return await Promise.race([navigator.serviceWorker.ready, late])
  } finally {
    clearTimeout(timer)
  }
}
