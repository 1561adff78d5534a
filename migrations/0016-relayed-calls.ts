import { sql } from 'kysely'
import type { AnyDatabase } from './dialect.ts'

/** Which live calls are held to a protected address: it outlives a restart, and ends with the call. */
export async function up(database: AnyDatabase): Promise<void> {
  await database.schema
    .alterTable('calls')
    .addColumn('is_relayed', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`is_relayed in (0, 1)`),
    )
    .execute()
}
