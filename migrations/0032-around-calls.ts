import { sql } from 'kysely'
import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

// Written out rather than imported: a migration says what was true when it was released.
const REPLACED = ['visit', 'partly', 'extra', 'unknown']
const PICK_UPS = ['step', 'outing', 'home', 'letter', 'meeting', 'people', 'rest', 'wentWell']

/** What is said around a call: that the worker is alone, what the talk replaced, what it takes up again. */
export async function up(database: AnyDatabase): Promise<void> {
  await database.schema
    .alterTable('calls')
    .addColumn('is_worker_alone', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`is_worker_alone in (0, 1)`),
    )
    .execute()
  await database.schema
    .alterTable('calls')
    .addColumn('replaced', 'text', (column) => column.check(isOneOf('replaced', REPLACED)))
    .execute()
  await createPickUps(database)
}

async function createPickUps(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('pick_ups'))
    .addColumn('worker_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('citizen_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('line', 'text', (column) => column.notNull().check(isOneOf('line', PICK_UPS)))
    .addColumn('agreed_at', instant(database), (column) => column.notNull())
    .addPrimaryKeyConstraint('pick_ups_key', ['worker_id', 'citizen_id'])
    .execute()
}
