import type { DurationMs, UnixMs } from '@naervaer/shared'
import { runAll } from '../run-all.ts'
import type { Cancel, Clock } from './clock.ts'

/** How far ahead a moment is looked for, and how often at least. */
const LOOK_MS: DurationMs = 6 * 3_600_000

/** How soon a look that has failed is tried again. */
const RETRY_MS: DurationMs = 30_000

/** When something turns by itself, and whose it is. */
export interface Moment<Id> {
  readonly at: UnixMs
  readonly id: Id
}

export interface MomentWatchOptions<Id> {
  readonly clock: Clock
  /** Moments after the first instant and up to the second. */
  readonly load: (after: UnixMs, until: UnixMs) => Promise<readonly Moment<Id>[]>
  /** Told of those whose moment has come, each once. */
  readonly onCome: (ids: readonly Id[]) => Promise<void>
  readonly onError: (error: unknown) => void
}

/**
 * One timer, for the next moment at which something turns by itself, such as the end of an appointment. It
 * remembers nothing: the records know.
 */
export class MomentWatch<Id> {
  readonly #options: MomentWatchOptions<Id>
  #cancel: Cancel | null = null
  /** Up to when everybody has been told. */
  #toldUntil: UnixMs
  /** Of looks that overtake each other the last one counts. */
  #look = 0
  #isStopped = false

  constructor(options: MomentWatchOptions<Id>) {
    this.#options = options
    this.#toldUntil = options.clock.now()
  }

  /** Looks for the next moment anew: at the start, and whenever something has changed. */
  async arm(): Promise<void> {
    const { clock, load } = this.#options
    const look = (this.#look += 1)
    const now = clock.now()
    const ahead = await load(now, now + LOOK_MS).catch((error: unknown) => {
      if (look === this.#look) this.#armAt(now + RETRY_MS)
      throw error
    })
    if (this.#isStopped || look !== this.#look) return
    this.#armAt(Math.min(now + LOOK_MS, ...ahead.map(({ at }) => at)))
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
    const { clock, load, onCome } = this.#options
    const now = clock.now()
    const come = await load(this.#toldUntil, now).catch((error: unknown) => {
      this.#armAt(now + RETRY_MS)
      throw error
    })
    this.#toldUntil = now
    const ids = [...new Set(come.map(({ id }) => id))]
    await runAll([() => onCome(ids), () => this.arm()], (step) => step())
  }
}
