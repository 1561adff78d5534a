import { sql } from 'kysely'
import { isSqlite, type AnyDatabase } from './dialect.ts'

/** Which ends of assignments stand in the audit log, and that nobody is both citizen and staff. */
export async function up(database: AnyDatabase): Promise<void> {
  await noteEnds(database)
  if (isSqlite(database)) await keepRolesApart(database)
}

async function noteEnds(database: AnyDatabase): Promise<void> {
  await database.schema
    .alterTable('assignments')
    .addColumn('is_end_recorded', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`is_end_recorded in (0, 1)`),
    )
    .execute()
  // An end that has its line must not get a second one.
  await sql`update assignments set is_end_recorded = 1 where exists (
    select 1 from audit_events
    where action = 'assignment.ended' and subject_id = assignments.citizen_id
      and details like '%"' || assignments.id || '"%'
  )`.execute(database)
  await database.schema
    .createIndex('assignments_ends')
    .on('assignments')
    .columns(['is_end_recorded', 'to_at'])
    .execute()
}

/** Whoever gives a role, and by whatever way: a citizen is never staff of the same records. */
async function keepRolesApart(database: AnyDatabase): Promise<void> {
  const check = `when exists (select 1 from person_roles where person_id = new.person_id
      and (role = 'citizen') <> (new.role = 'citizen'))
    begin select raise(abort, 'nobody is both citizen and staff'); end`
  for (const event of ['insert', 'update']) {
    await sql
      .raw(`create trigger person_roles_apart_${event} before ${event} on person_roles ${check}`)
      .execute(database)
  }
}
