import type { DurationMs, PersonId, UnixMs } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'

/** How far ahead a visit is looked for, and how often at least. */
const LOOK_MS: DurationMs = 6 * 3_600_000

/** How soon a look that has failed is tried again. */
const RETRY_MS: DurationMs = 30_000

/** A worker at a citizen's home, by what has been agreed. */
export interface Visit {
  readonly workerId: PersonId
  readonly citizenId: PersonId
  /** Later than planned where the worker has said so. */
  readonly fromAt: UnixMs
  readonly toAt: UnixMs
}

export interface VisitWatchOptions {
  readonly clock: Clock
  /** Visits of which anything takes place in that span. */
  readonly loadVisits: (from: UnixMs, to: UnixMs) => Promise<Visit[]>
  /** Told of workers who have begun a visit, or ended one. */
  readonly onChanged: (workerIds: readonly PersonId[]) => Promise<void>
  readonly onError: (error: unknown) => void
}

/** Who is on a visit to whom just now, and one timer for the next beginning or end. */
export class VisitWatch {
  readonly #options: VisitWatchOptions
  #now: readonly Visit[] = []
  #cancel: Cancel | null = null
  /** Of looks that overtake each other the last one counts. */
  #look = 0
  #isStopped = false

  constructor(options: VisitWatchOptions) {
    this.#options = options
  }

  /** Whom that worker visits at this moment: more than one where two visits were planned at once. */
  listVisited(workerId: PersonId): PersonId[] {
    return this.#now.filter((each) => each.workerId === workerId).map((each) => each.citizenId)
  }

  /** Who is on a visit at this moment. */
  listWorkers(): PersonId[] {
    return [...new Set(this.#now.map(({ workerId }) => workerId))]
  }

  /** Looks anew: at the start, and whenever something has changed. */
  async arm(): Promise<void> {
    const { clock, loadVisits, onChanged } = this.#options
    const look = (this.#look += 1)
    const now = clock.now()
    const visits = await loadVisits(now, now + LOOK_MS).catch((error: unknown) => {
      if (look === this.#look) this.#armAt(now + RETRY_MS)
      throw error
    })
    if (this.#isStopped || look !== this.#look) return
    const before = this.#now
    this.#now = visits.filter(({ fromAt, toAt }) => fromAt <= now && now < toAt)
    const edges = visits.flatMap(({ fromAt, toAt }) => [fromAt, toAt]).filter((each) => each > now)
    this.#armAt(Math.min(now + LOOK_MS, ...edges))
    await onChanged(findChanged(before, this.#now))
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
  }

  #armAt(at: UnixMs): void {
    const { clock, onError } = this.#options
    if (this.#isStopped) return
    this.#cancel?.()
    this.#cancel = clock.at(at, () => {
      this.arm().catch(onError)
    })
  }
}

/** Workers who visit somebody whom they did not visit before, or the other way round. */
function findChanged(before: readonly Visit[], now: readonly Visit[]): PersonId[] {
  const isIn = (list: readonly Visit[], one: Visit) =>
    list.some((each) => each.workerId === one.workerId && each.citizenId === one.citizenId)
  const changed = [
    ...before.filter((each) => !isIn(now, each)),
    ...now.filter((each) => !isIn(before, each)),
  ]
  return [...new Set(changed.map(({ workerId }) => workerId))]
}
