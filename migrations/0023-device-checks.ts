import { sql } from 'kysely'
import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

const LINES = ['installed', 'camera', 'microphone', 'sound', 'relay']

/** What a paired device has found of itself: each line as it was last. */
export async function up(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('device_checks'))
    .addColumn('device_id', 'text', (column) => column.notNull().references('devices.id'))
    .addColumn('line', 'text', (column) => column.notNull().check(isOneOf('line', LINES)))
    .addColumn('is_ok', 'integer', (column) => column.notNull().check(sql`is_ok in (0, 1)`))
    .addColumn('at', at, (column) => column.notNull())
    .addPrimaryKeyConstraint('device_checks_key', ['device_id', 'line'])
    .execute()
}
