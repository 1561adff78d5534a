import { createECDH, createHmac } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import {
  NaervaerError,
  type CallId,
  type DeviceId,
  type DurationMs,
  type NewsId,
  type PersonId,
  type ReminderId,
} from '@naervaer/shared'
import {
  DEFAULT_PUSH_LEVEL,
  type NoticeAnswer,
  type NoticeState,
  type PushReply,
  type PushWish,
  type ReminderEnd,
} from '@naervaer/shared/push'
import type { Session } from '../accounts/session.ts'
import { hashToken } from '../accounts/tokens.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import { isAllowedEndpoint, type PushConfig } from '../push-config.ts'
import type { KnownDevices } from './known-devices.ts'
import type { PushRepository } from './repository.ts'
import type { Reminding, ReminderNotices, Telling } from './reminder-notices.ts'
import type { RingEnd, RingNotice, RingNotices } from './ring-notices.ts'
import type { Delivery } from './sender.ts'
import type { Vendor } from './vendor.ts'

/** A notice that comes late may still ask how its call stands. */
export const NOTICE_KEPT_MS: DurationMs = 48 * 3_600_000

const TRIAL_MS: DurationMs = 60_000

/** A trial or a reminder has been shown. */
export interface TrialReceipt {
  readonly deviceId: DeviceId
}

/** Something has come of a reminder's notice on one device. */
export interface ReminderNews {
  readonly reminderId: ReminderId
  readonly deviceId: DeviceId
}

/** The room that knows of what reminders are. */
export interface ReminderTaker {
  /** A device shows it. */
  arrived(news: ReminderNews): Promise<void>
  /** The citizen has answered on the notice itself. */
  answered(news: ReminderNews, answer: NoticeAnswer): Promise<void>
}

/** What has become of the notices of a call, as the call's machine takes it. */
export interface NoticeNews {
  readonly callId: CallId
  readonly type: 'noticeSent' | 'noticeArrived' | 'noticeFailed'
}

export interface PushOptions {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly config: PushConfig
  /** A device of which nothing has been heard for this long is notified no more. */
  readonly silentMs: DurationMs
  readonly audit: Audit
  readonly repository: PushRepository
  readonly known: KnownDevices
  /** Asked each time: it may be changed while the server runs. */
  readonly publicKey: () => string
  readonly notices: RingNotices
  readonly reminders: ReminderNotices
  /** For what stands in an index without being readable. */
  readonly indexKey: Buffer
}

/** Citizens' devices are told of rings while their app is closed, and say what became of it. */
export class Push {
  readonly #options: PushOptions
  readonly #trialListeners: ((receipt: TrialReceipt) => void)[] = []
  readonly #reminderListeners: ((receipt: TrialReceipt) => void)[] = []
  readonly #deliveryListeners: ((vendor: Vendor, delivery: Delivery) => void)[] = []
  #reminderTaker: ReminderTaker | null = null
  #findCallState: (callId: CallId) => Promise<NoticeState> = () => Promise.resolve('over')

  constructor(options: PushOptions) {
    this.#options = options
  }

  /** Whether any device of the citizen can be told. */
  canNotify(citizenId: PersonId): boolean {
    return this.#options.config.isEnabled && this.#options.known.has(citizenId)
  }

  /** Tells all devices of a citizen at once that somebody rings. What comes of it is told as news. */
  ring(ring: RingNotice): void {
    this.#options.notices.ring(ring)
  }

  /** Nothing rings any more: what says so is replaced, or taken back before it was shown. */
  end(end: RingEnd): void {
    this.#options.notices.end(end)
  }

  /** Calls say so when a notice asks: push knows nothing of calls. */
  askCallsBy(find: (callId: CallId) => Promise<NoticeState>): void {
    this.#findCallState = find
  }

  /** Reminds a citizen on all devices. @returns whether a push service has taken it, for any of them */
  async remind(reminding: Reminding): Promise<boolean> {
    const { config, reminders } = this.#options
    return config.isEnabled && (await reminders.send(reminding))
  }

  /** Tells all devices of a citizen what has become of an appointment. @returns as `remind` does */
  async tellChange(telling: Telling): Promise<boolean> {
    const { config, reminders } = this.#options
    return config.isEnabled && (await reminders.tell(telling))
  }

