import {
  CLOSE_CODES,
  findSideOfConnection,
  getSeat,
  mayBeRung,
  NaervaerError,
  transition,
  type Call,
  type CallEvent,
  type CallId,
  type CallView,
  type ConnectionId,
  type DeviceId,
  type LegQuality,
  type Person,
  type PersonId,
  type Side,
  type SignalMessage,
  type UnixMs,
  type Window,
} from '@naervaer/shared'
import type { NoticeState } from '@naervaer/shared/push'
import type { FastifyBaseLogger } from 'fastify'
import type { Accounts } from '../accounts/service.ts'
import type { Audit } from '../audit/audit.ts'
import type { Choices } from '../choice/service.ts'
import type { Clock } from '../plugins/clock.ts'
import type { Connection } from '../presence/connection.ts'
import type { MaintenanceDesk } from '../maintenance/plugin.ts'
import type { PresenceHub } from '../presence/hub.ts'
import type { Protections } from '../protection/service.ts'
import type { NoticeNews, Push } from '../push/service.ts'
import type { QuietTimes } from '../quiet/service.ts'
import type { Turn } from '../turn/plugin.ts'
import { CallNotices, describeForNotice } from './call-notices.ts'
import { Deadlines } from './deadlines.ts'
import { GoingBack } from './going-back.ts'
import type { LiveCall } from './live-call.ts'
import { LiveCallFactory } from './live-call-factory.ts'
import { LiveCalls } from './live-calls.ts'
import { noteLeg } from './note-leg.ts'
import { performEffects, type EffectTools } from './perform-effects.ts'
import type { PastCallsRepository } from './past-calls-repository.ts'
import type { CallsRepository } from './repository.ts'
import { Rings, type RingWish } from './rings.ts'
import { challengeSeat, findFormer } from './seats.ts'
import { Signals, type IceConfig } from './signals.ts'
import { toWindow } from './to-window.ts'
import { getSideOfPerson, makeCallView } from './view.ts'
import { Waitings, type Waiting } from './waitings.ts'

export interface CallsOptions {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly maintenance: MaintenanceDesk
  readonly repository: CallsRepository
  readonly past: PastCallsRepository
  readonly accounts: Accounts
  readonly audit: Pick<Audit, 'record'>
  readonly choice: Choices
  readonly presence: PresenceHub
  readonly protection: Protections
  readonly push: Push
  readonly quiet: QuietTimes
  readonly turn: Turn
}

/** Whose talk it is, and since when. */
export type Talk = Pick<
  Extract<Call, { connectedAt: UnixMs }>,
  'workerId' | 'citizenId' | 'connectedAt'
>

/** Whether a citizen has asked to be rung, by anybody or by this worker. */
type HasAsked = (citizenId: PersonId, workerId: PersonId) => Promise<boolean>

/** Makes an event of what somebody on `side`, in the window `from`, wants. */
export type MakeEvent = (side: Side, from: Window) => CallEvent

const SIDES: readonly Side[] = ['citizen', 'worker']

/** Above every revision that a client may have seen and that was not stored before the restart. */
const RESTART_REVISIONS = 10_000

/** The calls: decides who may do what, and keeps machine, row, timers and news in step. */
export class Calls {
  readonly #options: CallsOptions
  readonly #live = new LiveCalls()
  readonly #factory: LiveCallFactory
  readonly #tools: EffectTools
  readonly #goingBack: GoingBack
  readonly #rings: Rings
  readonly #signals: Signals
  readonly #notices: CallNotices
  readonly #deadlines: Deadlines
  readonly #steppedListeners: ((call: Call) => void)[] = []
  readonly #waitings = new Waitings()
  #hasAsked: HasAsked = () => Promise.resolve(false)

