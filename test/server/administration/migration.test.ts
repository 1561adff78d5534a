import { sql } from 'kysely'
import t from 'tap'
import type { AnyDatabase, Migration } from '../../../migrations/dialect.ts'
import * as people from '../../../migrations/0001-people.ts'
import * as sessions from '../../../migrations/0002-devices-and-sessions.ts'
import * as calls from '../../../migrations/0003-calls.ts'
import * as sessionsAndAudit from '../../../migrations/0004-sessions-and-audit.ts'
import * as teamsAndRoles from '../../../migrations/0009-teams-and-roles.ts'
import * as endsAndRolesApart from '../../../migrations/0011-ends-and-roles-apart.ts'
import * as deletedAccounts from '../../../migrations/0013-deleted-accounts.ts'
import { openDatabase } from '../../../server/src/database/open.ts'

t.test('ends that have their line already are noted as such', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => database.destroy())
  // As migrations see it.
  const untyped = database as unknown as AnyDatabase
  const before: Migration[] = [people, sessions, calls, sessionsAndAudit, teamsAndRoles]
  for (const step of before) await step.up(untyped)
  await sql`insert into people values ('w', 'W', 0, 1, null), ('c', 'C', 0, 1, null)`.execute(
    database,
  )
  await sql`insert into assignments values ('told', 'w', 'c', 'substitute', 1, 2),
    ('untold', 'w', 'c', 'substitute', 2, 3), ('lasting', 'w', 'c', 'primary', 1, null)`.execute(
    database,
  )
  const details = JSON.stringify({ assignmentId: 'told', kind: 'substitute' })
  await sql`insert into audit_events values (1, 2, 'assignment.ended', 'system', null, null, 'c',
    ${details}, 'h', 's')`.execute(database)

  await endsAndRolesApart.up(untyped)
  const rows = await database
    .selectFrom('assignments')
    .select(['id', 'is_end_recorded'])
    .orderBy('id')
    .execute()
  t.strictSame(
    rows.map((row) => [row.id, row.is_end_recorded]),
    [
      ['lasting', 0],
      ['told', 1],
      ['untold', 0],
    ],
  )
})

t.test('accounts deleted before are known by their line, whatever others are called', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => database.destroy())
  // As migrations see it.
  const untyped = database as unknown as AnyDatabase
  const before: Migration[] = [people, sessions, calls, sessionsAndAudit, teamsAndRoles]
  for (const step of before) await step.up(untyped)
  await sql`insert into people values ('gone', '–', 0, 1, 5), ('dash', '–', 0, 1, null),
    ('closed', '–', 0, 1, 3), ('ole', 'Ole', 0, 1, null)`.execute(database)
  await sql`insert into audit_events values (1, 3, 'staff.disabled', 'system', null, null, 'closed',
    '{}', 'h', 's'), (2, 5, 'staff.deleted', 'system', null, null, 'gone', '{}', 'h', 's')`.execute(
    database,
  )

  await deletedAccounts.up(untyped)
  const rows = await database
    .selectFrom('people')
    .select(['id', 'deleted_at'])
    .where('deleted_at', 'is not', null)
    .execute()
  t.strictSame(
    rows.map((row) => [row.id, row.deleted_at]),
    [['gone', 5]],
  )
})
