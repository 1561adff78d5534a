import type { DurationMs, PersonId, UnixMs } from '@naervaer/shared'
import type { Audit } from '../audit/audit.ts'
import type { Clock } from '../plugins/clock.ts'

/** An open list asks every three seconds; one in a window that is hidden about once a minute. */
const SAME_LOOK_MS: DurationMs = 2 * 60_000

/**
 * Looks at citizens' devices, for the citizens who read of them: a worker's at a checklist and the help
 * desk's at a device, one line for each time it is opened. That it is the same look is seen here, since a browser can say what it likes.
 */
export class ChecklistLooks {
  readonly #clock: Clock
  readonly #audit: Pick<Audit, 'record'>
  readonly #lastAt = new Map<string, UnixMs>()

  constructor({ clock, audit }: { clock: Clock; audit: Pick<Audit, 'record'> }) {
    this.#clock = clock
    this.#audit = audit
  }

  /**
   * Writes the look down before anything is shown, unless it is one that goes on.
   *
   * @param citizenId - whose; null for the help desk's list, which is of all and shows pseudonyms
   */
  async note(
    readerId: PersonId,
    citizenId: PersonId | null,
    role: 'worker' | 'it' = 'worker',
  ): Promise<void> {
    const now = this.#clock.now()
    const key = `${role} ${readerId} ${citizenId ?? ''}`
    const lastAt = this.#lastAt.get(key)
    if (lastAt === undefined || now - lastAt > SAME_LOOK_MS) {
      const actor = { kind: 'person', id: readerId, role } as const
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
