import type { Assignment, AssignmentId, PersonId, UnixMs } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'
import type { Boundary, PeriodsRepository } from './periods-repository.ts'

export interface PeriodWatchOptions {
  readonly clock: Clock
  readonly repository: Pick<PeriodsRepository, 'findNextBoundary' | 'loadBoundaries'>
  /** Somebody's people have changed: they are to be told, and a ring that may not be is to end. */
  readonly onChanged: (workerId: PersonId, citizenId: PersonId) => Promise<void>
  /** A period ended by itself. */
  readonly onEnded: (boundary: Boundary) => Promise<void>
  readonly onError: (error: unknown) => void
}

/** How long until what could not be read is tried again. */
const RETRY_MS = 1_000

/**
 * Notices when an assignment begins or ends, so that the pages of those concerned change at that
 * moment and not at their next visit. What anybody may do is asked of the database all the same.
 */
export class PeriodWatch {
  readonly #options: PeriodWatchOptions
  #seenUntil: UnixMs
  #cancel: Cancel = () => undefined
  #tail: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(options: PeriodWatchOptions) {
    this.#options = options
    this.#seenUntil = options.clock.now()
  }

  /** Waits for the next boundary there is now; call it again when assignments have changed. */
  arm(): Promise<void> {
    return this.#inTurn(() => this.#arm())
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel()
  }

  /** Tells at once of what a person has changed, then waits for what changes by itself. */
  changed(assignments: readonly Assignment[]): Promise<void> {
    return this.#inTurn(async () => {
      for (const { workerId, citizenId } of assignments) {
        await this.#options.onChanged(workerId, citizenId)
      }
      await this.#look(new Set(assignments.map(({ id }) => id)))
    })
  }

  async #arm(): Promise<void> {
    this.#cancel()
    const { clock, repository } = this.#options
    const at = await repository.findNextBoundary(this.#seenUntil)
    if (at === null || this.#isStopped) return
    this.#cancel = clock.at(at, () => void this.#inTurn(() => this.#look()))
  }

  /** @param told - whose boundaries have been dealt with */
  async #look(told: ReadonlySet<AssignmentId> = new Set()): Promise<void> {
    const { clock, repository, onChanged, onEnded } = this.#options
    const now = clock.now()
    for (const boundary of await repository.loadBoundaries(this.#seenUntil, now)) {
      const { id, workerId, citizenId } = boundary.assignment
      if (told.has(id)) continue
      await onChanged(workerId, citizenId)
      if (boundary.isEnd) await onEnded(boundary)
    }
    this.#seenUntil = Math.max(this.#seenUntil, now)
    await this.#arm()
  }

  /** One after the other: of two pictures of the same people, the later one is sent last. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#tail.then(() => (this.#isStopped ? undefined : work()))
    this.#tail = done.catch((error: unknown) => {
      this.#options.onError(error)
      const { clock } = this.#options
      if (!this.#isStopped) this.#cancel = clock.at(clock.now() + RETRY_MS, () => void this.arm())
    })
    return this.#tail
  }
}
