import { NaervaerError, type DurationMs, type UnixMs } from '@naervaer/shared'
import { toAddressGroup } from '../address-group.ts'
import type { Clock } from '../plugins/clock.ts'

export const THROTTLE_WINDOW_MS: DurationMs = 10 * 60_000
export const MAX_FAILURES_PER_ADDRESS = 10
export const MAX_FAILURES = 100

/** Typed codes are not taken now. */
export class CodesLocked extends NaervaerError {
  readonly retryAfterMs: DurationMs

  constructor(retryAfterMs: DurationMs) {
    super('PAIRING_LOCKED')
    this.retryAfterMs = retryAfterMs
  }
}

/** One attempt: under way until it is known how it went. */
interface Attempt {
  readonly at: UnixMs
  hasFailed: boolean
}

/**
 * Limits guessing: a wrong code names nobody, so failures are counted by where they come from and
 * in all (criterion W-07). An attempt counts from its beginning, so that a hundred at once cannot all
 * be under way before the first has been counted.
 */
export class Throttle {
  readonly #clock: Clock
  readonly #onLocked: () => void
  readonly #byAddress = new Map<string, Attempt[]>()
  #all: Attempt[] = []
  #lockedUntil: UnixMs = 0

  /** @param onLocked - told once each time typed codes are switched off for everybody */
  constructor(clock: Clock, onLocked: () => void) {
    this.#clock = clock
    this.#onLocked = onLocked
  }

  /**
   * @returns to be told how the attempt went
   * @throws CodesLocked after too many failures from this address or in all
   */
  begin(address: string): (hasSucceeded: boolean) => void {
    const now = this.#clock.now()
    this.#forget(now)
    if (now < this.#lockedUntil) throw new CodesLocked(this.#lockedUntil - now)
    const group = toAddressGroup(address)
    const own = this.#byAddress.get(group) ?? []
    checkRoom(own, MAX_FAILURES_PER_ADDRESS, now)
    // One more than the limit may try: it is the failure after the hundredth that locks.
    checkRoom(this.#all, MAX_FAILURES + 1, now)
    const attempt = { at: now, hasFailed: false }
    own.push(attempt)
    this.#byAddress.set(group, own)
    this.#all.push(attempt)
    return (hasSucceeded) => {
      if (hasSucceeded) {
        removeOne(own, attempt)
        removeOne(this.#all, attempt)
      } else {
        this.#fail(attempt)
      }
    }
  }

  #fail(attempt: Attempt): void {
    attempt.hasFailed = true
    const now = this.#clock.now()
    const count = this.#all.filter(({ hasFailed }) => hasFailed).length
    if (count <= MAX_FAILURES || now < this.#lockedUntil) return
    this.#lockedUntil = now + THROTTLE_WINDOW_MS
    this.#onLocked()
  }

  #forget(now: UnixMs): void {
    const isFresh = ({ at }: Attempt) => at > now - THROTTLE_WINDOW_MS
    this.#all = this.#all.filter(isFresh)
    for (const [group, own] of this.#byAddress) {
      const fresh = own.filter(isFresh)
      if (fresh.length === 0) this.#byAddress.delete(group)
      else if (fresh.length < own.length) own.splice(0, own.length - fresh.length)
    }
  }
}

function checkRoom([first, ...others]: readonly Attempt[], limit: number, now: UnixMs): void {
  if (first === undefined || 1 + others.length < limit) return
  throw new CodesLocked(first.at + THROTTLE_WINDOW_MS - now)
}

function removeOne(attempts: Attempt[], attempt: Attempt): void {
  const index = attempts.indexOf(attempt)
  if (index !== -1) attempts.splice(index, 1)
}
