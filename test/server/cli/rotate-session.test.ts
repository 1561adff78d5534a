import { join } from 'node:path'
import t from 'tap'
import { CLOSE_CODES } from '@naervaer/shared'
import { WATCH_INTERVAL_MS } from '../../../server/src/signalling/session-watch.ts'
import { listen, makeTempDir } from '../../helpers/build-app.ts'
import { runCliJson } from '../../helpers/cli.ts'
import { Browser, pairDevice } from '../../helpers/paired-device.ts'

t.test('S-33 sessions that a cookie alone opens end; a paired device goes on', async (t) => {
  const dataDir = makeTempDir(t)
  const env = { DATA_DIR: dataDir }
  const server = await listen(t, { env, databaseFile: join(dataDir, 'naervaer.sqlite') })
  const mette = await server.connect('mette')
  const worker = await Browser.signedIn(server.app, 'mette')
  const device = await pairDevice(server.app, () => server.clock.now(), worker)
  const people = await runCliJson<{ staff: { id: string }[] }>(env, 'people')
  await runCliJson(env, 'admin', 'invite', people.staff[0]?.id ?? '')

  const done = await runCliJson<{ ended: number; links: number }>(env, 'keys', 'rotate', 'session')
  t.same(done, { ended: 2, links: 1 })
  server.clock.advance(WATCH_INTERVAL_MS)
  t.equal(await mette.closed, CLOSE_CODES.SESSION_ENDED)
  t.equal((await worker.ask('/api/sessions')).statusCode, 401)
  t.equal((await device.askProven('/api/push')).statusCode, 200)
  const { app } = server
  const kinds = await app.database.selectFrom('sessions').select('method').execute()
  t.same(kinds, [{ method: 'device' }])
  t.same(await app.database.selectFrom('invitations').selectAll().execute(), [])
  const line = await app.database
    .selectFrom('audit_events')
    .select('details')
    .where('action', '=', 'keys.rotated')
    .executeTakeFirstOrThrow()
  t.same(JSON.parse(line.details), { kind: 'session', count: 2 })
})
