import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { Audit } from '../../../server/src/audit/audit.ts'
import { readConfig } from '../../../server/src/config.ts'
import { believeClock } from '../../../server/src/health/known-time.ts'
import { openDatabase, type Database } from '../../../server/src/database/open.ts'
import { Retention, type Removed } from '../../../server/src/retention/retention.ts'
import { Secrets } from '../../../server/src/secrets/secrets.ts'
import { waitFor } from '../../e2e/support/wait.ts'
import { listen, makeTempDir } from '../../helpers/build-app.ts'
import { runCli, runCliJson } from '../../helpers/cli.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { FIXTURE_KEY, fillRecords } from '../../helpers/records.ts'

const DAY_MS = 24 * 3_600_000
/** Late in the evening: what is kept are days, whatever the hour. */
const FROM_AT = Date.UTC(2026, 0, 5, 20)
const SIZE = {
  ...{ citizens: 3, workers: 2, days: 3, callsPerDay: 4, auditLinesPerDay: 300 },
  fromAt: FROM_AT,
}
const SYSTEM = { kind: 'system' } as const

async function makeWorld(t: Test, env: Record<string, string> = {}) {
  const dataDir = makeTempDir(t)
  const database = openDatabase(await fillRecords(dataDir, SIZE))
  t.teardown(() => database.destroy())
  const clock = new FakeClock(FROM_AT + 3 * DAY_MS)
  const secrets = new Secrets(Buffer.from(FIXTURE_KEY, 'hex'))
  const audit = new Audit({ database, clock, secrets })
  const config = readConfig(env).retention
  const retention = new Retention({ database, clock, audit, config })
  /** The beginning of the day that is so many days after that of the first row. */
  const moveTo = (days: number) => {
    clock.advance(Math.floor(FROM_AT / DAY_MS) * DAY_MS + days * DAY_MS - clock.now())
  }
  return { dataDir, database, clock, audit, retention, moveTo }
}

async function countOf(database: Database, query: string): Promise<number> {
  const { rows } = await sql<{ n: number | null }>`${sql.raw(`select ${query}`)}`.execute(database)
  return rows[0]?.n ?? 0
}

const sum = (removed: Removed) => Object.values(removed).reduce((all, count) => all + count, 0)

t.test('L-02 calls go after 183 whole days and not the day before, and are counted', async (t) => {
  const { database, retention, moveTo } = await makeWorld(t)
  await sql`insert into teams values ('team-1', 'Team 1', 1)`.execute(database)
  await sql`insert into team_members values ('team-1', 'citizen-0')`.execute(database)
  const counted = async () => ({
    rows: await countOf(database, 'count(*) as n from calls'),
    legs: await countOf(database, 'count(*) as n from call_legs'),
    all: await countOf(
      database,
      '(select count(*) from calls) + coalesce((select sum(count) from call_months), 0) as n',
    ),
  })
  moveTo(183)
  t.equal((await retention.run(SYSTEM)).calls, 0)
  t.strictSame(await counted(), { rows: 12, legs: 12, all: 12 })
  moveTo(184)
  // Of the first evening one; the others are of the days after.
  t.equal((await retention.count()).calls, 1)
  t.equal((await retention.run(SYSTEM)).calls, 1)
  t.strictSame(await counted(), { rows: 11, legs: 11, all: 12 })
  moveTo(200)
  t.equal((await retention.run(SYSTEM)).calls, 11)
  t.strictSame(await counted(), { rows: 0, legs: 0, all: 12 })
  const months = await database.selectFrom('call_months').selectAll().orderBy('team_id').execute()
  const kind = { month: '2026-01', mode: 'video', outcome: 'completed', from_minutes: 15 } as const
  t.strictSame(
    months.map((row) => ({ ...row })),
    [
      { ...kind, team_id: '', count: 8 },
      { ...kind, team_id: 'team-1', count: 4 },
    ],
    '20 minutes less 10 seconds each, by the citizen’s team',
  )
  t.equal(sum(await retention.count()), 0)
})

