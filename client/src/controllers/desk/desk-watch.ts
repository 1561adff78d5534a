import type { CallPhase, CallSnapshot } from '../../call/call-snapshot.ts'
import type { Directory } from '../../services/directory.ts'
import type { Store } from '../../services/store.ts'
import { describeBadge, findArrivals, findWaiting, type Waiting, type WaitsFor } from './waiting.ts'

export interface DeskWatchOptions {
  readonly directory: Store<Directory | null>
  readonly calls: Store<Pick<CallSnapshot, 'phase'>>
  /** What stands before the title of the window. */
  readonly badge: Store<string>
  /** Whether the page is in sight: only then a name may be said. */
  readonly isInSight: () => boolean
  /** @param name - null where nobody must read it */
  readonly notify: (why: WaitsFor, name: string | null) => void
}

/** While the worker rings or talks nothing is said: the screen may be shown to somebody else. */
const IN_A_CALL: ReadonlySet<CallPhase> = new Set(['outgoing', 'talking'])

/** Keeps count of who waits for the worker, and says it once when somebody begins to. */
export class DeskWatch {
  readonly #options: DeskWatchOptions
  #waiting: Waiting | null = null

  constructor(options: DeskWatchOptions) {
    this.#options = options
    options.directory.subscribe(() => {
      this.#look()
    })
    this.#look()
  }

  #look(): void {
    const { directory, badge } = this.#options
    const citizens = directory.value?.citizens ?? []
    const now = findWaiting(citizens)
    // Who waited when the page was opened stands on it.
    const arrivals = findArrivals(this.#waiting ?? now, now)
    this.#waiting = directory.value === null ? null : now
    badge.set(describeBadge(now))
    for (const { person } of citizens) {
      const why = arrivals.get(person.id)
      if (why !== undefined) this.#tell(why, person.name)
    }
  }

  #tell(why: WaitsFor, name: string): void {
    const { calls, isInSight, notify } = this.#options
    if (IN_A_CALL.has(calls.value.phase)) return
    notify(why, isInSight() ? name : null)
  }
}
