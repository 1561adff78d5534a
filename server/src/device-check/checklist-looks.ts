import type { DurationMs, PersonId, UnixMs } from '@naervaer/shared'
import type { Audit } from '../audit/audit.ts'
import type { Clock } from '../plugins/clock.ts'

/** An open list asks every three seconds; one in a window that is hidden about once a minute. */
const SAME_LOOK_MS: DurationMs = 2 * 60_000

/**
 * A worker's looks at citizens' checklists, for the citizens who read of them: one line for each time a
 * list is opened. That it is the same look is seen here, since a browser can say what it likes.
 */
export class ChecklistLooks {
  readonly #clock: Clock
  readonly #audit: Pick<Audit, 'record'>
  readonly #lastAt = new Map<string, UnixMs>()

  constructor({ clock, audit }: { clock: Clock; audit: Pick<Audit, 'record'> }) {
    this.#clock = clock
    this.#audit = audit
  }

  /** Writes the look down before anything is shown, unless it is one that goes on. */
  async note(workerId: PersonId, citizenId: PersonId): Promise<void> {
    const now = this.#clock.now()
    const key = `${workerId} ${citizenId}`
    const lastAt = this.#lastAt.get(key)
    if (lastAt === undefined || now - lastAt > SAME_LOOK_MS) {
      const actor = { kind: 'person', id: workerId, role: 'worker' } as const
      await this.#audit.record({ action: 'devices.listed', actor, subjectId: citizenId })
    }
    this.#lastAt.set(key, now)
  }

  /** Those that have ended. */
  forgetOld(): void {
    const now = this.#clock.now()
    for (const [key, at] of this.#lastAt) if (now - at > SAME_LOOK_MS) this.#lastAt.delete(key)
  }
}
