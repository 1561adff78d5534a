import type { FastifyBaseLogger } from 'fastify'
import type { DeviceId, DurationMs, NewsId, PersonId, ReminderId, UnixMs } from '@naervaer/shared'
import type { ReminderEnd } from '@naervaer/shared/push'
import type { PushNoticeRow } from '../database/push-rows.ts'
import type { Clock } from '../plugins/clock.ts'
import {
  makeChangeText,
  makeReminderEndText,
  makeReminderText,
  type ChangeWish,
  type ReminderWish,
} from './make-text.ts'
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

/** A citizen is told what has become of an appointment. */
export interface Telling extends Omit<ChangeWish, 'token' | 'origin'> {
  readonly newsId: NewsId
  readonly citizenId: PersonId
  /** How long it is tried. */
  readonly retryUntil: UnixMs
}

/** What is being told to the devices of a citizen, and what of it was told before the server went away. */
interface Delivering {
  readonly about: { readonly reminderId: ReminderId } | { readonly newsId: NewsId }
  readonly before: readonly PushNoticeRow[]
  readonly citizenId: PersonId
  readonly tag: string
}

interface UnderWay {
  readonly tag: string
  readonly sendings: readonly Sending[]
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
  readonly #sendings = new Map<ReminderId | NewsId, UnderWay>()

  constructor(options: ReminderNoticesOptions) {
    this.#options = options
  }

  /** @returns whether a push service has taken it, for any device */
  async send(reminding: Reminding): Promise<boolean> {
    const { reminderId } = reminding
    const before = await this.#options.repository.loadNoticesOf(reminderId)
    const tag = before[0]?.tag ?? makeTag()
    return this.#deliver({ ...reminding, about: { reminderId }, before, tag }, (notice) =>
      this.#send(notice, { ...reminding, tag }),
    )
  }

  /** What has become of an appointment takes the place of whatever was said of it. @returns as `send` does */
  async tell(telling: Telling): Promise<boolean> {
    const { newsId } = telling
    const before = await this.#options.repository.loadNoticesOfNews(newsId)
    return this.#deliver({ ...telling, about: { newsId }, before }, (notice) =>
      this.#tell(notice, telling),
    )
  }

  /** What no push service has taken yet is not tried again; what has come stays, since it is still so. */
  stop(id: ReminderId | NewsId): void {
    for (const sending of this.#sendings.get(id)?.sendings ?? []) sending.cancel()
  }

  async #deliver(
    { about, before, citizenId, tag }: Delivering,
    send: (notice: NoticeOf) => Sending,
  ): Promise<boolean> {
    const { post, repository } = this.#options
    await this.#overtake(tag)
    const taken = before.filter(({ state }) => state === 'sent').map(({ device_id }) => device_id)
    const notices = (await repository.loadOf(citizenId))
      .filter(({ deviceId }) => !taken.includes(deviceId))
      .map((each) => post.make(each))
    if (notices.length > 0) {
      await repository.addNotices(notices.map((each) => post.toRow(each, about, tag)))
    }
    const sendings = notices.map((notice) => ({ notice, sending: send(notice) }))
    const id = 'newsId' in about ? about.newsId : about.reminderId
    this.#sendings.set(id, { tag, sendings: sendings.map(({ sending }) => sending) })
    const deliveries = await Promise.all(
      sendings.map(({ notice, sending }) => post.settle(notice, sending)),
    )
    this.#sendings.delete(id)
    return taken.length > 0 || deliveries.includes('accepted')
  }

  /** What is older must not come later: a push service would keep it, and so would the screen. */
  async #overtake(tag: string): Promise<void> {
    const older = [...this.#sendings.values()].filter((each) => each.tag === tag)
    const sendings = older.flatMap((each) => each.sendings)
    for (const sending of sendings) sending.cancel()
    await Promise.all(sendings.map(({ done }) => done))
  }

  /** It says no longer what is so: what is under way is stopped, and what has come is replaced. */
  async end(
    reminderId: ReminderId,
    end: ReminderEnd,
    except: readonly DeviceId[] = [],
  ): Promise<void> {
    this.stop(reminderId)
    const sendings = this.#sendings.get(reminderId)?.sendings ?? []
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

  #tell(notice: NoticeOf, telling: Telling): Sending {
    const { post, origin } = this.#options
    const { token, subscription } = notice
    const { tag: topic, until, retryUntil } = telling
    const text = makeChangeText(subscription, { ...telling, token, origin })
    return post.send(notice, { text, topic, until, retryUntil })
  }
}
