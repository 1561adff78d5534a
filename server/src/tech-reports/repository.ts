import type { UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/** A report as it lies in the table. */
export interface ReportRow {
  readonly code: string
  readonly report: string
  readonly createdAt: UnixMs
  readonly expiresAt: UnixMs
}

/** Technical reports, in SQL. */
export function makeTechReportsRepository(database: Database) {
  return {
    /** @returns whether the code was free */
    async add({ code, report, createdAt, expiresAt }: ReportRow): Promise<boolean> {
      const added = await database
        .insertInto('tech_reports')
        .values({ code, report, created_at: createdAt, expires_at: expiresAt })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return added.numInsertedOrUpdatedRows === 1n
    },

    async find(code: string, now: UnixMs): Promise<ReportRow | null> {
      const row = await database
        .selectFrom('tech_reports')
        .select(['code', 'report', 'created_at as createdAt', 'expires_at as expiresAt'])
        .where('code', '=', code)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return row ?? null
    },

    async count(): Promise<number> {
      const { count } = await database
        .selectFrom('tech_reports')
        .select((select) => select.fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async forget(now: UnixMs): Promise<void> {
      await database.deleteFrom('tech_reports').where('expires_at', '<=', now).execute()
    },
  }
}
