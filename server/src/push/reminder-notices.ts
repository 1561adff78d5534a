import type { FastifyBaseLogger } from 'fastify'
import type { DeviceId, DurationMs, PersonId, ReminderId, UnixMs } from '@naervaer/shared'
import type { ReminderEnd } from '@naervaer/shared/push'
import type { Clock } from '../plugins/clock.ts'
import { makeReminderEndText, makeReminderText, type ReminderWish } from './make-text.ts'
import { makeTag, type NoticeOf, type NoticePost } from './notice-post.ts'
import type { PushRepository } from './repository.ts'
import type { Sending } from './sender.ts'

/** What has changed is news for this long. */
const CHANGED_MS: DurationMs = 24 * 3_600_000
/** What is only taken away need not come later. */
const ANSWERED_MS: DurationMs = 3_600_000
/** How long the end of a reminder is tried. */
const END_RETRY_MS: DurationMs = 10 * 60_000

/** A citizen is reminded of an appointment. */
export interface Reminding extends Omit<ReminderWish, 'tag' | 'token' | 'origin'> {
  readonly reminderId: ReminderId
  readonly citizenId: PersonId
}

export interface ReminderNoticesOptions {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly origin: string
  readonly repository: PushRepository
  readonly post: NoticePost
}

/**
 * The notices of reminders. One that was under way when the server went away is sent again to whom no push service
 * is known to have taken it, with the same topic and tag: where it had come after all it takes its own place.
 */
export class ReminderNotices {
  readonly #options: ReminderNoticesOptions
  readonly #sendings = new Map<ReminderId, Sending[]>()

  constructor(options: ReminderNoticesOptions) {
    this.#options = options
  }

  /** @returns whether a push service has taken it, for any device */
  async send(reminding: Reminding): Promise<boolean> {
    const { post, repository } = this.#options
    const { reminderId, citizenId } = reminding
    const before = await repository.loadNoticesOf(reminderId)
    const tag = before[0]?.tag ?? makeTag()
    const taken = before.filter(({ state }) => state === 'sent').map(({ device_id }) => device_id)
    const subscriptions = await repository.loadOf(citizenId)
    const notices = subscriptions
      .filter(({ deviceId }) => !taken.includes(deviceId))
      .map((each) => post.make(each))
    if (notices.length > 0) {
      await repository.addNotices(notices.map((each) => post.toRow(each, { reminderId }, tag)))
    }
    const sendings = notices.map((notice) => ({
      notice,
      sending: this.#send(notice, { ...reminding, tag }),
    }))
    this.#sendings.set(
      reminderId,
      sendings.map(({ sending }) => sending),
    )
    const deliveries = await Promise.all(
      sendings.map(({ notice, sending }) => post.settle(notice, sending)),
    )
    this.#sendings.delete(reminderId)
    return taken.length > 0 || deliveries.includes('accepted')
  }

  /** What no push service has taken yet is not tried again; what has come stays, since it is still so. */
  stop(reminderId: ReminderId): void {
    for (const sending of this.#sendings.get(reminderId) ?? []) sending.cancel()
  }

  /** It says no longer what is so: what is under way is stopped, and what has come is replaced. */
  async end(
    reminderId: ReminderId,
    end: ReminderEnd,
    except: readonly DeviceId[] = [],
  ): Promise<void> {
    this.stop(reminderId)
    const sendings = this.#sendings.get(reminderId) ?? []
    // The reminder must not overtake its end with the push service, which would keep the reminder.
    await Promise.all(sendings.map(({ done }) => done))
    const rows = await this.#options.repository.loadNoticesOf(reminderId)
    const lastOfEach = new Map(rows.map((row) => [row.device_id, row]))
    await Promise.all(
      [...lastOfEach.values()]
        .filter(({ state, device_id }) => state !== 'failed' && !except.includes(device_id))
        .map(({ device_id, tag }) => this.#replace(device_id, tag, end)),
    )
  }

  async #replace(deviceId: DeviceId, tag: string, end: ReminderEnd): Promise<void> {
    const { clock, post, repository, origin } = this.#options
    const subscription = await repository.find(deviceId)
    if (subscription === null) return
    const now = clock.now()
    const until: UnixMs = now + (end === 'changed' ? CHANGED_MS : ANSWERED_MS)
    // Nothing is asked by this one: its token opens nothing.
    const notice = post.make(subscription)
    const wish = { end, tag, until, token: notice.token, origin }
    const text = makeReminderEndText(subscription, wish)
    const sending = post.send(notice, { text, topic: tag, until, retryUntil: now + END_RETRY_MS })
    if ((await sending.done) === 'gone') await post.forget(subscription)
  }

  #send(notice: NoticeOf, wish: Omit<ReminderWish, 'token' | 'origin'>): Sending {
    const { post, origin } = this.#options
    const { token, subscription } = notice
    const { tag: topic, until } = wish
    const text = makeReminderText(subscription, { ...wish, token, origin })
    return post.send(notice, { text, topic, until, retryUntil: until })
  }
}
