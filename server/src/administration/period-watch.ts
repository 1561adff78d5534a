import type { Assignment, AssignmentId, PersonId, UnixMs } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'
import type { PeriodsRepository } from './periods-repository.ts'

export interface PeriodWatchOptions {
  readonly clock: Clock
  readonly repository: Pick<
    PeriodsRepository,
    'findNextBoundary' | 'loadBoundaries' | 'loadUnrecordedEnds'
  >
  /** Somebody's people have changed: they are to be told, and a ring that may not be is to end. */
  readonly onChanged: (workerId: PersonId, citizenId: PersonId) => Promise<void>
  /** A period has ended; may be said more than once of the same one. */
  readonly onEnded: (assignment: Assignment) => Promise<void>
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

  /**
   * Sees to the periods that ended while no server was running, then waits for the next boundary.
   *
   * @throws whatever storage throws: a server that cannot write them down does not start
   */
  async start(): Promise<void> {
    const { clock, repository, onChanged, onEnded } = this.#options
    for (const assignment of await repository.loadUnrecordedEnds(clock.now())) {
      await onEnded(assignment)
      await onChanged(assignment.workerId, assignment.citizenId)
    }
    await this.#inTurn(() => this.#arm())
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
    for (const { assignment, isEnd } of await repository.loadBoundaries(this.#seenUntil, now)) {
      const { id, workerId, citizenId } = assignment
      if (isEnd) await onEnded(assignment)
      if (!told.has(id)) await onChanged(workerId, citizenId)
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
      if (!this.#isStopped)
        this.#cancel = clock.at(clock.now() + RETRY_MS, () => void this.#inTurn(() => this.#look()))
    })
    return this.#tail
  }
}
