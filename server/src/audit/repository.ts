import type { PersonId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { AuditRow } from '../database/schema.ts'

/** How many lines are read at a time when all are. */
const PAGE_ROWS = 500

export type AuditRepository = ReturnType<typeof makeAuditRepository>

/** The audit log in SQL. There is no statement here that changes or removes a line. */
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

    /** Every line in its order, a page in memory at a time. */
    async *listRows(): AsyncGenerator<AuditRow> {
      let after = Number.MIN_SAFE_INTEGER
      for (;;) {
        const rows = await database
          .selectFrom('audit_events')
          .selectAll()
          .where('seq', '>', after)
          .orderBy('seq')
          .limit(PAGE_ROWS)
          .execute()
        yield* rows
        const last = rows.at(-1)
        if (last === undefined) return
        after = last.seq
      }
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
