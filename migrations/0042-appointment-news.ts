import { sql } from 'kysely'
import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

// Written out rather than imported: a migration says what was true when it was released.
const STATES = ['due', 'sent', 'failed', 'dropped']

/** What a citizen is told of an appointment that is moved or called off, also where it is no more. */
export async function up(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('appointment_news'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('citizen_id', 'text', (column) => column.notNull().references('people.id'))
    // No reference: what was taken back is gone, and is told of all the same.
    .addColumn('appointment_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('from_at', at)
    .addColumn('replaces', 'integer', (column) => column.notNull().check(sql`replaces in (0, 1)`))
    .addColumn('tag', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull().check(isOneOf('state', STATES)))
    .addColumn('made_at', at, (column) => column.notNull())
    .addColumn('due_at', at, (column) => column.notNull())
    .execute()
  const { schema } = database
  await schema
    .createIndex('appointment_news_of')
    .on('appointment_news')
    .columns(['appointment_id', 'day'])
    .execute()
  await schema
    .alterTable('push_notices')
    .addColumn('news_id', 'text', (column) =>
      column.references('appointment_news.id').onDelete('set null'),
    )
    .execute()
  await schema.createIndex('push_notices_news').on('push_notices').column('news_id').execute()
}
