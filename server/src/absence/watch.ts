import type { DurationMs, PersonId, UnixMs } from '@naervaer/shared'
import { toAway } from '@naervaer/shared/appointments'
import { addDays, wallTimeAt, type Day } from '@naervaer/shared/wall'
import type { Cancel, Clock } from '../plugins/clock.ts'
import { runAll } from '../run-all.ts'
import type { StoredAbsence } from './repository.ts'

/** How far ahead a beginning or an end is looked for. */
const LOOK_MS: DurationMs = 6 * 3_600_000

/** How soon a look that has failed is tried again. */
const RETRY_MS: DurationMs = 30_000

export interface AbsenceWatchOptions {
  readonly clock: Clock
  readonly loadAll: (from: Day) => Promise<StoredAbsence[]>
  /** Told of workers who are away from now on, or back. */
  readonly onTurned: (workerIds: readonly PersonId[]) => Promise<void>
  readonly onError: (error: unknown) => void
}

/** One timer, for the next midnight at which anybody goes or is back. It remembers nothing: the records know. */
export class AbsenceWatch {
  readonly #options: AbsenceWatchOptions
  #cancel: Cancel | null = null
  /** Up to when everybody has been told. */
  #toldUntil: UnixMs
  /** Of looks that overtake each other the last one counts. */
  #look = 0
  #isStopped = false

  constructor(options: AbsenceWatchOptions) {
    this.#options = options
    this.#toldUntil = options.clock.now()
  }

  /** Looks for the next turn anew: at the start, and whenever something has changed. */
  async arm(): Promise<void> {
    const look = (this.#look += 1)
    const now = this.#options.clock.now()
    const turns = await this.#loadTurns(now).catch((error: unknown) => {
      if (look === this.#look) this.#armAt(now + RETRY_MS)
      throw error
    })
    if (look !== this.#look) return
    const ahead = turns.map(({ at }) => at).filter((at) => at > now)
    this.#armAt(Math.min(now + LOOK_MS, ...ahead))
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
  }

  #armAt(at: UnixMs): void {
    if (this.#isStopped) return
    this.#cancel?.()
    this.#cancel = this.#options.clock.at(at, () => {
      this.#tell().catch(this.#options.onError)
    })
  }

  async #tell(): Promise<void> {
    const { clock, onTurned } = this.#options
    const now = clock.now()
    const turns = await this.#loadTurns(now).catch((error: unknown) => {
      this.#armAt(now + RETRY_MS)
      throw error
    })
    const due = turns.filter(({ at }) => at > this.#toldUntil && at <= now)
    this.#toldUntil = now
    const workerIds = [...new Set(due.map(({ workerId }) => workerId))]
    await runAll([() => onTurned(workerIds), () => this.arm()], (step) => step())
  }

  /** What ended at midnight had its last day yesterday; a server that slept is told of the day before as well. */
  async #loadTurns(now: UnixMs): Promise<{ workerId: PersonId; at: UnixMs }[]> {
    const absences = await this.#options.loadAll(addDays(wallTimeAt(now).day, -2))
    return absences.flatMap((each) => {
      const { fromAt, toAt } = toAway(each)
      return [fromAt, toAt].map((at) => ({ workerId: each.workerId, at }))
    })
  }
}
