import { setImmediate } from 'node:timers/promises'
import type { AuditActor, DurationMs, UnixMs } from '@naervaer/shared'
import type { Clock } from '../plugins/clock.ts'
import { makeKeepings, RETENTION_CLASSES, type KeepingOptions } from './classes.ts'
import type { RetentionClass } from './classes.ts'

const DAY_MS: DurationMs = 24 * 3_600_000

export interface RetentionOptions extends KeepingOptions {
  readonly clock: Pick<Clock, 'now'>
}

/** How many rows of each class. */
export type Removed = Readonly<Record<RetentionClass, number>>

/**
 * Removes what is older than it is kept for (criterion L-02). It knows the tables of several rooms, since what it
 * removes is asked for by nobody any more, and the command line does the same without the rooms.
 */
export class Retention {
  readonly #options: RetentionOptions
  #isStopped = false

  constructor(options: RetentionOptions) {
    this.#options = options
  }

  /** What `run` would remove now. */
  async count(): Promise<Removed> {
    const keepings = makeKeepings(this.#options)
    const counts = {} as Record<RetentionClass, number>
    for (const name of RETENTION_CLASSES) {
      const keeping = keepings[name]
      counts[name] = await keeping.count(this.#before(keeping.keptMs))
    }
    return counts
  }

  /**
   * Removes it, a few rows at a time so that others have their turn, and leaves a line in the audit log for each
   * class of which there was any. What cannot be removed of one class keeps no other.
   *
   * @throws AggregateError once all have been tried
   */
  async run(actor: AuditActor): Promise<Removed> {
    const { audit } = this.#options
    const keepings = makeKeepings(this.#options)
    const counts = {} as Record<RetentionClass, number>
    const errors: unknown[] = []
    for (const name of RETENTION_CLASSES) {
      const keeping = keepings[name]
      const before = this.#before(keeping.keptMs)
      counts[name] = 0
      try {
        for (;;) {
          const count = this.#isStopped ? 0 : await keeping.remove(before)
          if (count === 0) break
          counts[name] += count
          await setImmediate()
        }
      } catch (error) {
        errors.push(error)
      }
      if (counts[name] === 0) continue
      const details = { kind: name, count: counts[name] }
      await audit.record({ action: 'retention.run', actor, subjectId: null, details })
    }
    if (errors.length > 0) throw new AggregateError(errors, 'some old records could not be removed')
    return counts
  }

  /** Lets a run end after what it is at. */
  stop(): void {
    this.#isStopped = true
  }

  /** Whole days (UTC): what was made on a day is kept on so many days after it. */
  #before(keptMs: DurationMs): UnixMs {
    return startOfDay(this.#options.clock.now()) - keptMs
  }
}

export function startOfDay(at: UnixMs): UnixMs {
  return Math.floor(at / DAY_MS) * DAY_MS
}
