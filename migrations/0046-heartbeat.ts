import { sql } from 'kysely'
import { instant, strict, type AnyDatabase } from './dialect.ts'

/** When the server last found that it can write. */
export async function up(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('heartbeat'))
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('at', instant(database), (column) => column.notNull())
    .execute()
}
