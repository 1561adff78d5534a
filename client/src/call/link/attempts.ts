import type { DurationMs, Side } from '@naervaer/shared'

/** How long a generation may take to come up, longer with each that did not: the network may be slow. */
const PATIENCE_MS: DurationMs = 4_000
const PATIENCE_GROWTH = 1.5
const LONGEST_PATIENCE_MS: DurationMs = 15_000

/** The citizen's side lets the worker's notice first. */
const ANSWERER_EXTRA_MS: DurationMs = 1_000

/** After this many that did not come up, the next ones go through TURN only, then all ways again. */
const FAILURES_BEFORE_RELAY = 3

/** What the generations that never came up mean for the next one. */
export class Attempts {
  readonly #side: Side
  /** In a row. */
  #failures = 0
  /** The last of them. */
  #failed = 0

  constructor(side: Side) {
    this.#side = side
  }

  get patienceMs(): DurationMs {
    const patienceMs = PATIENCE_MS * PATIENCE_GROWTH ** this.#failures
    const extraMs = this.#side === 'citizen' ? ANSWERER_EXTRA_MS : 0
    return Math.min(patienceMs, LONGEST_PATIENCE_MS) + extraMs
  }

  /** Whether the next one goes through TURN only. */
  get isRelayTurn(): boolean {
    return Math.floor(this.#failures / FAILURES_BEFORE_RELAY) % 2 === 1
  }

  /** Each counts once, however often it shows; one that had been up has not failed to come up. */
  countFailure({ number, wasUp }: { readonly number: number; readonly wasUp: boolean }): void {
    if (wasUp || number <= this.#failed) return
    this.#failed = number
    this.#failures += 1
  }

  countSuccess(): void {
    this.#failures = 0
  }
}
