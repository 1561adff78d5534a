import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { Parts } from '../../../server/src/health/parts.ts'
import type {} from '../../../server/src/health/plugin.ts'
import { waitFor } from '../../e2e/support/wait.ts'
import { makeApp, makeTempDir } from '../../helpers/build-app.ts'
import { readMetrics } from '../../helpers/metrics.ts'
import { makeBackupWorld } from '../backup/backup-world.ts'
import { makePushWorld, INVITE } from '../push/push-world.ts'

/** Longer than an answer is used again. */
const AGAIN_MS = 3_000

t.test('ready: outside it says no more than that', async (t) => {
  const { app } = await makeApp(t)
  const near = await app.inject('/ready')
  t.equal(near.statusCode, 200)
  t.strictSame(near.json(), { status: 'ready', degraded: [] })
  t.equal(near.headers['cache-control'], 'no-store')
  t.strictSame((await askFromOutside(app)).json(), { status: 'ready' })
})

t.test(
  'O-12 records that are locked: not ready, alive, and ready when they are free',
  async (t) => {
    const databaseFile = join(makeTempDir(t), 'naervaer.sqlite')
    const { app, clock } = await makeApp(t, { databaseFile })
    t.equal((await app.inject('/ready')).statusCode, 200)
    const other = new SqliteFile(databaseFile)
    t.teardown(() => other.close())
    other.exec('begin exclusive')
    t.equal((await app.inject('/ready')).statusCode, 200, 'what was found a moment ago')
    clock.advance(AGAIN_MS)
    const from = performance.now()
    t.equal((await askFromOutside(app)).statusCode, 200, 'strangers are told what was found last')
    t.ok(performance.now() - from < 1_000, 'and make nobody wait')
    const locked = await app.inject('/ready')
    t.equal(locked.statusCode, 503)
    t.strictSame(locked.json(), { status: 'unready', degraded: ['database'] })
    t.equal((await askFromOutside(app)).statusCode, 503)
    t.equal((await app.inject('/health')).statusCode, 200)
    other.exec('rollback')
    clock.advance(AGAIN_MS)
    t.equal((await app.inject('/ready')).statusCode, 200)
  },
)

t.test(
  'O-12 a newer version that changes the records beneath: ready for what is added only',
  async (t) => {
    const databaseFile = join(makeTempDir(t), 'naervaer.sqlite')
    const { app, clock } = await makeApp(t, { databaseFile })
    const other = new SqliteFile(databaseFile)
    t.teardown(() => other.close())
    const add = other.prepare('insert into migrations (name, applied_at, needs) values (?, 1, ?)')
    const ask = () => {
      clock.advance(AGAIN_MS)
      return app.inject('/ready')
    }
    add.run('9001-more', null)
    t.equal((await ask()).statusCode, 200)
    add.run('9003-less', '9002-not-known-here')
    const after = await ask()
    t.equal(after.statusCode, 503)
    t.strictSame(after.json(), { status: 'unready', degraded: ['database'] })
    other.exec("delete from migrations where name = '9003-less'")
    t.equal((await ask()).statusCode, 200)
  },
)

t.test('O-12 a clock that was set is said for an hour, and does not end the service', async (t) => {
  const { app, clock } = await makeApp(t)
  await app.inject('/ready')
  clock.set(-10 * 60_000)
  const after = await app.inject('/ready')
  t.equal(after.statusCode, 200)
  t.strictSame(after.json(), { status: 'ready', degraded: ['clock'] })
  clock.advance(61 * 60_000)
  await app.parts.look()
  clock.advance(AGAIN_MS)
  t.strictSame((await app.inject('/ready')).json(), { status: 'ready', degraded: [] })
})

t.test('O-12 a push service that does not answer, until it does', async (t) => {
  const { server, service, mette } = await makePushWorld(t)
  service.answer = () => ({ status: null })
  const { id } = await mette.must(INVITE)
  await service.waitForRequests(1)
  // Said by the room that noticed, without being asked.
  await waitForDegraded(server.app, ['push'])
  t.equal((await readMetrics(server.app)).value('degraded{part="push"}'), 1)
  service.answer = () => ({ status: 201 })
  await mette.must({ type: 'call.cancel', call: id })
  await mette.must(INVITE)
  await waitForDegraded(server.app, [])
  t.same(server.app.parts.state.degraded, [])
})

t.test('a push service that nobody has asked again is not called silent for ever', async (t) => {
  const { server, service, mette } = await makePushWorld(t)
  service.answer = () => ({ status: null })
  const { id } = await mette.must(INVITE)
  await waitForDegraded(server.app, ['push'])
  await mette.must({ type: 'call.cancel', call: id })
  server.clock.advance(3 * 60 * 60_000)
  await server.app.parts.look()
  t.same(server.app.parts.state.degraded, [])
})

t.test('O-12 a night without a backup, where they are set up', async (t) => {
  const { dataDir, env } = await makeBackupWorld(t)
  const { app, clock } = await makeApp(t, { env: { ...env, DATA_DIR: dataDir } })
  t.strictSame((await app.inject('/ready')).json(), { status: 'ready', degraded: ['backup'] })
  t.match((await readMetrics(app)).text, /^naervaer_backup_age_seconds \+Inf$/m)
  const note = { at: clock.now() - 3_600_000, path: '/x', sizeBytes: 1, sha256: 'x' }
  await writeFile(join(dataDir, 'last-backup.json'), JSON.stringify(note))
  clock.advance(AGAIN_MS)
  t.strictSame((await app.inject('/ready')).json(), { status: 'ready', degraded: [] })
  t.equal((await readMetrics(app)).value('backup_age_seconds'), 3_603)
})

t.test('each change is a line, and nothing else is', (t) => {
  const lines: unknown[] = []
  const log = {
    info: (fields: unknown) => lines.push(fields),
    error: (fields: unknown) => lines.push(fields),
  }
  const parts = new Parts(log as never)
  for (const isWorking of [true, false, false, true, true]) parts.say('turn', isWorking)
  t.strictSame(lines, [
    { code: 'PART_BROKEN', part: 'turn' },
    { code: 'PART_MENDED', part: 'turn' },
  ])
  t.end()
})

t.test('a look that throws is a part that does not work', async (t) => {
  const { app } = await makeApp(t)
  app.parts.watch('turn', () => Promise.reject(new Error('no route')))
  await app.parts.look()
  t.strictSame(app.parts.state, { isReady: true, degraded: ['turn'] })
})

const askFromOutside = (app: FastifyInstance) =>
  app.inject({ url: '/ready', headers: { 'x-forwarded-for': '192.0.2.1' } })

/** Of a part that a room speaks of by itself. */
const waitForDegraded = (app: FastifyInstance, wanted: readonly string[]) =>
  waitFor(
    `degraded to be ${wanted.join() || 'nothing'}`,
    () => app.parts.state.degraded.join() === wanted.join() || undefined,
  )
