import type { AssignmentKind } from '../assignment-kind.ts'
import type { PersonId } from '../ids.ts'
import type { UnixMs } from '../time.ts'
import type { Person } from '../wire/person.ts'
import type { Occurrence } from './occurrence.ts'

/** That somebody is a citizen's worker, from and perhaps to a moment. */
export interface Period {
  readonly worker: Person
  readonly kind: AssignmentKind
  readonly fromAt: UnixMs
  readonly toAt: UnixMs | null
  /** When the worker is not at work; missing where that is never. */
  readonly away?: readonly Away[]
}

/** From one moment to another, which is the first at which they are back. */
export interface Away {
  readonly fromAt: UnixMs
  readonly toAt: UnixMs
}

/** Who will ring or come, and whom they stand in for. */
export interface Holder {
  readonly worker: Person
  readonly insteadOf: Person | null
  /** Who would hold it and is not at work then. Where it is the holder, nobody stands in. */
  readonly away: Person | null
}

/**
 * Who of the citizen's workers at that time holds an appointment: whoever said so, if they are still the
 * citizen's then, otherwise the own worker, otherwise a substitute. A promise outlives no assignment.
 * Whoever is not at work then holds it only where nobody else is there.
 *
 * @returns null where the citizen has nobody then
 */
export function findHolder(
  { workerId, startAt }: Pick<Occurrence, 'workerId' | 'startAt'>,
  periods: readonly Period[],
): Holder | null {
  const then = periods.filter(
    ({ fromAt, toAt }) => fromAt <= startAt && (toAt ?? Infinity) > startAt,
  )
  const meant = choose(then, workerId)
  if (meant === undefined) return null
  const chosen = choose(
    then.filter((each) => !isAwayAt(each, startAt)),
    workerId,
  )
  const { worker, kind } = chosen ?? meant
  const own = then.find((each) => each.kind === 'primary')
  return {
    worker,
    insteadOf: kind === 'substitute' ? (own?.worker ?? null) : null,
    away: isAwayAt(meant, startAt) ? meant.worker : null,
  }
}

/** Whether whoever holds it is not at work then, and nobody stands in. */
export function isHolderAway({ worker, away }: Holder): boolean {
  return away?.id === worker.id
}

/** Somebody may be both, one after the other and at once: then they stand in for nobody. */
function choose(periods: readonly Period[], workerId: PersonId): Period | undefined {
  const said = periods.filter(({ worker }) => worker.id === workerId)
  const isOwn = ({ kind }: Period) => kind === 'primary'
  return said.find(isOwn) ?? said[0] ?? periods.find(isOwn) ?? periods[0]
}

function isAwayAt({ away = [] }: Period, at: UnixMs): boolean {
  return away.some(({ fromAt, toAt }) => fromAt <= at && toAt > at)
}