  /** A reminder is not wanted now: what is under way is not tried again. */
  stopReminder(id: ReminderId | NewsId): void {
    this.#options.reminders.stop(id)
  }

  /** A reminder says no longer what is so. */
  endReminder(id: ReminderId, end: ReminderEnd, except?: readonly DeviceId[]): Promise<void> {
    return this.#options.reminders.end(id, end, except)
  }

  /** Reminders are told what comes of theirs: push knows nothing of appointments. */
  tellReminders(taker: ReminderTaker): void {
    this.#reminderTaker = taker
  }

  /**
   * What the citizen says on the notice of a reminder, which its token opens.
   *
   * @throws NaervaerError NOTICE_UNKNOWN, and what comes of the answer
   */
  async answer(token: string, answer: NoticeAnswer): Promise<void> {
    const notice = await this.#options.repository.findNotice(hashToken(token))
    const reminderId = notice?.reminder_id ?? null
    if (notice === null || reminderId === null) throw new NaervaerError('NOTICE_UNKNOWN')
    await this.#reminderTaker?.answered({ reminderId, deviceId: notice.device_id }, answer)
  }

  /** Told of each message to each device when it is done with. */
  onDelivery(listener: (vendor: Vendor, delivery: Delivery) => void): void {
    this.#deliveryListeners.push(listener)
  }

