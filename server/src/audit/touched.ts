import { AUDIT_ACTIONS, type AuditAction, type PersonId, type UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import { groupBy } from '../group-by.ts'
import { makeAuditRepository, type TouchedRow } from './repository.ts'

/** From the first moment up to the second, which is not part of it. */
export interface TouchedQuery {
  readonly from: UnixMs
  readonly to: UnixMs
  /** Only what this person did. */
  readonly actorId?: PersonId
}

/** What was read and done about somebody in a span of time. */
export interface Touched {
  /** null for what is about nobody in particular: lists, which show many, and what concerns the installation. */
  readonly subjectId: PersonId | null
  readonly reads: number
  readonly writes: number
  readonly firstAt: UnixMs
  readonly lastAt: UnixMs
  /** Each action, and how often. */
  readonly actions: Readonly<Partial<Record<AuditAction, number>>>
}

export interface Incident {
  /** Whoever was touched most often first. */
  readonly touched: readonly Touched[]
  /** Since when the log says anything; null while it is empty. Before that it knows nothing any more. */
  readonly knownFrom: UnixMs | null
}

/** Who was touched in a span of time, for a breach (GDPR art. 33 and 34, criterion L-12). */
export async function loadIncident(database: Database, query: TouchedQuery): Promise<Incident> {
  const repository = makeAuditRepository(database)
  const bySubject = groupBy(
    await repository.countTouched(query),
    ({ subject_id: subjectId }) => subjectId,
  )
  const touched = [...bySubject].map(([subjectId, rows]) => toTouched(subjectId, rows))
  const size = ({ reads, writes }: Touched) => reads + writes
  return {
    touched: touched.sort((one, other) => size(other) - size(one)),
    knownFrom: await repository.findFirstAt(),
  }
}

function toTouched(subjectId: PersonId | null, rows: readonly TouchedRow[]): Touched {
  // Only actions of the table are ever written.
  const actionOf = (row: TouchedRow) => row.action as AuditAction
  const countOf = (kind: 'lookup' | 'change') =>
    rows
      .filter((row) => AUDIT_ACTIONS[actionOf(row)] === kind)
      .reduce((all, { count }) => all + count, 0)
  return {
    subjectId,
    reads: countOf('lookup'),
    writes: countOf('change'),
    firstAt: Math.min(...rows.map((row) => row.first_at)),
    lastAt: Math.max(...rows.map((row) => row.last_at)),
    actions: Object.fromEntries(rows.map((row) => [row.action, row.count])),
  }
}
