import {
  GO_BACK_MS,
  NaervaerError,
  PEACE_MS,
  type CallId,
  type DurationMs,
  type Person,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import type { Clock } from '../plugins/clock.ts'
import type { Connection } from '../presence/connection.ts'
import type { PresenceHub } from '../presence/hub.ts'
import type { LiveCall } from './live-call.ts'
import type { PastCallsRepository } from './past-calls-repository.ts'

export interface GoingBackOptions {
  readonly clock: Clock
  readonly past: Pick<PastCallsRepository, 'hasHungUp'>
  readonly presence: PresenceHub
}

/** A citizen's wish to go back to the conversation that they have hung up. */
interface Wish {
  readonly call: CallId
  readonly citizen: Person
  readonly workerId: PersonId
  readonly until: UnixMs
  /** The worker cannot now: nobody waits for it any more, but ringing is allowed. */
  readonly isPutOff: boolean
}

/**
 * What follows a hang-up by the citizen: a minute of peace, and two minutes in which they may ask to go
 * back. Wishes are kept in memory only; with the server they are forgotten, and may be said again.
 */
export class GoingBack {
  readonly #options: GoingBackOptions
  readonly #wishes = new Map<PersonId, Wish>()

  constructor(options: GoingBackOptions) {
    this.#options = options
  }

  /** Whether the citizen waits for this worker to ring. */
  isWished(workerId: PersonId, citizenId: PersonId): boolean {
    return this.#find(workerId, citizenId) !== null
  }

  /** @throws NaervaerError CALL_JUST_ENDED: the citizen has just hung up, and has not asked to go back */
  async checkPeace(workerId: PersonId, citizenId: PersonId): Promise<void> {
    const { clock, past } = this.#options
    if (this.isWished(workerId, citizenId)) return
    if (await past.hasHungUp(workerId, citizenId, clock.now() - PEACE_MS)) {
      throw new NaervaerError('CALL_JUST_ENDED')
    }
  }

  /**
   * Tells the worker in all windows.
   *
   * @throws NaervaerError CALL_NOT_RESUMABLE where it is no conversation that the citizen has just hung
   *   up; CALL_WORKER_AWAY where nobody would hear of it
   */
  ask({ call, people }: LiveCall): void {
    const isHungUp =
      call.state === 'ended' && call.endReason === 'hangup_citizen' && call.answeredAt !== null
    const until = isHungUp ? call.endedAt + GO_BACK_MS : 0
    if (until <= this.#options.clock.now()) throw new NaervaerError('CALL_NOT_RESUMABLE')
    if (this.#options.presence.listConnections(call.workerId).length === 0) {
      throw new NaervaerError('CALL_WORKER_AWAY')
    }
    const wish = {
      call: call.id,
      citizen: people.citizen,
      workerId: call.workerId,
      until,
      isPutOff: false,
    }
    this.#wishes.set(call.citizenId, wish)
    this.#tell(wish.workerId, wish, this.#leftOf(wish))
  }

  /** The citizen has thought better of it. */
  withdraw({ call }: LiveCall): void {
    this.#end(call.workerId, call.citizenId)
  }

  /** The worker cannot now: both are told in all windows, so that the citizen does not wait for nothing. */
  putOff({ call }: LiveCall): void {
    const wish = this.#find(call.workerId, call.citizenId)
    if (wish === null || wish.call !== call.id || wish.isPutOff) return
    this.#wishes.set(wish.citizen.id, { ...wish, isPutOff: true })
    this.#tell(wish.workerId, wish, 0)
    this.#tell(wish.citizen.id, wish, 0)
  }

  /** The worker has rung: that was it. */
  fulfil(workerId: PersonId, citizenId: PersonId): void {
    this.#end(workerId, citizenId)
  }

  /** Tells one window what was said before it came. */
  tell(connection: Connection): void {
    for (const wish of this.#wishes.values()) {
      if (wish.workerId !== connection.personId || wish.isPutOff) continue
      const leftMs = this.#leftOf(wish)
      if (leftMs > 0) connection.send(toMessage(wish, leftMs))
    }
  }

  #end(workerId: PersonId, citizenId: PersonId): void {
    const wish = this.#find(workerId, citizenId)
    if (wish === null) return
    this.#wishes.delete(citizenId)
    if (!wish.isPutOff) this.#tell(wish.workerId, wish, 0)
  }

  /** The wish that is open between the two. */
  #find(workerId: PersonId, citizenId: PersonId): Wish | null {
    const wish = this.#wishes.get(citizenId)
    if (wish?.workerId !== workerId) return null
    if (this.#leftOf(wish) > 0) return wish
    this.#wishes.delete(citizenId)
    return null
  }

  /** A clock that was set back lends no time. */
  #leftOf({ until }: Wish): DurationMs {
    return Math.min(GO_BACK_MS, Math.max(0, until - this.#options.clock.now()))
  }

  #tell(personId: PersonId, wish: Wish, leftMs: DurationMs): void {
    for (const connection of this.#options.presence.listConnections(personId)) {
      connection.send(toMessage(wish, leftMs))
    }
  }
}

const toMessage = ({ call, citizen }: Wish, leftMs: DurationMs) =>
  ({ type: 'call.backAsked', call, citizen, leftMs }) as const