t.test('L-02 the audit log loses its old end, and the rest is whole', async (t) => {
  const { audit, database, retention, moveTo } = await makeWorld(t)
  const before = await audit.verify()
  t.match(before, { isWhole: true, count: 900 })
  const head = (await audit.loadHeadText()) ?? ''
  moveTo(396)
  t.equal((await retention.run(SYSTEM)).audit, 0)
  moveTo(397)
  const removed = (await retention.run(SYSTEM)).audit
  // Those of the first day's last four hours.
  t.equal(removed, 49)
  t.match(await audit.verify(), { isWhole: true })
  const left = await countOf(database, 'min(seq) as n from audit_events')
  t.equal(left, 50)
  moveTo(500)
  const rest = (await retention.run(SYSTEM)).audit
  t.ok(rest >= 850, `${rest}, in several steps`)
  t.match(await audit.verify(), { isWhole: true })
  t.match(head, /^900:/)
  // The log goes on from there.
  await audit.record({ action: 'staff.listed', actor: SYSTEM, subjectId: null })
  t.match(await audit.verify(), { isWhole: true })
})

t.test('L-02 an old choice goes a year after it ended; a yes stays', async (t) => {
  const { database, retention, moveTo } = await makeWorld(t)
  const add = async (citizen: string, number: number, kind: string, day: number) => {
    const at = FROM_AT + day * DAY_MS
    await sql`insert into choice_steps (id, citizen_id, purpose, number, kind, at, text_version, language)
      values (${`${citizen}-${number}`}, ${citizen}, 'video', ${number}, ${kind}, ${at}, 1, 'da')`.execute(
      database,
    )
  }
  // All three have said yes on the first day. One stops, one stops and comes again.
  await add('citizen-0', 2, 'withdrawn', 10)
  await add('citizen-1', 2, 'withdrawn', 10)
  await add('citizen-1', 3, 'accepted', 20)
  // One who was only ever asked.
  await sql`insert into people values ('asked', 'Kanariefugl', 0, 1, null, null)`.execute(database)
  await add('asked', 1, 'offered', 10)
  await add('asked', 2, 'later', 12)
  const left = async () => {
    const rows = await database.selectFrom('choice_steps').select('id').orderBy('id').execute()
    return rows.map(({ id }) => id).join(' ')
  }
  const all = await left()
  moveTo(10 + 365)
  t.equal((await retention.run(SYSTEM)).choice, 0)
  t.equal(await left(), all)
  moveTo(10 + 366)
  t.equal((await retention.run(SYSTEM)).choice, 4)
  t.equal(await left(), 'asked-1 asked-2 citizen-1-3 step-2')
  moveTo(12 + 366)
  t.equal((await retention.run(SYSTEM)).choice, 2)
  moveTo(3_000)
  t.equal((await retention.run(SYSTEM)).choice, 0)
  t.equal(await left(), 'citizen-1-3 step-2')
})

