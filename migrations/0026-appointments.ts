import { sql } from 'kysely'
import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

const KINDS = ['video', 'visit', 'phone']
const RHYTHMS = ['day', 'week', 'twoWeeks']
const CALLED_OFF = ['citizen', 'waiting', 'worker']

/** What has been agreed, by the clock on the wall in Denmark, and what is otherwise with one time of it. */
export async function up(database: AnyDatabase): Promise<void> {
  await makeAppointments(database)
  await makeExceptions(database)
}

async function makeAppointments(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('appointments'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('citizen_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('worker_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('kind', 'text', (column) => column.notNull().check(isOneOf('kind', KINDS)))
    .addColumn('first_day', 'text', (column) => column.notNull())
    .addColumn('last_day', 'text', (column) => column.notNull())
    .addColumn('rhythm', 'text', (column) => column.check(isOneOf('rhythm', RHYTHMS)))
    .addColumn('weekdays', 'text')
    .addColumn('start_minute', 'integer', (column) => column.notNull())
    .addColumn('length_minutes', 'integer', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('created_at', instant(database), (column) => column.notNull())
    .addCheckConstraint('appointments_of_a_day', sql`start_minute between 0 and 1439`)
    .addCheckConstraint('appointments_have_a_length', sql`length_minutes > 0`)
    .addCheckConstraint('appointments_end_after_they_begin', sql`last_day >= first_day`)
    .execute()
  await database.schema
    .createIndex('appointments_of_citizen')
    .on('appointments')
    .columns(['citizen_id', 'last_day'])
    .execute()
  await database.schema
    .createIndex('appointments_by_day')
    .on('appointments')
    .columns(['last_day', 'first_day'])
    .execute()
}

async function makeExceptions(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('appointment_exceptions'))
    .addColumn('appointment_id', 'text', (column) =>
      column.notNull().references('appointments.id').onDelete('cascade'),
    )
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('moved_day', 'text')
    .addColumn('moved_minute', 'integer')
    .addColumn('moved_length', 'integer')
    .addColumn('worker_id', 'text', (column) => column.references('people.id'))
    .addColumn('called_off', 'text', (column) => column.check(isOneOf('called_off', CALLED_OFF)))
    .addColumn('late_minutes', 'integer', (column) => column.notNull())
    .addColumn('is_held', 'integer', (column) => column.notNull().check(sql`is_held in (0, 1)`))
    .addPrimaryKeyConstraint('appointment_exceptions_key', ['appointment_id', 'day'])
    .addCheckConstraint(
      'appointment_exceptions_move_whole',
      sql`(moved_day is null) = (moved_minute is null) and (moved_day is null) = (moved_length is null)`,
    )
    .execute()
  await database.schema
    .createIndex('appointment_exceptions_by_day')
    .on('appointment_exceptions')
    .column('moved_day')
    .execute()
}
