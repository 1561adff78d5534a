import { sql } from 'kysely'
import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

const ROLES = ['citizen', 'worker', 'leader', 'authority', 'it', 'auditor']

/** Everything staff may be, accounts that are closed for a time, and teams with their people. */
export async function up(database: AnyDatabase): Promise<void> {
  await widenRoles(database)
  await database.schema.alterTable('people').addColumn('disabled_at', instant(database)).execute()
  await createTeams(database)
  await gatherFirstTeam(database)
}

/** SQLite cannot change a CHECK: the table is built anew and takes over what the old one held. */
async function widenRoles(database: AnyDatabase): Promise<void> {
  const { schema } = database
  await strict(database, schema.createTable('person_roles_next'))
    .addColumn('person_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('role', 'text', (column) => column.notNull().check(isOneOf('role', ROLES)))
    .addPrimaryKeyConstraint('person_roles_each_once', ['person_id', 'role'])
    .execute()
  await sql`insert into person_roles_next (person_id, role)
    select person_id, role from person_roles`.execute(database)
  await schema.dropTable('person_roles').execute()
  await schema.alterTable('person_roles_next').renameTo('person_roles').execute()
}

async function createTeams(database: AnyDatabase): Promise<void> {
  const { schema } = database
  await strict(database, schema.createTable('teams'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', instant(database), (column) => column.notNull())
    .execute()
  await strict(database, schema.createTable('team_members'))
    .addColumn('team_id', 'text', (column) => column.notNull().references('teams.id'))
    .addColumn('person_id', 'text', (column) => column.notNull().references('people.id'))
    .addPrimaryKeyConstraint('team_members_each_once', ['team_id', 'person_id'])
    .execute()
  await schema.createIndex('team_members_person').on('team_members').column('person_id').execute()
}

/** Records from before there were teams: everybody is in one, so that somebody can lead them. */
async function gatherFirstTeam(database: AnyDatabase): Promise<void> {
  const id = '01900000-0000-7000-8000-000000000201'
  await sql`insert into teams (id, name, created_at)
    select ${sql.lit(id)}, 'Team 1', min(created_at) from people having count(*) > 0`.execute(
    database,
  )
  await sql`insert into team_members (team_id, person_id)
    select ${sql.lit(id)}, id from people`.execute(database)
}
