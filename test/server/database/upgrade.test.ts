import { copyFileSync, globSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import SqliteFile from 'better-sqlite3'
import t, { type Test } from 'tap'
import { loadLastBackup } from '../../../server/src/backup/make-backup.ts'
import { countRows, findFlaw, listSteps } from '../../../server/src/backup/manifest.ts'
import { STEP_NAMES } from '../../../server/src/database/migrate.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { runCli, runCliJson } from '../../helpers/cli.ts'
import { FIXTURE_KEY, fillRecords, KEEP_ALL } from '../../helpers/records.ts'
import { spawnServer, startServer } from '../../helpers/server-process.ts'
import { makeBackupWorld, type BackupWorld } from '../backup/backup-world.ts'

/** Each command is a process of its own. */
const PROCESSES_LIMIT_MS = 120_000

/** Records as each version of Nærvær has left them; one is added with each release. */
const FIXTURES = globSync('*.sqlite.gz', {
  cwd: new URL('../../fixtures/records/', import.meta.url).pathname,
}).sort()

function unpack(t: Test, name: string): { env: Record<string, string>; file: string } {
  const dataDir = makeTempDir(t)
  const file = join(dataDir, 'naervaer.sqlite')
  const packed = readFileSync(new URL(`../../fixtures/records/${name}`, import.meta.url))
  writeFileSync(file, gunzipSync(packed))
  const env = { DATA_DIR: dataDir, MASTER_KEY: FIXTURE_KEY, LOG_LEVEL: 'warn', ...KEEP_ALL }
  return { env, file }
}

function look<T>(path: string, read: (file: SqliteFile.Database) => T): T {
  const file = new SqliteFile(path)
  try {
    return read(file)
  } finally {
    file.close()
  }
}

t.test('records of every kept version are brought up to date, and nothing is lost', async (t) => {
  t.setTimeout(PROCESSES_LIMIT_MS)
  t.ok(FIXTURES.length > 0)
  for (const name of FIXTURES) {
    const { env, file } = unpack(t, name)
    const [before, older] = [look(file, countRows), look(file, listSteps)]
    t.match(older.at(-1), basename(name, '.sqlite.gz'))
    t.ok(older.length < STEP_NAMES.length, 'there is something to do')
    const server = await startServer(t, { ...env, DEMO: 'off' })
    t.equal((await fetch(`${server.origin}/health`)).status, 200)
    t.equal((await fetch(`${server.origin}/ready`)).status, 200, 'it reads and writes')
    await server.kill()
    t.strictSame(look(file, listSteps), [...STEP_NAMES])
    t.equal(look(file, findFlaw), null)
    const after = look(file, countRows)
    for (const [table, count] of Object.entries(before)) {
      t.ok((after[table] ?? 0) >= count, `${name}: ${table}`)
    }
    for (const table of ['people', 'calls', 'call_legs', 'choice_steps', 'appointments']) {
      t.ok((before[table] ?? 0) > 0, `${name}: ${table}`)
    }
    const [copy = ''] = globSync('*.before-migration-*', { cwd: env['DATA_DIR'] ?? '' })
    const kept = join(env['DATA_DIR'] ?? '', copy)
    t.strictSame(look(kept, listSteps), older, 'kept as it was before')
    t.strictSame(look(kept, countRows), before)
    t.match(await runCli(env, 'audit', 'verify'), { code: 0, stdout: /is whole/ })
    const staff = await runCliJson<unknown[]>(env, 'admin', 'list')
    t.ok(staff.length > 0, 'and their names can be read')
  }
})

t.test(
  'before a migration the records are kept, by the server and by the command line',
  async (t) => {
    t.setTimeout(PROCESSES_LIMIT_MS)
    const { env, file } = unpack(t, FIXTURES[0] ?? '')
    const older = look(file, listSteps)
    const dry = await runCliJson<{ steps: string[] }>(env, 'migrate', '--dry-run')
    t.ok(dry.steps.includes('0038-calendar-feeds'))
    t.strictSame(look(file, listSteps), older, 'a rehearsal changes nothing')
    const done = await runCliJson<{ steps: string[]; copy: string }>(env, 'migrate')
    t.strictSame(done.steps, dry.steps)
    t.strictSame(look(done.copy, listSteps), older, 'as it was')
    t.equal(statSync(done.copy).mode & 0o777, 0o600)
    t.match(await runCli(env, 'migrate'), { code: 0, stdout: 'The records are up to date.\n' })
    // Many upgrades later: by the server this time.
    for (const day of ['01', '02', '03', '04']) {
      copyFileSync(done.copy, `${file}.before-migration-2026-01-${day}T00-00-00Z`)
    }
    copyFileSync(done.copy, file)
    const server = await startServer(t, { ...env, DEMO: 'off' })
    await server.kill()
    const copies = readdirSync(env['DATA_DIR'] ?? '').filter((name) => name.includes('.before-'))
    t.equal(copies.length, 3, 'the last three')
  },
)

t.test('a rehearsal beside a server that runs writes nothing, and disturbs nobody', async (t) => {
  t.setTimeout(PROCESSES_LIMIT_MS)
  const { env, file } = unpack(t, FIXTURES[0] ?? '')
  const server = await startServer(t, { ...env, DEMO: 'off' })
  // As the server of the version before leaves them, which does not know that step.
  look(file, (records) =>
    records.exec(`alter table migrations drop column needs;
      delete from migrations where name = '0053-what-steps-need'`),
  )
  const state = () => ({
    steps: look(file, listSteps),
    people: look(file, (records) => records.prepare('select * from people').all()),
    files: readdirSync(env['DATA_DIR'] ?? '').sort(),
  })
  const before = state()
  const dry = await runCliJson<{ steps: string[] }>(env, 'migrate', '--dry-run')
  t.strictSame(dry.steps, ['0053-what-steps-need'])
  t.strictSame(state(), before)
  t.equal((await fetch(`${server.origin}/ready`)).status, 200)
})

t.test('with a key for backups that copy is encrypted, and can be restored', async (t) => {
  t.setTimeout(PROCESSES_LIMIT_MS)
  const { env } = unpack(t, FIXTURES[0] ?? '')
  const world = await makeBackupWorld(t)
  const both = { ...world.env, ...env }
  const { copy } = await runCliJson<{ copy: string }>(both, 'migrate')
  t.ok(copy.startsWith(world.folder) && copy.endsWith('.age'))
  t.equal(await loadLastBackup(env['DATA_DIR'] ?? ''), null, 'no night is covered by it')
  const looked = await runCli(both, 'restore', copy, '--key', world.keyFile)
  t.match(looked, { code: 0, stdout: /Brought up to date: .*0038-calendar-feeds/ })
})

t.test('records that cannot be kept are not changed', async (t) => {
  t.setTimeout(PROCESSES_LIMIT_MS)
  const { env, file } = unpack(t, FIXTURES[0] ?? '')
  const older = look(file, listSteps)
  const world = await makeBackupWorld(t)
  // A file where the folder is to be.
  const BACKUP_DIR = join(makeTempDir(t), 'file')
  writeFileSync(BACKUP_DIR, '')
  const closed = { ...env, BACKUP_PUBLIC_KEY: world.env['BACKUP_PUBLIC_KEY'] ?? '', BACKUP_DIR }
  const server = spawnServer(t, closed, 1)
  t.equal(await server.exited, 1)
  t.match(server.stderr(), /^Nærvær: BACKUP_FOLDER_UNUSABLE: /)
  t.strictSame(look(file, listSteps), older)
})

/** Records of this version, after the next one has been there. */
async function makeFromTomorrow(t: Test, sql: string): Promise<BackupWorld> {
  const world = await makeBackupWorld(t)
  const file = await fillRecords(world.dataDir, {
    ...{ citizens: 3, workers: 1, days: 2, callsPerDay: 2, auditLinesPerDay: 5 },
    fromAt: Date.UTC(2026, 9, 1),
  })
  look(file, (records) => records.exec(sql))
  return world
}

/** What a step may do while the version before still runs: add, and give defaults. */
const WIDENED = `
  create table tomorrow (id text primary key not null, person_id text references people (id)) strict;
  alter table calls add column mood text default 'calm';
  alter table people add column pronoun text;
  insert into migrations (name, applied_at) values ('9999-tomorrow', 1)`

const WORKER = '01900000-0000-7000-8000-000000000001'

async function signInDemo(origin: string): Promise<unknown> {
  const signedIn = await fetch(`${origin}/api/demo/sign-in`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ personId: WORKER }),
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const session = await fetch(`${origin}/api/session`, { headers: { cookie } })
  return session.json()
}

