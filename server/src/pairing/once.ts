import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { Clock } from '../plugins/clock.ts'

/** What may be used once within a time: nonces, tickets, the ids of proofs. Kept in memory only. */
export class OnceOnly<T> {
  readonly #clock: Clock
  readonly #lifeMs: DurationMs
  readonly #entries = new Map<string, { readonly value: T; readonly until: UnixMs }>()

  constructor(clock: Clock, lifeMs: DurationMs) {
    this.#clock = clock
    this.#lifeMs = lifeMs
  }

  /** @returns false where it is there already */
  add(name: string, value: T): boolean {
    this.#forget()
    if (this.#entries.has(name)) return false
    this.#entries.set(name, { value, until: this.#clock.now() + this.#lifeMs })
    return true
  }

  /** @returns what is kept under the name; null where there is nothing */
  find(name: string): T | null {
    this.#forget()
    return this.#entries.get(name)?.value ?? null
  }

  /** @returns what was kept under the name, which is gone with that; null where there is nothing */
  take(name: string): T | null {
    this.#forget()
    const entry = this.#entries.get(name)
    this.#entries.delete(name)
    return entry?.value ?? null
  }

  /** Entries of one life lie in the order in which they end. */
  #forget(): void {
    const now = this.#clock.now()
    for (const [name, { until }] of this.#entries) {
      if (until > now) return
      this.#entries.delete(name)
    }
  }
}
