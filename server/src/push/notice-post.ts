import { randomBytes } from 'node:crypto'
import type { CallId, NewsId, ReminderId } from '@naervaer/shared'
import { hashToken, makeToken } from '../accounts/tokens.ts'
import type { PushNoticeRow } from '../database/push-rows.ts'
import { newId } from '../new-id.ts'
import type { Clock } from '../plugins/clock.ts'
import type { PushRepository, Subscription } from './repository.ts'
import type { Delivery, Parcel, Sender, Sending } from './sender.ts'

export interface NoticePostOptions {
  readonly clock: Clock
  readonly repository: PushRepository
  readonly sender: Pick<Sender, 'send'>
  /** There is no such device any more: it is notified no more. */
  readonly onGone: (subscription: Subscription) => Promise<void>
}

/** One notice for one device. */
export interface NoticeOf {
  readonly id: string
  readonly token: string
  readonly subscription: Subscription
}

/** What a notice is about; a trial is about nothing. */
export interface NoticeAbout {
  readonly callId?: CallId
  readonly reminderId?: ReminderId
  readonly newsId?: NewsId
}

/** Notices on their way: each has a row before it is sent, and what became of it stands there after. */
export class NoticePost {
  readonly #options: NoticePostOptions

  constructor(options: NoticePostOptions) {
    this.#options = options
  }

  make(subscription: Subscription): NoticeOf {
    return { id: newId<string>(), token: makeToken(), subscription }
  }

  send({ subscription }: NoticeOf, parcel: Omit<Parcel, 'target'>): Sending {
    return this.#options.sender.send({ ...parcel, target: subscription.target })
  }

  /** Writes down what became of it. A device that is gone is notified no more. */
  async settle({ id, subscription }: NoticeOf, { done }: Sending): Promise<Delivery> {
    const delivery = await done
    // Of one that was late nobody knows whether it has come all the same.
    if (delivery !== 'late') {
      await this.#options.repository.saveNotice(id, delivery === 'accepted' ? 'sent' : 'failed')
    }
    if (delivery === 'gone') await this.forget(subscription)
    return delivery
  }

  forget(subscription: Subscription): Promise<void> {
    return this.#options.onGone(subscription)
  }

  toRow({ id, token, subscription }: NoticeOf, about: NoticeAbout, tag: string): PushNoticeRow {
    return {
      id,
      call_id: about.callId ?? null,
      reminder_id: about.reminderId ?? null,
      news_id: about.newsId ?? null,
      device_id: subscription.deviceId,
      token_hash: hashToken(token),
      tag,
      state: 'sending',
      created_at: this.#options.clock.now(),
      arrived_at: null,
    }
  }
}

/** The same for all notices of a call or a reminder; random, so that it tells a push service nothing. */
export function makeTag(): string {
  return randomBytes(24).toString('base64url')
}