t.test('L-02 what is over of signing in goes on the day after', async (t) => {
  const { database, retention, moveTo } = await makeWorld(t)
  const end = FROM_AT + 30 * DAY_MS
  const statements = [
    `insert into sessions (id, token_hash, person_id, device_id, created_at, expires_at, used_at)
      values ('s', 'h', 'worker-0', 'device-of-worker-0', 1, ${end}, ${end - 1})`,
    `insert into invitations values ('i', 'worker-0', 'h', 1, ${end}, null)`,
    `insert into pairings (id, citizen_id, worker_id, session_id, code_hash, secret_hash, state, created_at,
       expires_at) values ('p', 'citizen-0', 'worker-0', 's', 'c', 's', 'open', 1, ${end})`,
    `insert into oidc_logouts values ('j', null, 'sid', 1, ${end})`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(database)
  moveTo(30)
  t.equal(sum(await retention.run(SYSTEM)), 0)
  moveTo(31)
  const gone = { sessions: 1, invitations: 1, pairings: 1, logouts: 1 }
  t.match(await retention.count(), gone)
  t.match(await retention.run(SYSTEM), gone)
  t.equal(sum(await retention.run(SYSTEM)), 0)
  const lines = await database
    .selectFrom('audit_events')
    .select(['actor_kind', 'details', 'subject_id'])
    .where('action', '=', 'retention.run')
    .where('details', 'like', '%logouts%')
    .execute()
  t.strictSame(
    lines.map((line) => ({ ...line })),
    [{ actor_kind: 'system', details: '{"count":1,"kind":"logouts"}', subject_id: null }],
  )
})

t.test('what cannot be removed of one class keeps no other', async (t) => {
  const { database, retention, moveTo } = await makeWorld(t)
  await sql`create trigger stuck before delete on calls begin select raise(abort, 'stuck'); end`.execute(
    database,
  )
  moveTo(400)
  await t.rejects(retention.run(SYSTEM), { errors: [{ message: /stuck/ }] })
  t.equal(await countOf(database, 'count(*) as n from calls'), 12)
  t.equal(await countOf(database, 'count(*) as n from audit_events where seq = 1'), 0, 'the log')
})

t.test('a server catches up at its start, goes on each day, and counts it', async (t) => {
  const dataDir = makeTempDir(t)
  const databaseFile = await fillRecords(dataDir, SIZE)
  const clock = new FakeClock(FROM_AT + 185 * DAY_MS)
  const env = {
    DATA_DIR: dataDir,
    MASTER_KEY: FIXTURE_KEY,
    DEMO: 'off',
    RETENTION_AUDIT_DAYS: '190',
  }
  const { app } = await listen(t, { databaseFile, clock, env })
  const left = (table: string) => countOf(app.database, `count(*) as n from ${table}`)
  await waitFor('the missed days', async () => ((await left('calls')) < 12 ? true : undefined))
  await waitFor('the line', async () =>
    (await countOf(
      app.database,
      `count(*) as n from audit_events where action = 'retention.run'`,
    )) > 0
      ? true
      : undefined,
  )
  t.equal(await countOf(app.database, 'count(*) as n from audit_events where seq = 1'), 1)
  clock.sleep(10 * DAY_MS)
  await waitFor('the days since', async () =>
    (await left('calls')) === 0 &&
    (await countOf(app.database, 'count(*) as n from audit_events where seq <= 900')) === 0
      ? true
      : undefined,
  )
  t.match(await app.audit.verify(), { isWhole: true })
  await waitFor('the figures', async () => {
    const { body } = await app.inject('/metrics')
    return /naervaer_retention_deleted_total\{class="calls"\} 12\n/.test(body) ? true : undefined
  })
})

t.test('a clock that is years ahead removes nothing, and it is said', async (t) => {
  const dataDir = makeTempDir(t)
  const databaseFile = await fillRecords(dataDir, SIZE)
  const env = { DATA_DIR: dataDir, MASTER_KEY: FIXTURE_KEY, DEMO: 'off' }
  const begin = async (days: number) => {
    const clock = new FakeClock(FROM_AT + days * DAY_MS)
    const { app } = await listen(t, { databaseFile, clock, env })
    const readDegraded = async () => {
      await app.parts.look()
      return app.parts.state.degraded
    }
    await readDegraded()
    const left = () => countOf(app.database, 'count(*) as n from calls')
    return { app, clock, readDegraded, left }
  }

  const before = await begin(5)
  t.notOk((await before.readDegraded()).includes('retention'))
  // The clock is set while the server runs; the next day begins soon after.
  before.clock.set(3_000 * DAY_MS)
  before.clock.sleep(1)
  t.ok((await before.readDegraded()).includes('retention'))
  t.equal(await before.left(), 12)
  before.clock.set(-3_000 * DAY_MS)
  await before.readDegraded()
  await before.app.close()

  const ahead = await begin(3_000)
  t.ok((await ahead.readDegraded()).includes('retention'), 'since its start')
  ahead.clock.sleep(DAY_MS)
  t.equal(await ahead.left(), 12)
  await ahead.app.close()

  // The time that a server notes meanwhile is not that of a clock it doubts.
  const again = await begin(3_000)
  t.ok((await again.readDegraded()).includes('retention'), 'a restart alone says nothing')
  t.equal(await again.left(), 12)
  await believeClock(again.app.database, FROM_AT + 3_000 * DAY_MS)
  await again.app.close()

  const looked = await begin(3_000)
  await waitFor('what is old', async () => ((await looked.left()) === 0 ? true : undefined))
})

t.test('naervaer retention run counts first and removes then', async (t) => {
  const { dataDir, database } = await makeWorld(t, {})
  const env = {
    ...{ DATA_DIR: dataDir, MASTER_KEY: FIXTURE_KEY },
    ...{ PATH: process.env['PATH'] ?? '', RETENTION_CALLS_DAYS: '7' },
  }
  const counted = await runCliJson<Removed>(env, 'retention', 'run', '--dry-run')
  t.match(counted, { calls: 12, choice: 0 })
  t.strictSame(await runCliJson<Removed>(env, 'retention', 'run', '--dry-run'), counted)
  t.match(await runCliJson<Removed>(env, 'retention', 'run'), { calls: 12 })
  const noted = await countOf(database, 'at as n from heartbeat')
  t.ok(Math.abs(noted - Date.now()) < 60_000, 'whoever removes by hand believes the clock')
  const { stdout } = await runCli(env, 'retention', 'run')
  t.match(stdout, /^CLASS +REMOVED\ncalls +0\n/)
  t.match(await runCli(env, 'audit', 'verify'), { code: 0 })
})
