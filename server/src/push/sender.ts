import type { FastifyBaseLogger } from 'fastify'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { PushSubscriptionBody } from '@naervaer/shared/push'
import webPush from 'web-push'
import type { Cancel, Clock } from '../plugins/clock.ts'
import { isAllowedEndpoint, type PushConfig } from '../push-config.ts'
import type { VapidKeys } from './repository.ts'

/** How long a push service may take to answer. */
const ANSWER_MS: DurationMs = 8_000

const FIRST_WAIT_MS: DurationMs = 1_000
const LONGEST_WAIT_MS: DurationMs = 30_000

/**
 * What became of one message to one device.
 *
 * - `accepted`: the push service has taken it
 * - `gone`: there is no such device any more (RFC 8030 § 7.3)
 * - `refused`: the push service will not have it as it is
 * - `late`: it could not be delivered while it mattered, or is not wanted any more
 */
export const DELIVERIES = ['accepted', 'gone', 'refused', 'late'] as const
export type Delivery = (typeof DELIVERIES)[number]

/** Whoever watches the push services. */
export interface DeliveryWatcher {
  /** One message is done with. */
  settled(endpoint: string, delivery: Delivery): void
  /** A push service has been asked: whether it has answered at all. */
  asked(endpoint: string, hasAnswered: boolean): void
}

/** One message for one device. */
export interface Parcel {
  readonly target: PushSubscriptionBody
  readonly text: string
  /** A later one with the same takes its place with the push service, where it still waits there. */
  readonly topic: string
  /** Until when it may be delivered: the push service forgets it then. */
  readonly until: UnixMs
  /** Until when it is tried again. */
  readonly retryUntil: UnixMs
}

export interface SenderOptions {
  readonly clock: Clock
  readonly config: Pick<PushConfig, 'subject' | 'hosts'>
  /** Asked each time: they may be changed while the server runs. */
  readonly keys: () => VapidKeys
  readonly log: FastifyBaseLogger
  readonly watcher: DeliveryWatcher
}

/** Whether it is still wanted, and how to wake whoever waits to try again. */
interface Wish {
  isWanted: boolean
  stopWaiting: () => void
}

/** A message on its way. */
export interface Sending {
  readonly done: Promise<Delivery>
  /** Not wanted any more: what has not been taken yet is not tried again. */
  cancel(): void
}

/** Hands sealed messages to push services (RFC 8030, 8291, 8292), again and again while it matters. */
export class Sender {
  readonly #options: SenderOptions
  readonly #waiting = new Set<() => void>()
  #isStopped = false

  constructor(options: SenderOptions) {
    this.#options = options
  }

  send(parcel: Parcel): Sending {
    const state: Wish = { isWanted: true, stopWaiting: () => undefined }
    return {
      done: this.#deliverWatched(parcel, state),
      cancel: () => {
        state.isWanted = false
        state.stopWaiting()
      },
    }
  }

  /** Nothing is tried again from now on, nor what is under way or only begun while the server closes. */
  stop(): void {
    this.#isStopped = true
    for (const end of this.#waiting) end()
  }

  async #deliverWatched(parcel: Parcel, state: Wish): Promise<Delivery> {
    const delivery = await this.#deliver(parcel, state)
    this.#options.watcher.settled(parcel.target.endpoint, delivery)
    return delivery
  }

  async #deliver(parcel: Parcel, state: Wish): Promise<Delivery> {
    for (
      let waitMs = FIRST_WAIT_MS;
      state.isWanted;
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)
    ) {
      const answer = await this.#try(parcel)
      if (typeof answer === 'string') return answer
      if (this.#isStopped) return 'late'
      const at = this.#options.clock.now() + Math.max(waitMs, answer.retryAfterMs)
      if (at >= parcel.retryUntil) return 'late'
      await this.#waitUntil(at, state)
    }
    return 'late'
  }

  /** @returns how long to wait at least where it may work later */
  async #try(parcel: Parcel): Promise<Delivery | { retryAfterMs: DurationMs }> {
    const { clock, config, log } = this.#options
    const { target, until } = parcel
    const ttlSeconds = Math.floor((until - clock.now()) / 1_000)
    if (ttlSeconds <= 0) return 'late'
    // The list may have become shorter since the device was told of.
    if (!isAllowedEndpoint(config.hosts, target.endpoint)) return 'refused'
    const { status, retryAfter } = await this.#post(parcel, ttlSeconds)
    this.#options.watcher.asked(target.endpoint, status !== 0)
    if (status >= 200 && status < 300) return 'accepted'
    if (status === 404 || status === 410) return 'gone'
    if (status === 0 || status === 408 || status === 429 || status >= 500) {
      return { retryAfterMs: readRetryAfter(retryAfter, clock.now()) }
    }
    log.warn({ code: 'PUSH_REFUSED', status }, 'a push service refuses our notices')
    return 'refused'
  }

  /** @returns the status, 0 where nobody answered */
  async #post({ target, text, topic }: Parcel, TTL: number) {
    const { config, keys, log } = this.#options
    const { endpoint, p256dh, auth } = target
    const { headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      text,
      {
        TTL,
        topic,
        urgency: 'high',
        contentEncoding: 'aes128gcm',
        vapidDetails: { subject: config.subject, ...keys() },
      },
    )
    try {
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: toHeaders(headers),
        body: Uint8Array.from(body),
        // An address of the list must not lead to one that is not on it.
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_MS),
      })
      await answer.body?.cancel()
      return { status: answer.status, retryAfter: answer.headers.get('retry-after') }
    } catch (error) {
      // The error may name the address of the device, which stands in no log.
      const kind = error instanceof Error ? error.name : 'Error'
      log.warn({ code: 'PUSH_UNREACHED', kind }, 'a push service was not reached')
      return { status: 0, retryAfter: null }
    }
  }

  #waitUntil(at: UnixMs, state: Wish): Promise<void> {
    const { clock } = this.#options
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined
      const end = () => {
        cancel()
        this.#waiting.delete(stop)
        resolve()
      }
      const stop = () => {
        state.isWanted = false
        end()
      }
      state.stopWaiting = end
      this.#waiting.add(stop)
      cancel = clock.at(at, end)
      // Cancelled while the last attempt was under way.
      if (!state.isWanted) end()
    })
  }
}

/** What fetch counts for itself must not be said twice. */
function toHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => name !== 'Content-Length')
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]))
}

/** Seconds, or an instant (RFC 9110 § 10.2.3). */
function readRetryAfter(text: string | null, now: UnixMs): DurationMs {
  if (text === null) return 0
  const seconds = Number(text)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000)
  const at = Date.parse(text)
  return Number.isNaN(at) ? 0 : Math.max(0, at - now)
}
