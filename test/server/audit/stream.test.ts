import SqliteFile from 'better-sqlite3'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { waitFor } from '../../e2e/support/wait.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { runCliJson } from '../../helpers/cli.ts'
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
