import { sql } from 'kysely'
import { instant, strict, type AnyDatabase } from './dialect.ts'

/** When workers are not at work, in whole days. There is no place for a reason. */
export async function up(database: AnyDatabase): Promise<void> {
  const { schema } = database
  await strict(database, schema.createTable('absences'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('worker_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('first_day', 'text', (column) => column.notNull())
    .addColumn('last_day', 'text', (column) => column.notNull())
    .addColumn('created_at', instant(database), (column) => column.notNull())
    .addCheckConstraint('absences_last', sql`last_day >= first_day`)
    .execute()
  await schema.createIndex('absences_worker').on('absences').column('worker_id').execute()
}
