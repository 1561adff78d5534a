import type { FastifyBaseLogger } from 'fastify'
import {
  MISSED_MS,
  type CallId,
  type DeviceId,
  type DurationMs,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import type { PushNoticeRow } from '../database/push-rows.ts'
import type { Clock } from '../plugins/clock.ts'
import { makeNoticeText } from './make-text.ts'
import { makeTag, type NoticeOf, type NoticePost } from './notice-post.ts'
import type { PushRepository, Subscription } from './repository.ts'
import type { Sending } from './sender.ts'
import type { NoticeNews } from './service.ts'

/** Somebody rings. */
export interface RingNotice {
  readonly callId: CallId
  readonly citizenId: PersonId
  /** The worker's. */
  readonly name: string
  /** In whose place a substitute rings; null where nobody is stood in for. */
  readonly insteadOf: string | null
  readonly calledAt: UnixMs
  /** When the ring ends at the latest. */
  readonly until: UnixMs
}

/** Nothing rings any more. */
export interface RingEnd {
  readonly callId: CallId
  readonly name: string
  readonly insteadOf: string | null
  readonly calledAt: UnixMs
  /** Nobody took it, it was answered, or the citizen has refused it. */
  readonly kind: 'missed' | 'elsewhere' | 'over'
  /** The device on which it was answered: its own page sees to its notice. */
  readonly exceptDeviceId: DeviceId | null
}

export interface RingNoticesOptions {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly origin: string
  readonly repository: PushRepository
  readonly post: NoticePost
}

/** What is only taken away need not come a day late. */
const TAKEN_MS: DurationMs = 3_600_000
/** How long the end of a ring is tried. */
const END_RETRY_MS: DurationMs = 10 * 60_000

interface Rung {
  isOver: boolean
  readonly sendings: Map<DeviceId, Sending>
}

/** The notices of rings, from the first to what replaces them. Every step is written down before it is sent. */
export class RingNotices {
  readonly #options: RingNoticesOptions
  readonly #rung = new Map<CallId, Rung>()
  readonly #listeners: ((news: NoticeNews) => void)[] = []

  constructor(options: RingNoticesOptions) {
    this.#options = options
  }

  onNews(listener: (news: NoticeNews) => void): void {
    this.#listeners.push(listener)
  }

  tell(news: NoticeNews): void {
    for (const listener of this.#listeners) listener(news)
  }

  ring(ring: RingNotice): void {
    const { callId } = ring
    const rung: Rung = { isOver: false, sendings: new Map() }
    this.#rung.set(callId, rung)
    this.#ring(ring, rung).catch((error: unknown) => {
      this.#options.log.error({ err: error, callId }, 'devices not notified')
      this.tell({ callId, type: 'noticeFailed' })
    })
  }

  end(end: RingEnd): void {
    const { callId } = end
    const rung = this.#rung.get(callId)
    this.#rung.delete(callId)
    if (rung !== undefined) rung.isOver = true
    this.#end(end, rung?.sendings ?? new Map()).catch((error: unknown) => {
      this.#options.log.error({ err: error, callId }, 'notices not replaced')
    })
  }

  /** @returns whether the push service has taken it */
  async sendTrial(own: Subscription, { name, until }: Pick<RingNotice, 'name' | 'until'>) {
    const { clock, repository } = this.#options
    const tag = makeTag()
    const notice = this.#options.post.make(own)
    await repository.addNotices([this.#options.post.toRow(notice, {}, tag)])
    const calledAt = clock.now()
    const sending = this.#send(
      notice,
      { kind: 'trial', tag, name, insteadOf: null, calledAt, until },
      until,
    )
    return (await this.#options.post.settle(notice, sending)) === 'accepted'
  }

  async #ring(ring: RingNotice, rung: Rung): Promise<void> {
    const { repository } = this.#options
    const { callId, until } = ring
    // After a restart of the server: the same notice again takes the place of the first, and rings once.
    const before = await repository.loadNotices(callId)
    const tag = before[0]?.tag ?? makeTag()
    const taken = before.filter(({ state }) => state === 'sent').map(({ device_id }) => device_id)
    if (taken.length > 0) this.tell({ callId, type: 'noticeSent' })
    const subscriptions = await repository.loadOf(ring.citizenId)
    const notices = subscriptions
      .filter(({ deviceId }) => !taken.includes(deviceId))
      .map((each) => this.#options.post.make(each))
    if (notices.length > 0) {
      await repository.addNotices(
        notices.map((each) => this.#options.post.toRow(each, { callId }, tag)),
      )
    }
    if (rung.isOver) return
    const deliveries = notices.map(async (notice) => {
      const sending = this.#send(notice, { kind: 'ring', tag, ...ring }, until)
      rung.sendings.set(notice.subscription.deviceId, sending)
      const delivery = await this.#options.post.settle(notice, sending)
      if (delivery === 'accepted') this.tell({ callId, type: 'noticeSent' })
      return delivery
    })
    const hasSent = (await Promise.all(deliveries)).includes('accepted') || taken.length > 0
    if (!hasSent) this.tell({ callId, type: 'noticeFailed' })
  }

  async #end(end: RingEnd, sendings: ReadonlyMap<DeviceId, Sending>): Promise<void> {
    for (const sending of sendings.values()) sending.cancel()
    const rows = await this.#options.repository.loadNotices(end.callId)
    const lastOfEach = new Map(rows.map((row) => [row.device_id, row]))
    await Promise.all(
      [...lastOfEach.values()].map(async (row) => {
        if (row.device_id === end.exceptDeviceId) return
        // The ring must not overtake its end with the push service, which would keep the ring.
        const delivery = (await sendings.get(row.device_id)?.done) ?? row.state
        if (delivery === 'gone' || delivery === 'refused' || delivery === 'failed') return
        await this.#replace(row, end)
      }),
    )
  }

  async #replace({ device_id, tag }: PushNoticeRow, end: RingEnd): Promise<void> {
    const { clock, repository } = this.#options
    const subscription = await repository.find(device_id)
    if (subscription === null) return
    const now = clock.now()
    const until = now + (end.kind === 'missed' ? MISSED_MS : TAKEN_MS)
    // Nothing is asked by this one: its token opens nothing.
    const notice = this.#options.post.make(subscription)
    const sending = this.#send(notice, { tag, ...end, until }, now + END_RETRY_MS)
    if ((await sending.done) === 'gone') await this.#options.post.forget(subscription)
  }

  #send(
    notice: NoticeOf,
    wish: Omit<Parameters<typeof makeNoticeText>[1], 'token' | 'origin'>,
    retryUntil: UnixMs,
  ): Sending {
    const { post, origin } = this.#options
    const { token, subscription } = notice
    const text = makeNoticeText(subscription, { ...wish, token, origin })
    return post.send(notice, { text, topic: wish.tag, until: wish.until, retryUntil })
  }
}
