import { sql } from 'kysely'
import type { AnyDatabase } from './dialect.ts'

/** How far the audit log has been told to standard output; what was there before is not told. */
export async function up(database: AnyDatabase): Promise<void> {
  await database.schema
    .alterTable('audit_head')
    .addColumn('told_seq', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`update audit_head set told_seq = seq`.execute(database)
}
