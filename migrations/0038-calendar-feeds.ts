import { instant, strict, type AnyDatabase } from './dialect.ts'

/** The private address at which a worker's calendar program reads the worker's own appointments. */
export async function up(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('calendar_feeds'))
    .addColumn('worker_id', 'text', (column) =>
      column.primaryKey().notNull().references('people.id'),
    )
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', at, (column) => column.notNull())
    .addColumn('digest', 'text')
    .addColumn('changed_at', at, (column) => column.notNull())
    .execute()
}
