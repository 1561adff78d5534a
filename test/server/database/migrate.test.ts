import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import type { AnyDatabase } from '../../../migrations/dialect.ts'
import { up as widenDeviceChecks } from '../../../migrations/0029-woken.ts'
import { migrate } from '../../../server/src/database/migrate.ts'
import { openDatabase, type Database } from '../../../server/src/database/open.ts'
import { findViolatedColumn } from '../../../server/src/database/unique-violation.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { startServer } from '../../helpers/server-process.ts'

const CALL_COLUMNS =
  'id, worker_id, citizen_id, worker_device_id, state, revision, generation, created_at'

const ALL = readdirSync(new URL('../../../migrations/', import.meta.url))
  .filter((file) => /^\d{4}-/.test(file))
  .map((file) => file.replace('.ts', ''))
  .sort()

async function openMigrated(t: { teardown(end: () => Promise<void>): unknown }): Promise<Database> {
  const database = openDatabase(':memory:')
  t.teardown(() => database.destroy())
  await migrate(database, 1)
  await sql`insert into people (id, name, is_demo, created_at) values ('w', 'W', 0, 1), ('c', 'C', 0, 1), ('d', 'D', 0, 1)`.execute(
    database,
  )
  await sql`insert into devices values ('v', 'w', 'hash', 1)`.execute(database)
  return database
}

const insertCall = (database: Database, id: string, worker: string, citizen: string) =>
  sql`insert into calls (${sql.raw(CALL_COLUMNS)})
      values (${id}, ${worker}, ${citizen}, 'v', 'ringing', 0, 0, 1)`.execute(database)

t.test('every step is applied once, in its order, and a second start applies none', async (t) => {
  const file = join(makeTempDir(t), 'deep', 'naervaer.sqlite')
  const first = openDatabase(file)
  t.strictSame(await migrate(first, 5), ALL)
  await first.destroy()
  const second = openDatabase(file)
  t.teardown(() => second.destroy())
  t.strictSame(await migrate(second, 6), [])
  const rows = await second.selectFrom('migrations').selectAll().execute()
  t.ok(rows.every((row) => row.applied_at === 5))
  const mode = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(second)
  t.equal(mode.rows[0]?.journal_mode, 'wal')
})

t.test('two processes that start at once apply each step once', async (t) => {
  const DATA_DIR = makeTempDir(t)
  await Promise.all([startServer(t, { DATA_DIR }), startServer(t, { DATA_DIR })])
  const database = openDatabase(join(DATA_DIR, 'naervaer.sqlite'))
  t.teardown(() => database.destroy())
  const rows = await database.selectFrom('migrations').select('name').execute()
  t.equal(rows.length, ALL.length)
})

t.test('all tables are strict, and types are held', async (t) => {
  const database = await openMigrated(t)
  const tables = await sql<{ name: string; strict: number }>`
    select name, strict from pragma_table_list where schema = 'main' and name not like 'sqlite_%'
  `.execute(database)
  t.ok(tables.rows.length >= 8)
  t.strictSame(
    tables.rows.filter((table) => table.strict !== 1),
    [],
  )
  await t.rejects(
    sql`insert into people (id, name, is_demo, created_at) values ('x', 'X', 0, 'yesterday')`.execute(
      database,
    ),
    /cannot store TEXT value in INTEGER column/,
  )
})

t.test('constraints hold what the code promises', async (t) => {
  const database = await openMigrated(t)
  const bad = [
    sql`insert into person_roles values ('w', 'king')`,
    sql`insert into person_roles values ('nobody', 'worker')`,
    sql`insert into assignments values ('a', 'w', 'c', 'guessed', 1, null, 0)`,
    sql`insert into assignments values ('a', 'w', 'c', 'primary', 2, 1, 0)`,
    sql`insert into assignments values ('a', 'w', 'w', 'primary', 1, null, 0)`,
    sql`insert into calls (${sql.raw(CALL_COLUMNS)}) values ('x', 'w', 'c', 'v', 'asleep', 0, 0, 1)`,
    sql`insert into calls (${sql.raw(CALL_COLUMNS)}) values ('x', 'w', 'c', 'v', 'ended', 0, 0, 1)`,
    sql`insert into calls (${sql.raw(CALL_COLUMNS)}, outcome)
        values ('x', 'w', 'c', 'v', 'ringing', 0, 0, 1, 'missed')`,
    sql`insert into call_legs (id, call_id, path, started_at) values ('l', 'no-call', 'host', 1)`,
    sql`insert into calls (${sql.raw(CALL_COLUMNS)}, result)
        values ('x', 'w', 'c', 'v', 'ringing', 0, 0, 1, 'guessed')`,
  ]
  for (const statement of bad) {
    await t.rejects(
      statement.execute(database),
      /constraint failed/,
      statement.compile(database).sql,
    )
  }
})

t.test('nobody is in two live calls, and the error says who would be', async (t) => {
  const database = await openMigrated(t)
  await insertCall(database, '1', 'w', 'c')
  const columns: (string | null)[] = []
  for (const [worker, citizen] of [
    ['w', 'd'],
    ['d', 'c'],
  ] as const) {
    await insertCall(database, worker + citizen, worker, citizen).catch((error: unknown) => {
      columns.push(findViolatedColumn(error))
    })
  }
  t.strictSame(columns, ['calls.worker_id', 'calls.citizen_id'])
  await sql`update calls set state = 'ended', outcome = 'missed', end_reason = 'timeout',
    ended_at = 2`.execute(database)
  await t.resolves(insertCall(database, '2', 'w', 'c'), 'an ended call is in nobody’s way')
})

t.test('what a home visit has shown is kept when the list becomes longer', async (t) => {
  const database = await openMigrated(t)
  await sql`insert into device_checks values ('v', 'camera', 1, 5)`.execute(database)
  // As migrations see it: before its tables are known.
  await widenDeviceChecks(database as unknown as AnyDatabase)
  await sql`insert into device_checks values ('v', 'woken', 1, 6)`.execute(database)
  const rows = await database.selectFrom('device_checks').selectAll().execute()
  t.strictSame(rows, [
    { device_id: 'v', line: 'camera', is_ok: 1, at: 5 },
    { device_id: 'v', line: 'woken', is_ok: 1, at: 6 },
  ])
  await t.rejects(sql`insert into device_checks values ('v', 'door', 1, 7)`.execute(database))
  await t.rejects(sql`insert into device_checks values ('v', 'woken', 1, 7)`.execute(database))
})
