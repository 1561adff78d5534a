import { sql } from 'kysely'
import t from 'tap'
import type { AnyDatabase } from '../../../migrations/dialect.ts'
import * as people from '../../../migrations/0001-people.ts'
import * as devicesAndSessions from '../../../migrations/0002-devices-and-sessions.ts'
import * as calls from '../../../migrations/0003-calls.ts'
import { migrate } from '../../../server/src/database/migrate.ts'
import { openDatabase } from '../../../server/src/database/open.ts'

t.test('calls and legs of before are kept when a call may end by revocation', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => database.destroy())
  // As migrations see it.
  const untyped = database as unknown as AnyDatabase
  for (const step of [people, devicesAndSessions, calls]) await step.up(untyped)
  await sql`create table migrations (name text primary key not null, applied_at integer not null) strict`.execute(
    database,
  )
  await sql`insert into migrations values ('0001-people', 1), ('0002-devices-and-sessions', 1),
    ('0003-calls', 1)`.execute(database)
  await sql`insert into people values ('w', 'W', 0, 1), ('c', 'C', 0, 1)`.execute(database)
  await sql`insert into devices values ('v', 'w', 'hash', 1)`.execute(database)
  await sql`insert into calls values ('x', 'w', 'c', 'v', null, 'ended', 4, 1, 'completed',
    'hangup_staff', 'host', 1, 2, 3, 4, null, 5)`.execute(database)
  await sql`insert into call_legs values ('l', 'x', 'host', 4, 5)`.execute(database)
  const before = await database.selectFrom('calls').selectAll().execute()

  t.ok((await migrate(database, 2)).includes('0007-pairing'))
  // Later migrations add columns, and take nothing away.
  t.match(await database.selectFrom('calls').selectAll().execute(), before)
  t.match(await database.selectFrom('call_legs').selectAll().execute(), [{ id: 'l', call_id: 'x' }])
  await sql`update calls set end_reason = 'revoked'`.execute(database)
  await t.rejects(sql`update calls set end_reason = 'bored'`.execute(database), /constraint failed/)
  await t.rejects(
    sql`insert into call_legs (id, call_id, path, started_at)
      values ('m', 'no-call', 'host', 1)`.execute(database),
    /FOREIGN KEY/,
  )
  const broken = await sql`pragma foreign_key_check`.execute(database)
  t.strictSame(broken.rows, [])
})
