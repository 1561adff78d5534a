import {
  invite,
  isAnswered,
  NaervaerError,
  type Availability,
  type Call,
  type CallEvent,
  type CallId,
  type CallView,
  type ConnectionId,
  type DeviceId,
  type Person,
  type PersonId,
  type QuietReason,
  type Side,
  type Step,
  type UnixMs,
} from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import { findViolatedColumn } from '../database/unique-violation.ts'
import { newId } from '../new-id.ts'
import type { Connection } from '../presence/connection.ts'
import type { GoingBack } from './going-back.ts'
import type { LiveCall } from './live-call.ts'
import type { LiveCallFactory } from './live-call-factory.ts'
import type { LiveCalls } from './live-calls.ts'
import { checkPatience } from './patience.ts'
import { performEffects, type EffectTools } from './perform-effects.ts'
import type { CallsOptions } from './service.ts'
import { toWindow } from './to-window.ts'
import { makeCallView } from './view.ts'

/** What rings need of the calls. */
export interface RingsHost {
  readonly live: LiveCalls
  readonly goingBack: GoingBack
  readonly tools: EffectTools
  readonly factory: LiveCallFactory
  step(live: LiveCall, event: CallEvent): Promise<void>
  loseConnection(connection: Connection): void
  stopRing(workerId: PersonId, citizenId: PersonId): Promise<void>
  /** Whether the citizen has asked to be rung, by anybody or by this worker. */
  hasAsked(citizenId: PersonId, workerId: PersonId): Promise<boolean>
  /** See `Signals`. */
  protect(live: LiveCall): void
}

/** Whom a worker rings, and why in quiet hours where it is in some. */
export interface RingWish {
  readonly citizenId: PersonId
  readonly quietReason?: QuietReason
  /** What the worker says of the room they ring from. */
  readonly isAlone?: boolean
}

/** What goes into the record with a ring. */
interface RingNotes {
  /** Why it is in quiet hours; null in all others. */
  readonly overruled: QuietReason | null
  readonly isWorkerAlone: boolean
  /** In whose place a substitute rings. */
  readonly insteadOf: Person | null
}

/** The beginning of calls: who may ring whom, the row of the attempt, and what stops a ring again. */
export class Rings {
  readonly #options: CallsOptions
  readonly #host: RingsHost
  /** Workers whose ring is being written down. */
  readonly #inviting = new Set<PersonId>()

  constructor(options: CallsOptions, host: RingsHost) {
    this.#options = options
    this.#host = host
  }

