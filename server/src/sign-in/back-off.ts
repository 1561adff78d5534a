import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { Clock } from '../plugins/clock.ts'

export interface BackOffRule {
  /** Failures that cost nothing. */
  readonly freeFailures: number
  /** The longest that anybody waits: there is no lockout for ever. */
  readonly longestMs: DurationMs
}

interface Failures {
  readonly count: number
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

  /**
   * Counts a try as failed before its answer is known: tries at the same time count each.
   *
   * @returns to be called once if the try was right after all: takes back this count and no other
   */
  addFailure(key: string): () => void {
    const before = this.#find(key)
    const now = this.#clock.now()
    const count = (before?.count ?? 0) + 1
    const own: Failures = { count, until: now + this.#toDelayMs(count), lastAt: now }
    this.#put(key, own)
    return () => this.#takeBack(key, own, before)
  }

  forgive(key: string): void {
    this.#failures.delete(key)
  }

  #takeBack(key: string, own: Failures, before: Failures | null): void {
    const found = this.#failures.get(key)
    if (found === undefined) return
    const count = found.count - 1
    if (count === 0) this.#failures.delete(key)
    else if (found === own && before !== null) this.#failures.set(key, before)
    else {
      // Others failed meanwhile: they wait as if this try had not been.
      const until = Math.min(found.until, found.lastAt + this.#toDelayMs(count))
      this.#failures.set(key, { ...found, count, until })
    }
  }

  #toDelayMs(count: number): DurationMs {
    const beyond = count - this.#rule.freeFailures
    if (beyond <= 0) return 0
    return Math.min(this.#rule.longestMs, FIRST_DELAY_MS * 2 ** Math.min(30, beyond))
  }

  #put(key: string, failures: Failures): void {
    // Put last again, so that the first of the map is the oldest.
    this.#failures.delete(key)
    this.#failures.set(key, failures)
    if (this.#failures.size <= MAX_KEYS) return
    const [oldest] = this.#failures.keys()
    if (oldest !== undefined) this.#failures.delete(oldest)
  }

  #find(key: string): Failures | null {
    const found = this.#failures.get(key)
    if (found === undefined) return null
    const isOld = this.#clock.now() >= Math.max(found.until, found.lastAt + FORGET_MS)
    return isOld ? null : found
  }
}
