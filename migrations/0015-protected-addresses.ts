import { strict, type AnyDatabase } from './dialect.ts'

/** Citizens whose calls never show an address. Why, since when and by whom is not in it. */
export async function up(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('protected_addresses'))
    .addColumn('citizen_id', 'text', (column) =>
      column.primaryKey().notNull().references('people.id'),
    )
    .execute()
}
