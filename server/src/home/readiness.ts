import { READY_AWAY_MS, READY_MS, type PersonId, type UnixMs } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'
import type { PresenceHub } from '../presence/hub.ts'
import type { HomeRepository } from './repository.ts'

export interface ReadinessOptions {
  readonly clock: Clock
  readonly repository: HomeRepository
  readonly presence: PresenceHub
  /** Told when it has ended by itself. */
  readonly onEnded: (citizenId: PersonId) => void
  readonly onError: (error: unknown) => void
}

interface Ready {
  readonly until: UnixMs
  readonly cancelEnd: Cancel
  cancelAway: Cancel
}

const NOTHING: Cancel = () => undefined

/**
 * Who has said "Jeg er klar". It ends when they say so, after its time, when they have left, and after a
 * call; over a restart of the server it goes on.
 */
export class Readiness {
  readonly #options: ReadinessOptions
  readonly #ready = new Map<PersonId, Ready>()

  constructor(options: ReadinessOptions) {
    this.#options = options
    options.presence.onClosed(({ personId }) => this.#watchAway(personId))
  }

  /** Takes up what was said before the server went away; everybody has time to come back. */
  async restore(): Promise<void> {
    const { clock, repository } = this.#options
    for (const { citizen_id: citizenId, until_at: until } of await repository.loadReady()) {
      if (until > clock.now()) this.#follow(citizenId, until)
      else await repository.removeReady(citizenId)
    }
  }

  untilOf(citizenId: PersonId): UnixMs | null {
    return this.#ready.get(citizenId)?.until ?? null
  }

  async begin(citizenId: PersonId): Promise<void> {
    const until = this.#options.clock.now() + READY_MS
    await this.#options.repository.saveReady(citizenId, until)
    this.#follow(citizenId, until)
  }

  /** @returns whether there was anything to end */
  async end(citizenId: PersonId): Promise<boolean> {
    if (!this.#ready.has(citizenId)) return false
    await this.#options.repository.removeReady(citizenId)
    this.#forget(citizenId)
    this.#options.presence.setReady(citizenId, false)
    return true
  }

  /** Lets go of all timers. The rows stay for the next start. */
  stop(): void {
    for (const citizenId of [...this.#ready.keys()]) this.#forget(citizenId)
  }

  #follow(citizenId: PersonId, until: UnixMs): void {
    this.#forget(citizenId)
    const cancelEnd = this.#options.clock.at(until, () => this.#endBySelf(citizenId))
    this.#ready.set(citizenId, { until, cancelEnd, cancelAway: NOTHING })
    this.#options.presence.setReady(citizenId, true)
    this.#watchAway(citizenId)
  }

  #forget(citizenId: PersonId): void {
    const ready = this.#ready.get(citizenId)
    ready?.cancelEnd()
    ready?.cancelAway()
    this.#ready.delete(citizenId)
  }

  /** From the loss of the last connection: somebody who is back by then has not left. */
  #watchAway(citizenId: PersonId): void {
    const { clock, presence } = this.#options
    const ready = this.#ready.get(citizenId)
    const isHere = () => presence.listConnections(citizenId).length > 0
    if (ready === undefined || isHere()) return
    ready.cancelAway()
    ready.cancelAway = clock.at(clock.now() + READY_AWAY_MS, () => {
      if (!isHere()) this.#endBySelf(citizenId)
    })
  }

  #endBySelf(citizenId: PersonId): void {
    const { onEnded, onError } = this.#options
    this.end(citizenId).then((hasEnded) => {
      if (hasEnded) onEnded(citizenId)
    }, onError)
  }
}
