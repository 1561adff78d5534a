import { join } from 'node:path'
import t from 'tap'
import { RINGS_A_DAY, RINGS_IN_A_ROW, RINGS_IN_A_ROW_MS, type CallId } from '@naervaer/shared'
import { openDatabase } from '../../../server/src/database/open.ts'
import { listen, makeApp, makeTempDir } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { pairDevice } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { PushService } from '../../helpers/push-service.ts'
import { INVITE, makePushWorld, sayAbout, subscribe } from './push-world.ts'

for (const status of [404, 410]) {
  t.test(
    `W-19 ${status}: the device is notified no more, and the worker knows at once`,
    async (t) => {
      const { server, service, mette } = await makePushWorld(t)
      service.answer = () => ({ status })
      const { id } = await mette.must(INVITE)
      const ended = await mette.waitForState(id, 'ended')
      t.match(ended, { outcome: 'unreachable', endReason: 'citizen_offline', notice: 'failed' })
      await mette.waitUntil(
        () =>
          mette.frames.findLast((frame) => frame.type === 'presence.changed' && !frame.isNotified),
        'that nobody is notified',
      )
      t.strictSame(
        await server.app.database.selectFrom('push_subscriptions').selectAll().execute(),
        [],
      )
      t.equal(service.requests.length, 1, 'asked once')
      t.match(await mette.must(INVITE), { state: 'ended', outcome: 'unreachable', notice: 'none' })
    },
  )
}

t.test('W-19 one device gone, the other one still rings', async (t) => {
  const { server, service, mette, worker, browser } = await makePushWorld(t)
  const phone = await pairDevice(server.app, () => server.clock.now(), worker)
  await subscribe(phone, service.makeBrowser('/push/phone'))
  service.answer = (path) => ({ status: path === '/push/phone' ? 410 : 201 })
  const { id } = await mette.must(INVITE)
  await service.waitForRequests(2)
  const settled = await mette.waitFor('call.changed', (frame) => frame.call.notice === 'sent')
  t.match(settled.call, { id, state: 'inviting' })
  await mette.must({ type: 'call.cancel', call: id })
  await service.waitForRequests(3)
  t.match(service.requests[2], new URL(browser.subscription.endpoint).pathname)
})

t.test('a page that is open rings although nobody can be notified', async (t) => {
  const { server, service, mette, device } = await makePushWorld(t)
  service.answer = () => ({ status: 410 })
  await device.signIn()
  const tablet = await server.connect('anna', device.cookies)
  const { id } = await mette.must(INVITE)
  await mette.waitFor('call.changed', (frame) => frame.call.notice === 'failed')
  await tablet.must({ type: 'call.ringing', call: id })
  t.match(await tablet.must({ type: 'call.accept', call: id }), { state: 'connecting' })
})

t.test('what would come after the ring is not tried again', async (t) => {
  const { service, mette } = await makePushWorld(t)
  service.answer = () => ({ status: 503, headers: { 'retry-after': '90' } })
  const { id } = await mette.must(INVITE)
  const ended = await mette.waitForState(id, 'ended')
  t.match(ended, { outcome: 'unreachable', notice: 'failed' })
})

t.test('a refusal is no reason to forget a device', async (t) => {
  const { server, service, mette } = await makePushWorld(t)
  service.answer = () => ({ status: 403 })
  const { id } = await mette.must(INVITE)
  t.match(await mette.waitForState(id, 'ended'), { notice: 'failed' })
  t.equal(
    (await server.app.database.selectFrom('push_subscriptions').selectAll().execute()).length,
    1,
  )
})

t.test('an address that leads elsewhere is not followed', async (t) => {
  const { service, mette } = await makePushWorld(t)
  const other = await PushService.start(t)
  service.answer = () => ({ status: 307, headers: { location: `http://${other.host}/secret` } })
  const { id } = await mette.must(INVITE)
  await mette.waitForState(id, 'ended')
  t.strictSame(other.requests, [])
})

t.test(
  'W-16 a restarted server goes on: the receipt counts, and the ring is replaced',
  async (t) => {
    const clock = new FakeClock()
    const env = { DATA_DIR: makeTempDir(t), DEMO: 'on' }
    const databaseFile = join(env.DATA_DIR, 'naervaer.sqlite')
    const world = await makePushWorld(t, { env, databaseFile, clock })
    const { service, mette } = world
    const { id } = await mette.must(INVITE)
    const [ring] = await service.waitForCount(1)
    await mette.waitFor('call.changed', (frame) => frame.call.notice === 'sent')
    await world.server.app.close()

    const again = await listen(t, {
      clock,
      databaseFile,
      env: { ...env, PUSH_HOSTS: service.host },
    })
    t.equal(again.app.presence.getPresence(PEOPLE.anna).isNotified, true)
    const back = await again.connect('mette', mette.cookies)
    await back.must({ type: 'call.attach', call: id, former: null })
    t.equal((await sayAbout(again, 'receipt', ring?.message.token ?? '')).statusCode, 204)
    await back.waitFor('call.changed', (frame) => frame.call.notice === 'arrived')
    t.equal(service.delivered.length, 1, 'what a push service has taken is not sent again')
    await back.must({ type: 'call.cancel', call: id })
    const [, missed] = await service.waitForCount(2)
    t.match(missed, { topic: ring?.topic, message: { kind: 'missed' } })
    t.equal(missed?.claims['key'], ring?.claims['key'], 'by the same key')
  },
)

