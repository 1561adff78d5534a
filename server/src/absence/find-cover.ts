import type { PersonId, UnixMs } from '@naervaer/shared'
import type { Away, Cover, Period } from '@naervaer/shared/appointments'

/**
 * Whether somebody else is there for a citizen while a worker is away: looked at from one beginning or end of anything
 * to the next, and only while the citizen is the worker's.
 *
 * @returns null where the citizen is not the worker's at any time of it
 */
export function findCover(
  workerId: PersonId,
  { fromAt, toAt }: Away,
  periods: readonly Period[],
): Cover | null {
  const own = periods.filter(({ worker }) => worker.id === workerId)
  const others = periods.filter(({ worker }) => worker.id !== workerId)
  const edges = periods.flatMap((each) => [each, ...(each.away ?? [])]).flatMap(listEdges)
  const starts = [fromAt, ...edges.filter((at) => at > fromAt && at < toAt)]
  const ofOwn = starts.filter((at) => own.some((each) => lastsAt(each, at)))
  const covered = ofOwn.filter((at) => others.some((each) => isThereAt(each, at)))
  if (ofOwn.length === 0) return null
  if (covered.length === 0) return 'none'
  return covered.length === ofOwn.length ? 'whole' : 'partly'
}

interface Lasting {
  readonly fromAt: UnixMs
  readonly toAt: UnixMs | null
}

const listEdges = ({ fromAt, toAt }: Lasting): UnixMs[] => [
  fromAt,
  ...(toAt === null ? [] : [toAt]),
]

const lastsAt = ({ fromAt, toAt }: Lasting, at: UnixMs): boolean =>
  fromAt <= at && (toAt ?? Infinity) > at

const isThereAt = (period: Period, at: UnixMs): boolean =>
  lastsAt(period, at) && !(period.away ?? []).some((each) => lastsAt(each, at))
