import { strict, type AnyDatabase } from './dialect.ts'

/** Citizens' ordinary telephone numbers, for when nobody takes a call: +, country and number (E.164). */
export async function up(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('phones'))
    .addColumn('citizen_id', 'text', (column) =>
      column.primaryKey().notNull().references('people.id'),
    )
    .addColumn('number', 'text', (column) => column.notNull())
    .execute()
}
