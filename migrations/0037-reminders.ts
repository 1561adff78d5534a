import { sql } from 'kysely'
import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

// Written out rather than imported: a migration says what was true when it was released.
const LEADS = ['dayBefore', 'soon']
const STATES = ['due', 'sent', 'arrived', 'failed', 'dropped']
const ANSWERS = ['ready', 'more']

/** Reminders of appointments, each once; who wants one the day before; and what a citizen has said to one. */
export async function up(database: AnyDatabase): Promise<void> {
  await createReminders(database)
  await createProgress(database)
  await strict(database, database.schema.createTable('reminder_wishes'))
    .addColumn('citizen_id', 'text', (column) =>
      column.primaryKey().notNull().references('people.id'),
    )
    .execute()
  const { schema } = database
  await schema
    .alterTable('push_notices')
    .addColumn('reminder_id', 'text', (column) =>
      column.references('reminders.id').onDelete('set null'),
    )
    .execute()
  await schema
    .createIndex('push_notices_reminder')
    .on('push_notices')
    .column('reminder_id')
    .execute()
  await schema
    .alterTable('appointment_exceptions')
    .addColumn('answered', 'text', (column) => column.check(isOneOf('answered', ANSWERS)))
    .execute()
}

async function createReminders(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('reminders'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('appointment_id', 'text', (column) =>
      column.notNull().references('appointments.id').onDelete('cascade'),
    )
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('start_at', at, (column) => column.notNull())
    .addColumn('lead', 'text', (column) => column.notNull().check(isOneOf('lead', LEADS)))
    .addColumn('citizen_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('state', 'text', (column) => column.notNull().check(isOneOf('state', STATES)))
    .addColumn('state_at', at, (column) => column.notNull())
    .addUniqueConstraint('reminders_once', ['appointment_id', 'day', 'start_at', 'lead'])
    .execute()
  await database.schema
    .createIndex('reminders_of_citizen')
    .on('reminders')
    .columns(['citizen_id', 'start_at'])
    .execute()
}

async function createProgress(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('reminder_progress'))
    .addColumn('id', 'integer', (column) =>
      column
        .primaryKey()
        .notNull()
        .check(sql`id = 1`),
    )
    .addColumn('done_until', instant(database), (column) => column.notNull())
    .execute()
}
