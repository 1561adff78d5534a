import type { AssignmentKind } from '../assignment-kind.ts'
import type { UnixMs } from '../time.ts'
import type { Person } from '../wire/person.ts'
import type { Occurrence } from './occurrence.ts'

/** That somebody is a citizen's worker, from and perhaps to a moment. */
export interface Period {
  readonly worker: Person
  readonly kind: AssignmentKind
  readonly fromAt: UnixMs
  readonly toAt: UnixMs | null
}

/** Who will ring or come, and whom they stand in for. */
export interface Holder {
  readonly worker: Person
  readonly insteadOf: Person | null
}

/**
 * Who of the citizen's workers at that time holds an appointment: whoever said so, if they are still the
 * citizen's then, otherwise the own worker, otherwise a substitute. A promise outlives no assignment.
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
  const own = then.filter(({ kind }) => kind === 'primary')
  const said = then.filter(({ worker }) => worker.id === workerId)
  // Somebody may be both, one after the other and at once: then they stand in for nobody.
  const chosen = said.find(({ kind }) => kind === 'primary') ?? said[0] ?? own[0] ?? then[0]
  if (chosen === undefined) return null
  const insteadOf = chosen.kind === 'substitute' ? (own[0]?.worker ?? null) : null
  return { worker: chosen.worker, insteadOf }
}