t.test('this version runs on records that the next one has widened, and says so', async (t) => {
  t.setTimeout(PROCESSES_LIMIT_MS)
  const world = await makeFromTomorrow(t, WIDENED)
  const before = look(world.databaseFile, countRows)
  const server = await startServer(t, { ...world.env, DEMO: 'on' })
  t.match(server.stdout(), /"code":"SCHEMA_NEWER","steps":\["9999-tomorrow"\]/)
  t.match(await signInDemo(server.origin), { you: { id: WORKER } })
  t.equal((await fetch(`${server.origin}/ready`)).status, 200)
  await server.kill()
  const after = look(world.databaseFile, countRows)
  t.ok((after['sessions'] ?? 0) > (before['sessions'] ?? 0), 'it writes')
  t.equal(after['tomorrow'], before['tomorrow'])
  t.match(await runCli(world.env, 'audit', 'verify'), { code: 0, stdout: /is whole/ })
  t.match(await runCli(world.env, 'migrate'), { code: 0, stdout: /up to date/ })
})

t.test(
  'a later step that takes away says whose version may go on, and no other does',
  async (t) => {
    t.setTimeout(PROCESSES_LIMIT_MS)
    const known = STEP_NAMES.at(-1) ?? ''
    const world = await makeFromTomorrow(
      t,
      `insert into migrations values ('9999-narrower', 1, '${known}')`,
    )
    const server = await startServer(t, { ...world.env, DEMO: 'on' })
    await server.kill()
    look(world.databaseFile, (records) =>
      records.exec(`insert into migrations values ('9999-then', 1, '9999-narrower')`),
    )
    t.match(await runCli(world.env, 'audit', 'verify'), { code: 1, stderr: /SCHEMA_TOO_NEW: / })
    t.match(await runCli(world.env, 'migrate', '--dry-run'), {
      code: 1,
      stderr: /SCHEMA_TOO_NEW: /,
    })
    const before = readFileSync(world.databaseFile)
    const refused = spawnServer(t, { ...world.env, DEMO: 'on' }, 1)
    t.equal(await refused.exited, 1)
    t.match(refused.stderr(), /^Nærvær: SCHEMA_TOO_NEW: .*\(9999-then\)/)
    t.ok(before.equals(readFileSync(world.databaseFile)), 'nothing was written')
  },
)
