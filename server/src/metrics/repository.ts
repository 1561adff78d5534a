import type { AttemptResult, Outcome, Path, PersonId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { Selectable } from 'kysely'
import type { AuditRow, CallLegRow } from '../database/schema.ts'

/** An ended call, as far as it is counted. */
export interface EndedRow {
  readonly worker_id: PersonId
  readonly citizen_id: PersonId
  readonly outcome: Outcome | null
  readonly path: Path | null
  readonly noticed_at: UnixMs | null
  readonly created_at: UnixMs
  readonly answered_at: UnixMs | null
  readonly connected_at: UnixMs | null
  readonly ended_at: UnixMs
  readonly result: AttemptResult | null
}

/** From the first moment up to the second, which is not part of it. */
export interface Span {
  readonly from: UnixMs
  readonly to: UnixMs
}

/** What has been written down, read to be counted. */
export function makeMetricsRepository(database: Database) {
  return {
    async loadEnded({ from, to }: Span, createdFrom: UnixMs): Promise<EndedRow[]> {
      const rows = await database
        .selectFrom('calls')
        .select(['worker_id', 'citizen_id', 'outcome', 'path', 'noticed_at', 'created_at'])
        .select(['answered_at', 'connected_at', 'ended_at', 'result'])
        // For the index: nobody talks for a whole day.
        .where('created_at', '>', createdFrom)
        .where('ended_at', '>=', from)
        .where('ended_at', '<', to)
        .orderBy('created_at')
        .execute()
      return rows.flatMap((row) =>
        row.ended_at === null ? [] : [{ ...row, ended_at: row.ended_at }],
      )
    },

    loadLegs({ from, to }: Span, startedFrom: UnixMs): Promise<Leg[]> {
      return database
        .selectFrom('call_legs')
        .innerJoin('calls', 'calls.id', 'call_id')
        .select(['call_legs.path', 'worker_rtt_ms', 'worker_loss_percent'])
        .select(['citizen_rtt_ms', 'citizen_loss_percent'])
        .where('created_at', '>', startedFrom)
        .where('call_legs.ended_at', '>=', from)
        .where('call_legs.ended_at', '<', to)
        .execute()
    },

    /** How long each notice took that was shown in this time, in milliseconds. */
    async loadAcks({ from, to }: Span): Promise<number[]> {
      const rows = await database
        .selectFrom('push_notices')
        .select(['created_at', 'arrived_at'])
        .where('arrived_at', '>=', from)
        .where('arrived_at', '<', to)
        .execute()
      return rows.flatMap(({ created_at, arrived_at }) =>
        arrived_at === null ? [] : [Math.max(0, arrived_at - created_at)],
      )
    },

    async loadReports({ from, to }: Span): Promise<string[]> {
      const rows = await database
        .selectFrom('tech_reports')
        .select('report')
        .where('created_at', '>=', from)
        .where('created_at', '<', to)
        .execute()
      return rows.map(({ report }) => report)
    },

    async findLastEvent(): Promise<number> {
      const row = await database
        .selectFrom('audit_events')
        .select('seq')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row?.seq ?? 0
    },

    /** The next lines, oldest first; at most a thousand. */
    loadEvents(afterSeq: number): Promise<Pick<AuditRow, 'seq' | 'action' | 'details'>[]> {
      return database
        .selectFrom('audit_events')
        .select(['seq', 'action', 'details'])
        .where('seq', '>', afterSeq)
        .orderBy('seq')
        .limit(1_000)
        .execute()
    },
  }
}

/** What both sides have said of one way between them. */
export type Leg = Pick<
  Selectable<CallLegRow>,
  'path' | 'worker_rtt_ms' | 'worker_loss_percent' | 'citizen_rtt_ms' | 'citizen_loss_percent'
>
