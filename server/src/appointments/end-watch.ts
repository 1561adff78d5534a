import type { DurationMs, PersonId, UnixMs } from '@naervaer/shared'
import { overAt, type Occurrence } from '@naervaer/shared/appointments'
import type { Cancel, Clock } from '../plugins/clock.ts'
import { runAll } from '../run-all.ts'

/** How far ahead an end is looked for, and how often at least. */
const LOOK_MS: DurationMs = 6 * 3_600_000

/** How soon a look that has failed is tried again. */
const RETRY_MS: DurationMs = 30_000

export interface EndWatchOptions {
  readonly clock: Clock
  readonly loadEnding: (after: UnixMs, until: UnixMs) => Promise<Occurrence[]>
  /** Told of whose appointments are over. */
  readonly onOver: (citizenIds: readonly PersonId[]) => Promise<void>
  readonly onError: (error: unknown) => void
}

/** One timer, for the next appointment of all that is over. It remembers nothing: the records know. */
export class EndWatch {
  readonly #options: EndWatchOptions
  #cancel: Cancel | null = null
  /** Up to when everybody has been told. */
  #toldUntil: UnixMs
  /** Of looks that overtake each other the last one counts. */
  #look = 0
  #isStopped = false

  constructor(options: EndWatchOptions) {
    this.#options = options
    this.#toldUntil = options.clock.now()
  }

  /** Looks for the next end anew: at the start, and whenever something has changed. */
  async arm(): Promise<void> {
    const { clock, loadEnding } = this.#options
    const look = (this.#look += 1)
    const now = clock.now()
    const ending = await loadEnding(now, now + LOOK_MS).catch((error: unknown) => {
      if (look === this.#look) this.#armAt(now + RETRY_MS)
      throw error
    })
    if (this.#isStopped || look !== this.#look) return
    this.#armAt(Math.min(now + LOOK_MS, ...ending.map(overAt)))
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
  }

  #armAt(at: UnixMs): void {
    if (this.#isStopped) return
    this.#cancel?.()
    this.#cancel = this.#options.clock.at(at, () => this.#fire())
  }

  #fire(): void {
    this.#tell().catch(this.#options.onError)
  }

  async #tell(): Promise<void> {
    const { clock, loadEnding, onOver } = this.#options
    const now = clock.now()
    const over = await loadEnding(this.#toldUntil, now).catch((error: unknown) => {
      this.#armAt(now + RETRY_MS)
      throw error
    })
    this.#toldUntil = now
    const citizenIds = [...new Set(over.map(({ plan }) => plan.citizenId))]
    await runAll([() => onOver(citizenIds), () => this.arm()], (step) => step())
  }
}