t.test(
  'a server that fell before it knew what was taken sends the same notice again',
  async (t) => {
    const clock = new FakeClock()
    const env = { DATA_DIR: makeTempDir(t), DEMO: 'on' }
    const databaseFile = join(env.DATA_DIR, 'naervaer.sqlite')
    const { server, service, mette } = await makePushWorld(t, { env, databaseFile, clock })
    const { id } = await mette.must(INVITE)
    const [ring] = await service.waitForCount(1)
    await mette.waitFor('call.changed', ({ call }) => call.notice === 'sent')
    await server.app.close()
    const copy = openDatabase(databaseFile)
    await copy.updateTable('push_notices').set({ state: 'sending' }).execute()
    await copy.updateTable('calls').set({ notice: 'sending' }).execute()
    await copy.destroy()

    const again = await listen(t, {
      clock,
      databaseFile,
      env: { ...env, PUSH_HOSTS: service.host },
    })
    const [, second] = await service.waitForCount(2)
    t.match(second, { topic: ring?.topic, message: { kind: 'ring', tag: ring?.message.tag } })
    const back = await again.connect('mette', mette.cookies)
    await back.must({ type: 'call.attach', call: id, former: null })
    await back.must({ type: 'call.cancel', call: id })
    t.match((await service.waitForCount(3))[2], { topic: ring?.topic, message: { kind: 'missed' } })
    t.equal(service.requests.length, 3, 'one end for one device')
  },
)

t.test('L-19 a copy of the database tells nobody’s address and opens no mailbox', async (t) => {
  const env = { DATA_DIR: makeTempDir(t) }
  const databaseFile = join(env.DATA_DIR, 'naervaer.sqlite')
  const { server, browser } = await makePushWorld(t, { env, databaseFile })
  await server.app.close()
  const copy = openDatabase(databaseFile)
  t.teardown(() => copy.destroy())
  const rows = [
    ...(await copy.selectFrom('push_subscriptions').selectAll().execute()),
    ...(await copy.selectFrom('push_keys').selectAll().execute()),
  ]
  t.equal(rows.length, 2)
  const { endpoint, p256dh, auth } = browser.subscription
  for (const secret of [endpoint, new URL(endpoint).pathname, p256dh, auth]) {
    t.notOk(JSON.stringify(rows).includes(secret))
  }
  const other = { MASTER_KEY: '0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdeffedcba9876543210' }
  await t.rejects(makeApp(t, { env: { ...env, ...other }, databaseFile }))
})

t.test('W-20 three rings in vain in ten minutes, ten a day, and then there is peace', async (t) => {
  const { server, mette, device } = await makePushWorld(t)
  await device.signIn()
  const tablet = await server.connect('anna', device.cookies)
  const stop = (call: CallId) => mette.must({ type: 'call.cancel', call })
  const ringInVain = async () => {
    const { id } = await mette.must(INVITE)
    await tablet.must({ type: 'call.ringing', call: id })
    await stop(id)
  }
  for (let unheard = 0; unheard < RINGS_IN_A_ROW; unheard += 1) {
    await stop((await mette.must(INVITE)).id)
  }
  const pass = async (durationMs: number) => {
    for (let leftMs = durationMs; leftMs > 0; leftMs -= 20_000) {
      server.clock.advance(Math.min(leftMs, 20_000))
      for (const each of [mette, tablet]) await each.request({ type: 'ping' })
    }
  }
  for (let rings = 0; rings < RINGS_A_DAY; rings += 1) {
    if (rings % RINGS_IN_A_ROW === 0 && rings > 0) {
      t.equal(await mette.ask(INVITE), 'CALL_RUNG_OFTEN')
      await pass(RINGS_IN_A_ROW_MS)
    }
    await ringInVain()
  }
  await pass(RINGS_IN_A_ROW_MS)
  t.equal(await mette.ask(INVITE), 'CALL_RUNG_ALL_DAY')
  t.equal(
    (await server.loadCalls()).length,
    RINGS_IN_A_ROW + RINGS_A_DAY,
    'a refused ring leaves no row',
  )
  t.match(await mette.must({ ...INVITE, citizenId: PEOPLE.jens }), { outcome: 'unreachable' })
})

t.test('W-20 who answers is not rung down, and nor is who asks for it', async (t) => {
  const { server, mette, device } = await makePushWorld(t)
  await device.signIn()
  const tablet = await server.connect('anna', device.cookies)
  for (let talks = 0; talks < RINGS_IN_A_ROW + 1; talks += 1) {
    const { id } = await mette.must(INVITE)
    await tablet.must({ type: 'call.accept', call: id })
    await mette.must({ type: 'call.hangUp', call: id })
  }
  const { id } = await mette.must(INVITE)
  await tablet.must({ type: 'call.accept', call: id })
  await tablet.must({ type: 'call.hangUp', call: id })
  await tablet.must({ type: 'call.goBack', call: id, isWanted: true })
  for (let rings = 0; rings < RINGS_IN_A_ROW; rings += 1) {
    const again = await mette.must(INVITE)
    await mette.must({ type: 'call.cancel', call: again.id })
    await tablet.must({ type: 'call.goBack', call: id, isWanted: true })
  }
  t.match(await mette.must(INVITE), { state: 'inviting' }, 'the citizen waits for it')
})

t.test('the device of another person is told nothing', async (t) => {
  const { server, service, mette, worker } = await makePushWorld(t)
  const jens = await pairDevice(server.app, () => server.clock.now(), worker, 'jens')
  await subscribe(jens, service.makeBrowser('/push/jens'))
  const { id } = await mette.must(INVITE)
  const [ring] = await service.waitForCount(1)
  await mette.must({ type: 'call.cancel', call: id })
  await service.waitForCount(2)
  t.strictSame(service.requests, [ring?.path, ring?.path], 'the ring and its end, to one device')
})
