import type { Choice, PersonId } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'

/** One timer for each pause that is running, so that its end is told when it comes. */
export class PauseEnds {
  readonly #clock: Clock
  readonly #onEnd: (citizenId: PersonId) => void
  readonly #timers = new Map<PersonId, Cancel>()

  constructor(clock: Clock, onEnd: (citizenId: PersonId) => void) {
    this.#clock = clock
    this.#onEnd = onEnd
  }

  /** Keeps the citizen's timer in step with their choice. */
  follow(citizenId: PersonId, { pausedUntil }: Choice): void {
    this.#timers.get(citizenId)?.()
    this.#timers.delete(citizenId)
    if (pausedUntil === null) return
    const cancel = this.#clock.at(pausedUntil, () => {
      this.#timers.delete(citizenId)
      this.#onEnd(citizenId)
    })
    this.#timers.set(citizenId, cancel)
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
  }
}
