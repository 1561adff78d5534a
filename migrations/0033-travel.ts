import { sql } from 'kysely'
import { strict, type AnyDatabase } from './dialect.ts'

/** What a visit to a citizen costs on the road, there and back. */
export async function up(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('travel_profiles'))
    .addColumn('citizen_id', 'text', (column) =>
      column.primaryKey().notNull().references('people.id'),
    )
    .addColumn('minutes', 'integer', (column) =>
      column.notNull().check(sql`minutes between 0 and 600`),
    )
    .addColumn('km', 'integer', (column) => column.notNull().check(sql`km between 0 and 1000`))
    .execute()
}
