import { instant, strict, type AnyDatabase } from './dialect.ts'

/** What a citizen says on their first page: that they are ready, and that they would like to be rung. */
export async function up(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('readiness'))
    .addColumn('citizen_id', 'text', (column) =>
      column.primaryKey().notNull().references('people.id'),
    )
    .addColumn('until_at', at, (column) => column.notNull())
    .execute()
  await strict(database, database.schema.createTable('callbacks'))
    .addColumn('citizen_id', 'text', (column) =>
      column.primaryKey().notNull().references('people.id'),
    )
    .addColumn('asked_at', at, (column) => column.notNull())
    .addColumn('seen_at', at)
    .execute()
}