  /**
   * A worker rings a citizen.
   *
   * @throws NaervaerError ROLE_REFUSED, NOT_ASSIGNED (also for people who do not exist),
   *   CHOICE_NOT_GIVEN, CHOICE_PAUSED, CHOICE_WITHDRAWN, CALL_QUIET_HOURS, CALL_JUST_ENDED,
   *   CALL_RUNG_OFTEN, CALL_RUNG_ALL_DAY, CALL_ALREADY_IN_ONE, CALL_RELAY_MISSING, CALL_MAINTENANCE
   */
  async invite(sender: Connection, wish: RingWish): Promise<CallView> {
    const { citizenId, quietReason, isAlone = false } = wish
    const { clock } = this.#options
    if (sender.role !== 'worker') throw new NaervaerError('ROLE_REFUSED')
    await this.checkAssigned(sender.personId, citizenId)
    // A ring that the server's stop may cut short is none to begin, unless the citizen waits for it.
    const isStopped = this.#options.maintenance.now !== null
    if (isStopped && !this.#host.goingBack.isWished(sender.personId, citizenId)) {
      throw new NaervaerError('CALL_MAINTENANCE')
    }
    await this.#checkChoice(citizenId)
    const overruled = await this.#checkQuiet(sender.personId, citizenId, quietReason)
    const { goingBack } = this.#host
    await goingBack.checkPeace(sender.personId, citizenId)
    // Whoever waits for the ring is not rung down by it.
    const isWished = goingBack.isWished(sender.personId, citizenId)
    const isReady = this.#options.presence.isReady(citizenId)
    if (!isWished && !isReady && !(await this.#host.hasAsked(citizenId, sender.personId))) {
      await checkPatience(this.#options.past, citizenId, clock.now())
    }
    const isInOne = this.#host.live.findOf(sender.personId) !== undefined
    if (isInOne || this.#inviting.has(sender.personId)) {
      throw new NaervaerError('CALL_ALREADY_IN_ONE')
    }
    this.#inviting.add(sender.personId)
    try {
      const insteadOf = await this.#findOwn(sender.personId, citizenId)
      const notes = { overruled, isWorkerAlone: isAlone, insteadOf }
      const live = await this.#ring(sender, citizenId, notes)
      goingBack.fulfil(sender.personId, citizenId)
      // The citizen may have said stop while the row was written; that news found no ring to end.
      if ((await this.#options.choice.mayRing(citizenId, clock.now())) !== true) {
        this.stopRinging(citizenId)
      }
      await this.#stopIfUnassigned(sender.personId, citizenId)
      // The same of the flag that was set meanwhile.
      if (await this.#options.protection.isProtected(citizenId)) this.#host.protect(live)
      return makeCallView(live, 'worker', sender)
    } finally {
      this.#inviting.delete(sender.personId)
    }
  }

  /** @throws NaervaerError NOT_ASSIGNED, also for people who do not exist */
  async checkAssigned(workerId: PersonId, citizenId: PersonId, within?: Database): Promise<void> {
    const { accounts, clock } = this.#options
    const { assignments } = accounts
    const isOwn = await assignments.isAssigned(workerId, citizenId, clock.now(), within)
    if (!isOwn) throw new NaervaerError('NOT_ASSIGNED')
  }

  /** The citizen's own worker, where this one stands in for them. */
  #findOwn(workerId: PersonId, citizenId: PersonId): Promise<Person | null> {
    const { accounts, clock } = this.#options
    return accounts.assignments.findStoodInFor(workerId, citizenId, clock.now())
  }

  /** The period may have ended between the row and the list of live calls, where its end looks. */
  async #stopIfUnassigned(workerId: PersonId, citizenId: PersonId): Promise<void> {
    const { accounts, clock } = this.#options
    const isOwn = await accounts.assignments.isAssigned(workerId, citizenId, clock.now())
    if (!isOwn) await this.#host.stopRing(workerId, citizenId)
  }

  async #checkChoice(citizenId: PersonId): Promise<void> {
    const { choice, clock } = this.#options
    const mayRing = await choice.mayRing(citizenId, clock.now())
    if (mayRing !== true) throw new NaervaerError(mayRing)
  }

  /**
   * The newest word of the citizen counts: who says that they are ready, or asks to go back, may be rung.
   *
   * @returns the reason, where the citizen is rung in hours in which they asked not to be
   * @throws NaervaerError CALL_QUIET_HOURS
   */
  async #checkQuiet(
    workerId: PersonId,
    citizenId: PersonId,
    reason: QuietReason | undefined,
  ): Promise<QuietReason | null> {
    const { clock, presence, quiet } = this.#options
    if (presence.isReady(citizenId)) return null
    if (this.#host.goingBack.isWished(workerId, citizenId)) return null
    if (!(await quiet.isQuiet(citizenId, clock.now()))) return null
    if (reason === undefined) throw new NaervaerError('CALL_QUIET_HOURS')
    return reason
  }

  /** The citizen wants no ring from now on. A talk that has been answered goes on until they hang up. */
  stopRinging(citizenId: PersonId): void {
    const live = this.#host.live.findOf(citizenId)
    if (live === undefined || isAnswered(live.call)) return
    // No window says it: where one has answered meanwhile, the machine refuses this.
    const from = { deviceId: newId<DeviceId>(), connectionId: newId<ConnectionId>() }
    this.#host.step(live, { type: 'decline', from }).catch((error: unknown) => {
      if (error instanceof NaervaerError) return
      this.#options.log.error({ err: error, callId: live.call.id }, 'ring not stopped')
    })
  }

  async #ring(sender: Connection, citizenId: PersonId, notes: RingNotes): Promise<LiveCall> {
    const { clock, presence, push } = this.#options
    const people = await this.#host.factory.loadPeople(sender.personId, citizenId)
    const wish = {
      id: newId<CallId>(),
      workerId: sender.personId,
      citizenId,
      from: toWindow(sender),
    }
    const now = clock.now()
    const availability = presence.getAvailability(citizenId)
    const first = invite(
      { ...wish, citizen: asReached(availability), canNotify: push.canNotify(citizenId) },
      now,
    )
    const live = await this.#begin(first, people, now, notes).catch(async (error: unknown) => {
      // Nobody is rung, and it is no decision of theirs: a miss like others.
      if (isRelayMissing(error)) {
        await this.#record(
          invite({ ...wish, citizen: 'withoutRelay', canNotify: false }, now),
          people,
          now,
          notes,
        )
      }
      // Another worker was quicker by the time of one write: the row's own index says so.
      if (findViolatedColumn(error) !== 'calls.citizen_id') throw error
      const busy = invite({ ...wish, citizen: 'busy', canNotify: false }, now)
      return this.#begin(busy, people, now, notes)
    })
    // The window may have closed while the row was written; its loss was then nobody's.
    if (!presence.has(sender)) this.#host.loseConnection(sender)
    return live
  }

  async #begin(
    step: Step,
    people: Record<Side, Person>,
    now: UnixMs,
    notes: RingNotes,
  ): Promise<LiveCall> {
    const { overruled } = notes
    try {
      return await this.#record(step, people, now, notes, async (live, within) => {
        await this.#readProtection(live, within)
        if (overruled !== null) await this.#noteOverruled(live.call, overruled, within)
      })
    } catch (error) {
      if (findViolatedColumn(error) !== 'calls.worker_id') throw error
      throw new NaervaerError('CALL_ALREADY_IN_ONE', { cause: error })
    }
  }

  /** Only a call that rings is told to both: an attempt that ended at once never reached the citizen. */
  async #record(
    { call, effects }: Step,
    people: Record<Side, Person>,
    now: UnixMs,
    { isWorkerAlone, insteadOf }: RingNotes,
    check?: (live: LiveCall, within: Database) => Promise<void>,
  ): Promise<LiveCall> {
    const live = this.#host.factory.make(call, people, { isWorkerAlone, insteadOf })
    const isLive = call.state !== 'ended'
    const told = isLive ? effects : effects.filter(({ type }) => type !== 'announce')
    // A period that ends just now must not leave a ring behind that it could not see.
    const guard = async (transaction: Database) => {
      await this.checkAssigned(call.workerId, call.citizenId, transaction)
      await check?.(live, transaction)
    }
    await performEffects(live, { call, effects: told }, now, { ...this.#host.tools, guard })
    return live
  }

  async #noteOverruled(call: Call, reason: QuietReason, within: Database): Promise<void> {
    const { audit } = this.#options
    const actor = { kind: 'person', id: call.workerId, role: 'worker' } as const
    const details = { callId: call.id, reason }
    await audit.record(
      { action: 'quiet.overruled', actor, subjectId: call.citizenId, details },
      within,
    )
  }

  /** A protected citizen is never rung directly. It is held for the whole call, whatever is cleared. */
  async #readProtection(live: LiveCall, transaction: Database): Promise<void> {
    const { protection, turn } = this.#options
    if (!(await protection.isProtected(live.call.citizenId, transaction))) return
    if (!turn.isThere) throw new NaervaerError('CALL_RELAY_MISSING')
    live.protect()
  }
}

function isRelayMissing(error: unknown): boolean {
  return error instanceof NaervaerError && error.code === 'CALL_RELAY_MISSING'
}

/** Whoever was reachable lately is as far away as anybody else: the notices will tell. */
function asReached(availability: Availability): 'open' | 'busy' | 'unreachable' {
  if (availability === 'ready') return 'open'
  return availability === 'reachable' ? 'unreachable' : availability
}
