import { join } from 'node:path'
import t from 'tap'
import { KEY_WATCH_MS } from '../../../server/src/push/key-watch.ts'
import { makeApp, makeTempDir } from '../../helpers/build-app.ts'
import { runCliJson } from '../../helpers/cli.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { INVITE, makePushWorld, put } from './push-world.ts'

t.test(
  'S-33 a new key for notices: nobody is told of until the app has a new address',
  async (t) => {
    const dataDir = makeTempDir(t)
    const env = { DATA_DIR: dataDir }
    const databaseFile = join(dataDir, 'naervaer.sqlite')
    const { server, service, mette, device, browser } = await makePushWorld(t, {
      ...{ env, databaseFile, level: 2 },
    })
    const read = async () =>
      (await device.askProven('/api/push')).json<{
        publicKey: string
        own: { level: number; isLost?: true }
      }>()
    const before = await read()
    const citizen = await server.connect('anna')

    const { lost } = await runCliJson<{ lost: number }>(env, 'keys', 'rotate', 'vapid')
    t.equal(lost, 1)
    server.clock.advance(KEY_WATCH_MS)
    await mette.waitFor('presence.changed', ({ isNotified }) => !isNotified)
    t.equal(server.app.push.canNotify(PEOPLE.anna), false)
    await citizen.waitFor('push.keyChanged')
    const after = await read()
    t.not(after.publicKey, before.publicKey)
    t.match(after.own, { level: 2, isLost: true }, 'what was chosen is kept')

    // An app that was saying so just then: the same address leads nowhere as before.
    const late = { subscription: browser.subscription, level: null, language: 'da' }
    t.equal((await put(device, late)).statusCode, 204)
    t.equal(server.app.push.canNotify(PEOPLE.anna), false)

    const next = service.makeBrowser()
    t.equal((await put(device, { ...late, subscription: next.subscription })).statusCode, 204)
    await mette.waitFor('presence.changed', ({ isNotified }) => isNotified)
    t.equal((await read()).own.isLost, undefined)
    await citizen.vanish()
    await mette.request(INVITE)
    const [ring] = await service.waitForCount(1)
    t.equal(ring?.claims['key'], after.publicKey, 'signed with the new key')
    t.equal(ring?.message.level, 2)

    const lines = await server.app.database
      .selectFrom('audit_events')
      .select(['details', 'actor_kind'])
      .where('action', '=', 'keys.rotated')
      .execute()
    t.match(lines, [{ details: '{"kind":"vapid"}', actor_kind: 'cli' }])
  },
)

t.test('a server that starts later knows who is told of no more', async (t) => {
  const dataDir = makeTempDir(t)
  const options = { env: { DATA_DIR: dataDir }, databaseFile: join(dataDir, 'naervaer.sqlite') }
  const world = await makePushWorld(t, options)
  await runCliJson(options.env, 'keys', 'rotate', 'vapid')
  await world.server.app.close()
  const { app } = await makeApp(t, options)
  t.equal(app.push.canNotify(PEOPLE.anna), false)
})
