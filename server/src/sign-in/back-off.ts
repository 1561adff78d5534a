import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { Clock } from '../plugins/clock.ts'

export interface BackOffRule {
  /** Failures that cost nothing. */
  readonly freeFailures: number
  /** The longest that anybody waits: there is no lockout for ever. */
  readonly longestMs: DurationMs
}

interface Failures {
  count: number
  readonly until: UnixMs
  readonly lastAt: UnixMs
}

const FIRST_DELAY_MS: DurationMs = 1_000
/** After so long without a failure everything is forgotten. */
const FORGET_MS: DurationMs = 60 * 60_000
const MAX_KEYS = 20_000

/** Waiting times that double with each failure of a key, such as an account or an address. */
export class BackOff {
  readonly #clock: Clock
  readonly #rule: BackOffRule
  readonly #failures = new Map<string, Failures>()

  constructor(clock: Clock, rule: BackOffRule) {
    this.#clock = clock
    this.#rule = rule
  }

  /** How long this key has to wait before the next try; 0 for none. */
  getDelayMs(key: string): DurationMs {
    return Math.max(0, (this.#find(key)?.until ?? 0) - this.#clock.now())
  }

  /** Counts a try as failed before its answer is known: tries at the same time count each. */
  addFailure(key: string): void {
    const now = this.#clock.now()
    const count = (this.#find(key)?.count ?? 0) + 1
    const beyond = count - this.#rule.freeFailures
    const delayMs =
      beyond <= 0 ? 0 : Math.min(this.#rule.longestMs, FIRST_DELAY_MS * 2 ** Math.min(30, beyond))
    // Put last again, so that the first of the map is the oldest.
    this.#failures.delete(key)
    this.#failures.set(key, { count, until: now + delayMs, lastAt: now })
    if (this.#failures.size <= MAX_KEYS) return
    const [oldest] = this.#failures.keys()
    if (oldest !== undefined) this.#failures.delete(oldest)
  }

  forgive(key: string): void {
    this.#failures.delete(key)
  }

  #find(key: string): Failures | null {
    const found = this.#failures.get(key)
    if (found === undefined) return null
    const isOld = this.#clock.now() >= Math.max(found.until, found.lastAt + FORGET_MS)
    return isOld ? null : found
  }
}
