import { isOneOf, type AnyDatabase } from './dialect.ts'

// Written out rather than imported: a migration says what was true when it was released.
const KINDS = ['video', 'visit', 'phone']

/** One time of a series may be of another kind: this week on the telephone. */
export async function up(database: AnyDatabase): Promise<void> {
  await database.schema
    .alterTable('appointment_exceptions')
    .addColumn('moved_kind', 'text', (column) => column.check(isOneOf('moved_kind', KINDS)))
    .execute()
}
