import { sql } from 'kysely'
import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

const LINES = ['installed', 'camera', 'microphone', 'sound', 'relay', 'woken']

/** One more line of a home visit. SQLite cannot widen a CHECK: the table is written anew. */
export async function up(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  const { schema } = database
  await strict(database, schema.createTable('device_checks_next'))
    .addColumn('device_id', 'text', (column) => column.notNull().references('devices.id'))
    .addColumn('line', 'text', (column) => column.notNull().check(isOneOf('line', LINES)))
    .addColumn('is_ok', 'integer', (column) => column.notNull().check(sql`is_ok in (0, 1)`))
    .addColumn('at', at, (column) => column.notNull())
    .addPrimaryKeyConstraint('device_checks_next_key', ['device_id', 'line'])
    .execute()
  await sql`insert into device_checks_next select * from device_checks`.execute(database)
  await schema.dropTable('device_checks').execute()
  await schema.alterTable('device_checks_next').renameTo('device_checks').execute()
}
