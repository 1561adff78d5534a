import type { PersonId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { AuditRow } from '../database/schema.ts'
import type { AuditHead } from './audit.ts'
import type { TouchedQuery } from './touched.ts'

/** How many lines are read at a time when all are: some 20 ms in which nothing else is done. */
const PAGE_ROWS = 250

interface LogEnd {
  readonly rows: AuditRow[]
  readonly sealed: string
}

export interface TouchedRow {
  readonly subject_id: PersonId | null
  readonly action: string
  readonly count: number
  readonly first_at: UnixMs
  readonly last_at: UnixMs
}

export type AuditRepository = ReturnType<typeof makeAuditRepository>

/** The audit log in SQL. No statement here changes a line, and one removes those that are too old. */
export function makeAuditRepository(database: Database) {
  return {
    /** Takes the right to write the next line: others wait until it is there. @returns the sealed last one */
    async lockHead(): Promise<string> {
      const row = await database
        .updateTable('audit_head')
        .set((update) => ({ seq: update.ref('seq') }))
        .where('id', '=', 1)
        .returning('sealed')
        .executeTakeFirstOrThrow()
      return row.sealed
    },

    async hasRows(): Promise<boolean> {
      const row = await database
        .selectFrom('audit_events')
        .select('seq')
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },

    async findRow(seq: number): Promise<AuditRow | null> {
      const query = database.selectFrom('audit_events').selectAll().where('seq', '=', seq)
      return (await query.executeTakeFirst()) ?? null
    },

    async add(row: AuditRow, sealedHead: string): Promise<void> {
      await database.insertInto('audit_events').values(row).execute()
      await database
        .updateTable('audit_head')
        .set({ seq: row.seq, sealed: sealedHead })
        .where('id', '=', 1)
        .execute()
    },

    async loadHead(): Promise<{ seq: number; sealed: string }> {
      return database
        .selectFrom('audit_head')
        .select(['seq', 'sealed'])
        .where('id', '=', 1)
        .executeTakeFirstOrThrow()
    },

    /** The number of the last line that standard output has been told; 0 before the first. */
    async loadTold(): Promise<number> {
      const row = await database
        .selectFrom('audit_head')
        .select('told_seq')
        .where('id', '=', 1)
        .executeTakeFirstOrThrow()
      return row.told_seq
    },

    async noteTold(seq: number): Promise<void> {
      await database.updateTable('audit_head').set({ told_seq: seq }).where('id', '=', 1).execute()
    },

    /** The last line that was removed for its age, sealed; '' while none was. */
    async loadAnchor(): Promise<{ seq: number; sealed: string }> {
      return database
        .selectFrom('audit_anchor')
        .select(['seq', 'sealed'])
        .where('id', '=', 1)
        .executeTakeFirstOrThrow()
    },

    /** How many lines are older, but for the last one, which the next is chained to. */
    async countBefore(before: UnixMs): Promise<number> {
      const { count } = await database
        .selectFrom('audit_events')
        .select((row) => row.fn.countAll<number>().as('count'))
        .where('at', '<', before)
        .where('seq', '<', (head) => head.selectFrom('audit_head').select('audit_head.seq'))
        .executeTakeFirstOrThrow()
      return count
    },

    /** The last of the oldest lines that are older, a page of them at most. Lines are in the order of time. */
    async findLastOld(before: UnixMs): Promise<AuditHead | null> {
      const rows = await database
        .selectFrom('audit_events')
        .select(['seq', 'hash', 'at'])
        .where('seq', '<', (head) => head.selectFrom('audit_head').select('audit_head.seq'))
        .orderBy('seq')
        .limit(PAGE_ROWS)
        .execute()
      const last = rows.findLast(({ at }) => at < before)
      return last === undefined ? null : { seq: last.seq, hash: last.hash }
    },

    /** Removes the lines up to this one. @returns how many those were */
    async removeUpTo(seq: number, sealedAnchor: string): Promise<number> {
      await database
        .updateTable('audit_anchor')
        .set({ seq, sealed: sealedAnchor })
        .where('id', '=', 1)
        .execute()
      const { numDeletedRows } = await database
        .deleteFrom('audit_events')
        .where('seq', '<=', seq)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },

    /** The next lines in their order; none at the end. */
    async listAfter(seq: number): Promise<AuditRow[]> {
      return database
        .selectFrom('audit_events')
        .selectAll()
        .where('seq', '>', seq)
        .orderBy('seq')
        .limit(PAGE_ROWS)
        .execute()
    },

    /** The same together with the head of that moment, whoever else writes. */
    async loadEnd(seq: number): Promise<LogEnd> {
      return database.transaction().execute(async (transaction) => {
        const snapshot = makeAuditRepository(transaction)
        const { sealed } = await snapshot.loadHead()
        return { rows: await snapshot.listAfter(seq), sealed }
      })
    },

    /** What was done and read in a span, and about whom, each as often as it was. */
    async countTouched({ from, to, actorId }: TouchedQuery): Promise<TouchedRow[]> {
      let query = database
        .selectFrom('audit_events')
        .select(['subject_id', 'action'])
        .select((row) => [
          row.fn.countAll<number>().as('count'),
          row.fn.min('at').as('first_at'),
          row.fn.max('at').as('last_at'),
        ])
        .where('at', '>=', from)
        .where('at', '<', to)
      if (actorId !== undefined) query = query.where('actor_id', '=', actorId)
      return query.groupBy(['subject_id', 'action']).execute()
    },

    /** When the first line that is still there was written; null while there is none. */
    async findFirstAt(): Promise<UnixMs | null> {
      const query = database.selectFrom('audit_events').select('at').orderBy('seq').limit(1)
      return (await query.executeTakeFirst())?.at ?? null
    },

    /** The newest first. */
    async listOf(
      subjectId: PersonId,
      actions: readonly string[],
      since: UnixMs,
    ): Promise<AuditRow[]> {
      return database
        .selectFrom('audit_events')
        .selectAll()
        .where('subject_id', '=', subjectId)
        .where('action', 'in', [...actions])
        .where('at', '>=', since)
        .orderBy('seq', 'desc')
        .limit(500)
        .execute()
    },
  }
}
