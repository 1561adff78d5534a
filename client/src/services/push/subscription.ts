import type { DurationMs } from '@naervaer/shared'
import {
  PushReplySchema,
  PushTrialReplySchema,
  type PushLanguage,
  type PushLevel,
  type PushReply,
  type PushSubscriptionBody,
} from '@naervaer/shared/push'
import { read, send } from '../http-request.ts'
import { makeCheck } from '../socket/check.ts'

const isPushReply = makeCheck(PushReplySchema)
const isTrialReply = makeCheck(PushTrialReplySchema)

/** A browser whose push service is not reached may never answer. */
const SUBSCRIBE_MS: DurationMs = 20_000

/** The browser has not given an address for notices. */
export class SubscribeError extends Error {
  override readonly name = 'SubscribeError'
}

/** Whether this device is notified, as the server knows it. Rejects as `send` does. */
export async function fetchPush(): Promise<PushReply> {
  return read(await send('GET', '/api/push'), isPushReply)
}

/** @returns whether the push service has taken it */
export async function sendTrial(): Promise<boolean> {
  return (await read(await send('POST', '/api/push/trial'), isTrialReply)).isSent
}

/**
 * This device is notified from now on.
 *
 * @param level - null keeps what was chosen before
 * @throws SubscribeError where the browser gives no address, or none in time
 */
export async function subscribe(
  registration: ServiceWorkerRegistration,
  publicKey: string,
  level: PushLevel | null,
  language: PushLanguage,
): Promise<void> {
  const subscription = await findOrMake(registration, publicKey)
  await send('PUT', '/api/push/subscription', {
    subscription: toBody(subscription),
    level,
    language,
  })
}

/** As `subscribe`, with an address that the browser has not had before. */
export async function subscribeAnew(
  registration: ServiceWorkerRegistration,
  ...wish: [publicKey: string, level: PushLevel | null, language: PushLanguage]
): Promise<void> {
  const known = await registration.pushManager.getSubscription()
  await known?.unsubscribe()
  await subscribe(registration, ...wish)
}

/** This device is not notified any more; also where the browser knows nothing of it. */
export async function unsubscribe(registration: ServiceWorkerRegistration): Promise<void> {
  await send('DELETE', '/api/push/subscription')
  const subscription = await registration.pushManager.getSubscription()
  await subscription?.unsubscribe()
}

/**
 * Tells the server the address that the browser has now, where this device is notified at all.
 *
 * @returns whether it is
 */
export async function renewSubscription(registration: ServiceWorkerRegistration): Promise<boolean> {
  const { publicKey, own } = await fetchPush()
  if (publicKey === null || own === null) return false
  await subscribe(registration, publicKey, null, own.language)
  return true
}

/** One made for another key, as after a new installation of the server, is of no use. */
async function findOrMake(
  { pushManager }: ServiceWorkerRegistration,
  publicKey: string,
): Promise<PushSubscription> {
  const key = toBytes(publicKey)
  const known = await pushManager.getSubscription()
  if (known !== null && isSameKey(known.options.applicationServerKey, key)) return known
  await known?.unsubscribe()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new SubscribeError('no answer in time')), SUBSCRIBE_MS)
  })
  const asked = pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: key })
    .catch((cause: unknown) => {
      throw new SubscribeError('refused by the browser', { cause })
    })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}

function isSameKey(known: ArrayBuffer | null, key: Uint8Array): boolean {
  // Some browsers do not say: what works must not be thrown away then.
  if (known === null) return true
  const bytes = new Uint8Array(known)
  return bytes.length === key.length && bytes.every((byte, index) => byte === key[index])
}

function toBody(subscription: PushSubscription): PushSubscriptionBody {
  const { endpoint, keys } = subscription.toJSON()
  const { p256dh, auth } = keys ?? {}
  if (endpoint === undefined || p256dh === undefined || auth === undefined) {
    throw new SubscribeError('an address without keys')
  }
  return { endpoint, p256dh, auth }
}

function toBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
