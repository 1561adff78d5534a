import type { UnixMs } from '@naervaer/shared'
import type { Cancel, Clock } from '../../server/src/plugins/clock.ts'

interface Timer {
  at: UnixMs
  readonly run: () => void
  readonly everyMs: number | null
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: UnixMs
  /** What somebody has set the wall clock ahead or back. */
  #setByMs = 0
  readonly #timers = new Set<Timer>()

  constructor(now: UnixMs = Date.UTC(2026, 10, 2, 9)) {
    this.#now = now
  }

  now(): UnixMs {
    return this.#now
  }

  counted(): number {
    return this.#now - this.#setByMs
  }

  /** Sets the wall clock ahead or back; no time passes, and what falls due waits for the next `advance`. */
  set(byMs: number): void {
    this.#now += byMs
    this.#setByMs += byMs
  }

  at(instant: UnixMs, run: () => void): Cancel {
    return this.#add({ at: instant, run, everyMs: null })
  }

  every(intervalMs: number, run: () => void): Cancel {
    return this.#add({ at: this.#now + intervalMs, run, everyMs: intervalMs })
  }

  /** Moves time on, running what falls due in its order. What that starts may still be under way. */
  advance(durationMs: number): void {
    const until = this.#now + durationMs
    for (let next = this.#findNext(until); next !== null; next = this.#findNext(until)) {
      this.#now = Math.max(this.#now, next.at)
      if (next.everyMs === null) this.#timers.delete(next)
      else next.at += next.everyMs
      next.run()
    }
    this.#now = until
  }

  /**
   * Moves time on as for a machine that sleeps: what falls due runs when it wakes, and what is repeated runs
   * once. For months, of which every few seconds would take minutes.
   */
  sleep(durationMs: number): void {
    this.#now += durationMs
    const due = [...this.#timers].filter(({ at }) => at <= this.#now)
    for (const timer of due.sort((a, b) => a.at - b.at)) {
      if (timer.everyMs === null) this.#timers.delete(timer)
      else timer.at = this.#now + timer.everyMs
      timer.run()
    }
  }

  #add(timer: Timer): Cancel {
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  #findNext(until: UnixMs): Timer | null {
    let first: Timer | null = null
    for (const timer of this.#timers) {
      if (timer.at <= until && (first === null || timer.at < first.at)) first = timer
    }
    return first
  }
}
