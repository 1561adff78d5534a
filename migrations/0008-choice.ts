import { sql } from 'kysely'
import { instant, isOneOf, isSqlite, strict, type AnyDatabase } from './dialect.ts'

// Written out rather than imported: a migration says what was true when it was released.
const PURPOSES = ['video', 'notify']
const KINDS = [
  'offered',
  'accepted',
  'declined',
  'later',
  'paused',
  'resumed',
  'withdrawn',
  'begun',
]
const ROLES = ['citizen', 'worker', 'leader', 'authority']

/** What citizens have been offered and what they have said: a line for each step, never changed. */
export async function up(database: AnyDatabase): Promise<void> {
  await createSteps(database)
  if (isSqlite(database)) await refuseChanges(database)
}

async function createSteps(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('choice_steps'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('citizen_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('purpose', 'text', (column) => column.notNull().check(isOneOf('purpose', PURPOSES)))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(isOneOf('kind', KINDS)))
    .addColumn('at', at, (column) => column.notNull())
    .addColumn('until_at', at)
    .addColumn('text_version', 'integer')
    .addColumn('language', 'text', (column) => column.check(isOneOf('language', ['da', 'en'])))
    .addColumn('asked_by', 'text', (column) => column.references('people.id'))
    .addColumn('asked_role', 'text', (column) => column.check(isOneOf('asked_role', ROLES)))
    .addColumn('said_on_device', 'text', (column) => column.references('devices.id'))
    .addColumn('heard_by', 'text', (column) => column.references('people.id'))
    .addCheckConstraint('choice_steps_pause', sql`(kind = 'paused') = (until_at is not null)`)
    .addCheckConstraint(
      'choice_steps_text',
      sql`kind <> 'accepted' or (text_version is not null and language is not null)`,
    )
    .addCheckConstraint('choice_steps_one_voice', sql`said_on_device is null or heard_by is null`)
    // Of two that are written at once, the second is refused.
    .addUniqueConstraint('choice_steps_number', ['citizen_id', 'purpose', 'number'])
    .execute()
}

/** A line is added and, when the citizen's records are erased, removed; never rewritten. */
async function refuseChanges(database: AnyDatabase): Promise<void> {
  await sql`create trigger choice_steps_keep before update on choice_steps
    begin select raise(abort, 'what was said is not rewritten'); end`.execute(database)
}
