import { sql } from 'kysely'
import { instant, type AnyDatabase } from './dialect.ts'

/** Since when an account is deleted, which its name told before: somebody may be called so. */
export async function up(database: AnyDatabase): Promise<void> {
  await database.schema.alterTable('people').addColumn('deleted_at', instant(database)).execute()
  await sql`update people set deleted_at = (
    select max(at) from audit_events where action = 'staff.deleted' and subject_id = people.id
  )`.execute(database)
}
