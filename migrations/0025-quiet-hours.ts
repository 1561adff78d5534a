import { sql } from 'kysely'
import { strict, type AnyDatabase } from './dialect.ts'

/** When citizens do not want to be rung: minutes since midnight, by the clock on the wall in Denmark. */
export async function up(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('quiet_hours'))
    .addColumn('citizen_id', 'text', (column) =>
      column.primaryKey().notNull().references('people.id'),
    )
    .addColumn('from_minute', 'integer', (column) => column.notNull())
    .addColumn('to_minute', 'integer', (column) => column.notNull())
    .addCheckConstraint(
      'quiet_hours_of_a_day',
      sql`from_minute between 0 and 1439 and to_minute between 0 and 1439 and from_minute <> to_minute`,
    )
    .execute()
}
