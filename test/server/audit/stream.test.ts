import SqliteFile from 'better-sqlite3'
import Fastify from 'fastify'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Audit } from '../../../server/src/audit/audit.ts'
import { AuditStream } from '../../../server/src/audit/stream.ts'
import { migrate } from '../../../server/src/database/migrate.ts'
import { openDatabase } from '../../../server/src/database/open.ts'
import { Secrets } from '../../../server/src/secrets/secrets.ts'
import { waitFor } from '../../e2e/support/wait.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { runCliJson } from '../../helpers/cli.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { startServer, type ServerProcess } from '../../helpers/server-process.ts'
import { WsPerson } from '../../helpers/ws-person.ts'

const LIMIT_MS = 90_000
/** Lines of other processes are looked for every ten seconds. */
const LOOK_LIMIT_MS = 20_000

const FIELDS = [
  ...['action', 'actorId', 'actorKind', 'actorRole', 'at', 'details', 'hash', 'level', 'msg'],
  ...['seq', 'stream', 'subjectId', 'tenant', 'time'],
]

interface Line {
  readonly stream?: string
  readonly seq: number
  readonly action: string
  readonly actorKind: string
  readonly hash: string
}

const listTold = (server: ServerProcess): Line[] =>
  server
    .stdout()
    .split('\n')
    .filter((line) => line.includes('"stream":"audit"'))
    .map((line) => JSON.parse(line) as Line)

async function end(t: Test, server: ServerProcess): Promise<readonly Line[]> {
  server.child.kill('SIGTERM')
  t.equal(await server.exited, 0)
  return listTold(server)
}

t.test(
  'each line of the audit log is told to standard output once, whoever wrote it',
  async (t) => {
    t.setTimeout(LIMIT_MS)
    // Also where only errors are logged.
    const env = { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'error', DEMO: '1' }
    await runCliJson(env, 'admin', 'create', 'Nina Nord')
    const first = await startServer(t, env)
    const mette = await WsPerson.connect(first, 'mette')
    await waitFor('the line of a sign-in', () =>
      listTold(first).find(({ action }) => action === 'session.started'),
    )
    await runCliJson(env, 'admin', 'list')
    await waitFor(
      'the line of another process',
      () => listTold(first).find(({ action }) => action === 'staff.listed'),
      LOOK_LIMIT_MS,
    )
    mette.socket.close()
    const told = [...(await end(t, first))]
    await runCliJson(env, 'admin', 'list')
    const second = await startServer(t, env)
    told.push(...(await end(t, second)))

    const records = new SqliteFile(join(env.DATA_DIR, 'naervaer.sqlite'), { readonly: true })
    t.teardown(() => records.close())
    const written = records
      .prepare('select seq, action, actor_kind as actorKind, hash from audit_events order by seq')
      .all()
    t.ok(written.length >= 4)
    t.strictSame(
      told.map(({ seq, action, actorKind, hash }) => ({ seq, action, actorKind, hash })),
      written,
      'in their order, none left out and none twice',
    )
    for (const line of told) t.strictSame(Object.keys(line).sort(), FIELDS)
    t.match(told, new Set([{ stream: 'audit', tenant: 'localhost', actorKind: 'cli' }]))
    t.notMatch(JSON.stringify(told), /Nina|Nord|Mette|Holm|127\.0\.0\.1/)
  },
)

/** A log with lines, and what follows it and has told nothing yet. */
async function follow(t: Test, count: number) {
  const file = join(makeTempDir(t), 'naervaer.sqlite')
  const [clock, database] = [new FakeClock(), openDatabase(file)]
  t.teardown(() => database.destroy())
  await migrate(database, clock.now())
  const audit = new Audit({ database, clock, secrets: new Secrets(randomBytes(32)) })
  const details = { count: 1 }
  const add = () =>
    audit.record({ action: 'people.listed', actor: { kind: 'cli' }, subjectId: null, details })
  for (let line = 0; line < count; line += 1) await add()
  const told: Line[] = []
  const write = (line: string) => {
    const each = JSON.parse(line) as Line
    if (each.stream === 'audit') told.push(each)
  }
  const { log } = Fastify({ logger: { stream: { write } } })
  const stream = new AuditStream({ clock, database, log })
  const other = new SqliteFile(file)
  t.teardown(() => other.close())
  return { add, other, stream, told }
}

const listNumbers = (told: readonly Line[]) => told.map(({ seq }) => seq)

t.test('records that another program holds: no line is told twice, and none is lost', async (t) => {
  t.setTimeout(LIMIT_MS)
  const { add, other, stream, told } = await follow(t, 2)
  other.exec('begin immediate')
  await stream.tell()
  await stream.tell()
  t.strictSame(listNumbers(told), [1, 2], 'they can be read, and that they were told not be noted')
  other.exec('rollback')
  await add()
  await stream.tell()
  t.strictSame(listNumbers(told), [1, 2, 3])
  t.equal(other.prepare('select told_seq from audit_head').pluck().get(), 3)
  other.exec('update audit_head set told_seq = 1')
  await stream.tell()
  t.equal(other.prepare('select told_seq from audit_head').pluck().get(), 3, 'it is made up for')
  t.equal(told.length, 3)
})

t.test('a line that somebody has changed into nonsense keeps no later one back', async (t) => {
  const { other, stream, told } = await follow(t, 3)
  const triggers = other
    .prepare("select name from sqlite_master where type = 'trigger' and tbl_name = 'audit_events'")
    .pluck()
    .all() as string[]
  for (const name of triggers) other.exec(`drop trigger ${name}`)
  other.exec(`update audit_events set details = '{"count":', at = 9e15 where seq = 2`)
  await stream.tell()
  t.strictSame(listNumbers(told), [1, 2, 3])
  t.match(told[1], { details: null, at: null })
})