  noteDelivery(vendor: Vendor, delivery: Delivery): void {
    for (const listener of this.#deliveryListeners) listener(vendor, delivery)
  }

  onNews(listener: (news: NoticeNews) => void): void {
    this.#options.notices.onNews(listener)
  }

  /**
   * A device whose address was made for a former key is not told of anything until it has another.
   *
   * @throws NaervaerError PUSH_DEVICE_MISSING unless it is a paired device that asks
   */
  async describe(session: Session): Promise<PushReply> {
    const { config, repository } = this.#options
    const publicKey = this.#options.publicKey()
    if (!config.isEnabled) return { publicKey: null, own: null }
    const own = await repository.find(requireDevice(session))
    if (own === null) return { publicKey, own: null }
    const { level, language, provenAt, isLost } = own
    return {
      publicKey,
      own: { level, language, provenAt, ...(isLost ? { isLost: true as const } : {}) },
    }
  }

  /**
   * This device is told from now on. Said again at each start, because browsers change the address.
   *
   * @throws NaervaerError PUSH_OFF, PUSH_DEVICE_MISSING, PUSH_ENDPOINT_REFUSED
   */
  async subscribe(session: Session, { subscription, level, language }: PushWish): Promise<void> {
    const { clock, config, repository, known } = this.#options
    if (!config.isEnabled) throw new NaervaerError('PUSH_OFF')
    const deviceId = requireDevice(session)
    const isAllowed = isAllowedEndpoint(config.hosts, subscription.endpoint)
    if (!isAllowed || !isPoint(subscription.p256dh)) {
      throw new NaervaerError('PUSH_ENDPOINT_REFUSED')
    }
    const before = await repository.find(deviceId)
    const wish = {
      deviceId,
      language,
      level: level ?? before?.level ?? DEFAULT_PUSH_LEVEL,
      target: subscription,
    }
    const endpointHash = this.#hashEndpoint(subscription.endpoint)
    const removed = await repository.save(wish, endpointHash, clock.now(), (within) =>
      this.#record('notices.turnedOn', session, within),
    )
    for (const id of removed) known.remove(id)
    const now = await repository.find(deviceId)
    if (now !== null && !now.isLost) known.set({ ...now, personId: session.person.id })
  }

  /** This device is not told any more. */
  async unsubscribe(session: Session): Promise<void> {
    const { repository, known } = this.#options
    known.remove(session.deviceId)
    await repository.remove(session.deviceId, (within) =>
      this.#record('notices.turnedOff', session, within),
    )
  }

  /** The device is disconnected, or nobody is signed in there any more. */
  async forgetDevice(deviceId: DeviceId): Promise<void> {
    const { repository, known } = this.#options
    known.remove(deviceId)
    await repository.remove(deviceId)
  }

  /**
   * Shows the citizen what a notice looks like, and proves that one arrives.
   *
   * @param name - who would call
   * @returns whether the push service has taken it
   * @throws NaervaerError PUSH_OFF, PUSH_DEVICE_MISSING, PUSH_NOT_ON
   */
  async sendTrial(session: Session, name: string): Promise<boolean> {
    if (!this.#options.config.isEnabled) throw new NaervaerError('PUSH_OFF')
    const isSent = await this.sendTrialTo(requireDevice(session), name)
    if (isSent === null) throw new NaervaerError('PUSH_NOT_ON')
    return isSent
  }

  /** The same to any device. @returns null where it is not notified, or nobody is */
  async sendTrialTo(deviceId: DeviceId, name: string): Promise<boolean | null> {
    const { clock, config, repository, notices } = this.#options
    const own = config.isEnabled ? await repository.find(deviceId) : null
    if (own === null || own.isLost) return null
    return notices.sendTrial(own, { name, until: clock.now() + TRIAL_MS })
  }

  onTrialReceipt(listener: (receipt: TrialReceipt) => void): void {
    this.#trialListeners.push(listener)
  }

  /** A device shows a reminder, which nobody had to ask for. */
  onReminderReceipt(listener: (receipt: TrialReceipt) => void): void {
    this.#reminderListeners.push(listener)
  }

  /**
   * How the call stands that a notice is about; asked by its device before it says that it rings.
   *
   * @throws NaervaerError NOTICE_UNKNOWN
   */
  async getState(token: string): Promise<NoticeState> {
    const notice = await this.#options.repository.findNotice(hashToken(token))
    if (notice === null) throw new NaervaerError('NOTICE_UNKNOWN')
    return notice.call_id === null ? 'over' : this.#findCallState(notice.call_id)
  }

  /**
   * A device shows a notice; taken once.
   *
   * @throws NaervaerError NOTICE_UNKNOWN
   */
  async takeReceipt(token: string): Promise<void> {
    const { clock, repository, known, notices } = this.#options
    const now = clock.now()
    const notice = await repository.takeReceipt(hashToken(token), now)
    if (notice === null) throw new NaervaerError('NOTICE_UNKNOWN')
    known.prove(notice.device_id, now)
    const { call_id: callId, reminder_id: reminderId, device_id: deviceId } = notice
    const isUnasked = reminderId !== null || notice.news_id !== null
    if (callId !== null) notices.tell({ callId, type: 'noticeArrived' })
    if (isUnasked) for (const listener of this.#reminderListeners) listener({ deviceId })
    if (reminderId !== null) await this.#reminderTaker?.arrived({ reminderId, deviceId })
    if (callId === null && !isUnasked)
      for (const listener of this.#trialListeners) listener({ deviceId })
  }

  /** Forgets what is old: devices that have been silent, and notices nobody asks for any more. */
  async sweep(): Promise<void> {
    const { clock, repository, known, silentMs } = this.#options
    const now = clock.now()
    for (const id of await repository.removeSilent(now - silentMs)) known.remove(id)
    await repository.removeOldNotices(now - NOTICE_KEPT_MS)
    known.tellAll()
  }

  /** What the citizen does is a line; a new address of the same device is none. */
  #record(
    action: 'notices.turnedOn' | 'notices.turnedOff',
    { person, deviceId }: Session,
    within: Database,
  ): Promise<void> {
    const actor = { kind: 'person', id: person.id, role: 'citizen' } as const
    const event = { action, actor, subjectId: person.id, details: { deviceId } }
    return this.#options.audit.record(event, within)
  }

  #hashEndpoint(endpoint: string): string {
    return createHmac('sha256', this.#options.indexKey).update(endpoint).digest('base64url')
  }
}

/** A key of its own proves the device: a browser that is merely signed in has none. */
function requireDevice({ method, deviceId }: Session): DeviceId {
  if (method !== 'device') throw new NaervaerError('PUSH_DEVICE_MISSING')
  return deviceId
}

/** Whether it is on the curve at all: what is not would fail with every notice. */
function isPoint(p256dh: string): boolean {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  try {
    ecdh.computeSecret(Buffer.from(p256dh, 'base64url'))
    return true
  } catch {
    return false
  }
}