  constructor(options: CallsOptions) {
    this.#options = options
    const { repository, presence, log } = options
    this.#factory = new LiveCallFactory(options.accounts, options.turn)
    this.#tools = { repository, presence, log, onStepped: (live) => this.#afterStep(live) }
    this.#notices = new CallNotices(options.push)
    this.#deadlines = new Deadlines(options, (live) => this.#step(live, { type: 'tick' }))
    this.#goingBack = new GoingBack(options)
    this.#rings = new Rings(options, {
      live: this.#live,
      goingBack: this.#goingBack,
      tools: this.#tools,
      factory: this.#factory,
      step: (live, event) => this.#step(live, event),
      loseConnection: (connection) => this.#loseConnection(connection),
      hasAsked: (citizenId, workerId) => this.#hasAsked(citizenId, workerId),
      stopRing: (workerId, citizenId) => this.stopRing(workerId, citizenId),
      protect: (live) => {
        this.#signals.protect(live)
      },
    })
    this.#signals = new Signals(options, {
      live: this.#live,
      loadEnded: (id) => this.#loadEnded(id),
    })
    options.push.onNews((news) => this.#takeNotice(news))
    options.push.askCallsBy((id) => this.#findNoticeState(id))
    presence.onClosed((connection) => this.#loseConnection(connection))
    options.choice.onChanged((citizenId, { state }) => {
      if (!mayBeRung(state)) this.#rings.stopRinging(citizenId)
    })
    options.protection.onSet((citizenId) => {
      this.#signals.protect(this.#live.findOf(citizenId))
    })
  }

  /** A worker rings a citizen; see `Rings`. */
  invite(sender: Connection, wish: RingWish): Promise<CallView> {
    return this.#rings.invite(sender, wish)
  }

  /** Said by `home`: who has asked to be rung. */
  useWishes(hasAsked: HasAsked): void {
    this.#hasAsked = hasAsked
  }

  /** Asked to write and tell when a citizen would rather wait for this worker than talk with a substitute. */
  onAwaited(waiting: Waiting): void {
    this.#waitings.add(waiting)
  }

  /** Told of every step of every call that has rung or rings, once it is written. */
  onStepped(listener: (call: Call) => void): void {
    this.#steppedListeners.push(listener)
  }

  /**
   * Applies what a person of the call wants or reports.
   *
   * @param serves - the sides that may do it
   * @returns the call as it now is
   * @throws NaervaerError CALL_NOT_FOUND for everybody else, ROLE_REFUSED for the wrong side, and
   *   whatever the machine answers
   */
  async apply(
    sender: Connection,
    id: CallId,
    make: MakeEvent,
    serves: readonly Side[] = SIDES,
  ): Promise<CallView> {
    const live = this.#live.find(id) ?? (await this.#loadEnded(id))
    const side = this.#getSide(live, sender)
    if (!serves.includes(side)) throw new NaervaerError('ROLE_REFUSED')
    await this.#step(live, make(side, toWindow(sender)))
    return makeCallView(live, side, sender)
  }

  /**
   * The citizen does not want to talk now; or would rather wait for their own worker, where a substitute rings.
   *
   * @throws what `apply` throws
   */
  async decline(sender: Connection, id: CallId, isAwaiting: boolean): Promise<CallView> {
    const live = this.#live.find(id) ?? (await this.#loadEnded(id))
    if (this.#getSide(live, sender) !== 'citizen') throw new NaervaerError('ROLE_REFUSED')
    const own = isAwaiting ? live.insteadOf : null
    await this.#step(live, { type: 'decline', from: toWindow(sender) }, own)
    if (live.isAwaited) this.#waitings.tell(live.call.citizenId)
    return makeCallView(live, 'citizen', sender)
  }

  /**
   * A window takes its seat again, also from its own `former` connection, which is closed then. Where
   * another connection of the same device has it, that one may be dead too: it must show that it is not.
   *
   * @throws NaervaerError CALL_SEAT_TAKEN, and what `apply` throws
   */
  async attach(sender: Connection, id: CallId, former: ConnectionId | null): Promise<CallView> {
    const own = findFormer(this.#options.presence, sender, former)
    try {
      const view = await this.apply(sender, id, (side, from) => ({
        type: 'attach',
        side,
        from,
        former: own?.id ?? null,
      }))
      own?.close(CLOSE_CODES.HEARTBEAT_LOST)
      return view
    } catch (error) {
      const isTaken = error instanceof NaervaerError && error.code === 'CALL_SEAT_TAKEN'
      const live = this.#live.find(id)
      if (isTaken && live !== undefined) {
        challengeSeat(this.#options.presence, sender, live, this.#getSide(live, sender))
      }
      throw error
    }
  }

  /**
   * A citizen who has hung up wants to go back, or no longer does. The worker is told, and rings, or
   * says that it cannot be now; wishing is for the citizen.
   *
   * @throws NaervaerError CALL_NOT_FOUND, ROLE_REFUSED, NOT_ASSIGNED, CALL_NOT_RESUMABLE,
   *   CALL_WORKER_AWAY
   */
  async goBack(sender: Connection, id: CallId, isWanted: boolean): Promise<CallView> {
    const live = this.#live.find(id) ?? (await this.#loadEnded(id))
    const side = this.#getSide(live, sender)
    if (side === 'worker') {
      if (isWanted) throw new NaervaerError('ROLE_REFUSED')
      this.#goingBack.putOff(live)
    } else if (isWanted) {
      await this.#rings.checkAssigned(live.call.workerId, live.call.citizenId)
      this.#goingBack.ask(live)
    } else this.#goingBack.withdraw(live)
    return makeCallView(live, side, sender)
  }

  /** Whoever connects is told who wants to go back to them; after the snapshot. */
  tellWishes(connection: Connection): void {
    this.#goingBack.tell(connection)
  }

  /**
   * Passes a signal on; see `Signals`.
   *
   * @throws NaervaerError CALL_NOT_FOUND for strangers, and what `relay` throws
   */
  relay(sender: Connection, message: SignalMessage, frame: Buffer): void | Promise<void> {
    return this.#signals.pass(sender, message, frame)
  }

  /**
   * ICE servers and policy for the two that exchange signals; see `Signals`.
   *
   * @throws NaervaerError CALL_NOT_FOUND, CALL_ENDED, CALL_NOT_ANSWERED, CALL_NOT_A_PARTY
   */
  getIceConfig(sender: Connection, id: CallId): Promise<IceConfig> {
    return this.#signals.getIceConfig(sender, id)
  }

  /**
   * Keeps what a side says of a leg; see `noteLeg`.
   *
   * @throws NaervaerError CALL_NOT_FOUND for strangers, CALL_NOT_A_PARTY
   */
  async noteLeg(
    sender: Connection,
    id: CallId,
    report: { readonly generation: number; readonly quality: LegQuality },
  ): Promise<CallView> {
    const { clock, repository } = this.#options
    const live = this.#live.find(id) ?? (await this.#loadEnded(id))
    const side = this.#getSide(live, sender)
    await noteLeg(repository, live.call, { ...report, side }, sender, clock.now())
    return makeCallView(live, side, sender)
  }

  /** The person's live call for the snapshot, as this connection sees it. */
  findCallView(connection: Connection): CallView | null {
    const live = this.#live.findOf(connection.personId)
    return live === undefined
      ? null
      : makeCallView(live, this.#getSide(live, connection), connection)
  }

  /** The talk that a person has now, from its first picture or sound. */
  findTalk(personId: PersonId): Talk | null {
    const call = this.#live.findOf(personId)?.call
    return call?.state === 'connected' || call?.state === 'reconnecting' ? call : null
  }

  hasSeat(connection: Connection): boolean {
    const live = this.#live.findOf(connection.personId)
    return live !== undefined && findSideOfConnection(live.call, connection.id) !== null
  }

  /** Ends the call in which a device has a seat, if there is one: the device may not be used any more. */
  async revokeDevice(deviceId: DeviceId): Promise<void> {
    for (const live of this.#live) {
      const seats = [getSeat(live.call, 'worker'), getSeat(live.call, 'citizen')]
      if (!seats.some((seat) => seat?.deviceId === deviceId)) continue
      await this.#step(live, { type: 'revoked', deviceId })
    }
  }

  /** Whether no call is going on. */
  get isIdle(): boolean {
    return this.#live.isEmpty
  }

  /** The calls that are going on. */
  listLive(): LiveCall[] {
    return [...this.#live]
  }

  /** Applies what neither party has done. */
  happen(live: LiveCall, event: CallEvent): Promise<void> {
    return this.#step(live, event)
  }

  /** The worker is no longer the citizen's: what rings between the two stops, a talk goes on. */
  async stopRing(workerId: PersonId, citizenId: PersonId): Promise<void> {
    const live = this.#live.findOf(workerId)
    if (live?.call.citizenId === citizenId) await this.#step(live, { type: 'unassigned' })
  }

  /** Takes up the calls that were going on when the server went away. */
  async restore(): Promise<void> {
    const { clock, repository } = this.#options
    for (const stored of await repository.loadLive()) {
      const live = await this.#factory.makeFromRow(stored)
      if (await this.#options.protection.isProtected(stored.call.citizenId)) live.protect()
      live.call = { ...live.call, revision: live.call.revision + RESTART_REVISIONS }
      this.#live.add(live)
      await performEffects(
        live,
        transition(live.call, { type: 'restored' }, clock.now()),
        clock.now(),
        this.#tools,
      )
    }
  }

  /** Lets go of all timers. The calls go on in their rows. */
  stop(): void {
    for (const live of this.#live) live.cancelTimer()
  }

  /** @param own - for whom the citizen would rather wait, should it ring until now */
  #step(live: LiveCall, event: CallEvent, own: Person | null = null): Promise<void> {
    return live.inTurn(() => {
      const now = this.#options.clock.now()
      const isRinging = live.call.state === 'inviting' || live.call.state === 'ringing'
      const step = transition(live.call, event, now)
      const isAwaited = own !== null && isRinging && step.call.state === 'ended'
      const tools = isAwaited ? this.#waitings.makeTools(this.#tools, live, own.id) : this.#tools
      return performEffects(live, step, now, tools)
    })
  }

  /** Keeps the list of live calls, who is busy, and the call's one timer in step with the call. */
  #afterStep(live: LiveCall): void {
    const { presence } = this.#options
    this.#notices.follow(live)
    live.cancelTimer()
    const isKnown = this.#live.find(live.call.id) === live
    if (live.call.state === 'ended') {
      if (!isKnown) return
      this.#live.remove(live)
      presence.setBusy(live.call.citizenId, false)
      this.#tellStepped(live)
      return
    }
    if (!isKnown) this.#live.add(live)
    presence.setBusy(live.call.citizenId, true)
    this.#tellStepped(live)
    if (live.call.state === 'connected') this.#tellBegun(live)
    this.#deadlines.arm(live)
  }

  #tellStepped({ call }: LiveCall): void {
    for (const listener of this.#steppedListeners) listener(call)
  }

  /** The citizen's yes has become a conversation; said once for each call. */
  #tellBegun(live: LiveCall): void {
    if (live.isToldBegun) return
    live.isToldBegun = true
    this.#options.choice.begin(live.call.citizenId).catch((error: unknown) => {
      live.isToldBegun = false
      this.#options.log.error({ err: error, callId: live.call.id }, 'beginning not recorded')
    })
  }

  /** A call that is over takes no news, and what was missed by a restart is nobody's loss. */
  #takeNotice({ callId, type }: NoticeNews): void {
    const live = this.#live.find(callId)
    if (live === undefined) return
    const isAlone = this.#options.presence.listConnections(live.call.citizenId).length === 0
    const event: CallEvent = type === 'noticeFailed' ? { type, isAlone } : { type }
    this.#step(live, event).catch((error: unknown) => {
      this.#options.log.error({ err: error, callId }, 'news of notices not taken in')
    })
  }

  async #findNoticeState(id: CallId): Promise<NoticeState> {
    const live = this.#live.find(id) ?? (await this.#loadEnded(id))
    return describeForNotice(live.call)
  }

  #loseConnection(connection: Connection): void {
    const live = this.#live.findOf(connection.personId)
    if (live === undefined) return
    const event: CallEvent = { type: 'connectionLost', connectionId: connection.id }
    this.#step(live, event).catch((error: unknown) => {
      this.#options.log.error({ err: error, callId: live.call.id }, 'lost connection not taken in')
    })
  }

  #getSide({ call }: LiveCall, { personId }: Connection): Side {
    return getSideOfPerson(call, personId)
  }

  async #loadEnded(id: CallId): Promise<LiveCall> {
    const stored = await this.#options.repository.find(id)
    if (stored === null) throw new NaervaerError('CALL_NOT_FOUND')
    // It may have come alive while the row was read.
    return this.#live.find(id) ?? this.#factory.makeFromRow(stored)
  }
}
