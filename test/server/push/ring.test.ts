import t from 'tap'
import { LONGEST_RING_MS, NOTICED_RING_MS } from '@naervaer/shared'
import { pairDevice } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { PROVEN_MS } from '../../../server/src/push/known-devices.ts'
import { INVITE, makePushWorld, sayAbout, subscribe, type PushWorld } from './push-world.ts'

/** Lets time pass in steps: one leap would lose the heartbeat of the test's own socket. */
async function pass({ server, mette }: PushWorld, durationMs: number): Promise<void> {
  for (let leftMs = durationMs; leftMs > 0; leftMs -= 20_000) {
    server.clock.advance(Math.min(leftMs, 20_000))
    await mette.request({ type: 'ping' })
  }
}

t.test(
  'W-16 a closed app is told at once, sealed, signed and with no more than it needs',
  async (t) => {
    const world = await makePushWorld(t)
    const { mette, service, browser } = world
    const call = await mette.must(INVITE)
    t.match(call, { state: 'inviting', notice: 'sending' }, 'nobody has a socket, and it rings')
    const [ring] = await service.waitForCount(1)
    t.match(ring, { urgency: 'high', ttl: LONGEST_RING_MS / 1_000 })
    t.equal(`http://${service.host}${ring?.path ?? ''}`, browser.subscription.endpoint)
    t.match(ring?.topic, /^[A-Za-z0-9_-]{32}$/)
    t.equal(ring?.topic, ring?.message.tag)
    t.match(ring?.claims, { sub: /^mailto:/ })
    const settled = await mette.waitFor('call.changed', (frame) => frame.call.notice === 'sent')
    t.match(settled.call, { id: call.id, state: 'inviting' })
    t.notOk(ring?.text.includes(call.id), 'the call has no name of its own there')
    t.notOk(ring?.text.includes(PEOPLE.anna), 'nor has the citizen')
    t.strictSame(
      ring?.headerNames.filter((name) => !/^(host|connection|accept.*|sec-fetch-mode)$/.test(name)),
      [
        'authorization',
        'content-encoding',
        'content-length',
        'content-type',
        'topic',
        'ttl',
        'urgency',
        'user-agent',
      ],
    )
  },
)

t.test(
  'W-16 the receipt tells the worker the truth, once, and the ring gets a minute',
  async (t) => {
    const world = await makePushWorld(t)
    const { server, mette, service } = world
    const { id } = await mette.must(INVITE)
    const [ring] = await service.waitForCount(1)
    const token = ring?.message.token ?? ''
    t.same((await sayAbout(server, 'notice', token)).json(), { state: 'ringing' })
    await mette.waitFor('call.changed', (frame) => frame.call.notice === 'sent')
    await pass(world, 5_000)
    t.equal((await sayAbout(server, 'receipt', token)).statusCode, 204)
    await mette.waitFor('call.changed', (frame) => frame.call.notice === 'arrived')
    t.match(
      (await sayAbout(server, 'receipt', token)).json(),
      { code: 'NOTICE_UNKNOWN' },
      'used up',
    )
    t.same((await sayAbout(server, 'notice', token)).json(), { state: 'ringing' }, 'still asks')
    await pass(world, NOTICED_RING_MS - 1)
    t.match(await server.loadCalls(), [{ id, state: 'inviting', notice: 'arrived' }])
    await pass(world, 1)
    const ended = await mette.waitForState(id, 'ended')
    t.match(ended, { outcome: 'missed', endReason: 'timeout', notice: 'arrived' })
    t.match(await server.loadCalls(), [{ result: 'notAnswered' }])
    const [, missed] = await service.waitForCount(2)
    t.match(missed?.message, { kind: 'missed', tag: ring?.message.tag, title: 'Ubesvaret opkald' })
    t.equal(missed?.topic, ring?.topic, 'it takes the place of the ring')
    t.same(
      (await sayAbout(server, 'notice', token)).json(),
      { state: 'missed' },
      'also hours later',
    )
  },
)

t.test(
  'W-16 no receipt: the worker waits 90 s at most, and is told that nobody knows',
  async (t) => {
    const world = await makePushWorld(t)
    const { id } = await world.mette.must(INVITE)
    await world.mette.waitFor('call.changed', (frame) => frame.call.notice === 'sent')
    await pass(world, LONGEST_RING_MS - 1)
    t.match(await world.server.loadCalls(), [{ state: 'inviting' }])
    await pass(world, 1)
    const ended = await world.mette.waitForState(id, 'ended')
    t.match(ended, { outcome: 'unreachable', endReason: 'timeout', notice: 'sent' })
    t.match(await world.server.loadCalls(), [{ result: 'deviceAsleep' }])
  },
)

t.test(
  'W-17 answered on one device: the others are told, and the answering one is not',
  async (t) => {
    const world = await makePushWorld(t)
    const { server, service, mette, worker, device } = world
    const phone = await pairDevice(server.app, () => server.clock.now(), worker)
    const phoneBrowser = service.makeBrowser()
    await subscribe(phone, phoneBrowser, 2)
    await device.signIn()
    const tablet = await server.connect('anna', device.cookies)
    const { id } = await mette.must(INVITE)
    const rings = await service.waitForCount(2)
    t.strictSame(rings.map(({ message }) => message.title).sort(), [
      'Du bliver ringet op',
      'Mette ringer',
    ])
    t.equal(new Set(rings.map(({ message }) => message.token)).size, 2, 'a token for each device')
    await tablet.must({ type: 'call.accept', call: id })
    const [, , taken] = await service.waitForCount(3)
    t.equal(`http://${service.host}${taken?.path ?? ''}`, phoneBrowser.subscription.endpoint)
    t.match(taken?.message, { kind: 'elsewhere', title: 'Opkaldet er besvaret' })
    const token = rings[0]?.message.token ?? ''
    t.same((await sayAbout(server, 'notice', token)).json(), { state: 'elsewhere' })
    await mette.must({ type: 'call.hangUp', call: id })
    await mette.waitForState(id, 'ended')
    t.equal(service.delivered.length, 3, 'nothing more')
  },
)

t.test('declined on one device is over on the others; cancelled has been missed', async (t) => {
  const world = await makePushWorld(t)
  const { server, service, mette, device } = world
  await device.signIn()
  const tablet = await server.connect('anna', device.cookies)
  const first = await mette.must(INVITE)
  await service.waitForCount(1)
  await tablet.must({ type: 'call.decline', call: first.id })
  t.match((await service.waitForCount(2))[1]?.message, { kind: 'over', title: 'Opkaldet er slut' })
  const second = await mette.must(INVITE)
  await service.waitForCount(3)
  await mette.must({ type: 'call.cancel', call: second.id })
  const [, , ring, missed] = await service.waitForCount(4)
  t.match(missed?.message, { kind: 'missed', tag: ring?.message.tag })
  t.not(ring?.message.tag, service.delivered[0]?.message.tag, 'each call has a topic of its own')
})

t.test('HO9 what a notice tells as missed, the home tells as missed', async (t) => {
  const { server, service, mette, device } = await makePushWorld(t)
  const at = server.clock.now()
  const { id } = await mette.must(INVITE)
  await service.waitForCount(1)
  await mette.waitFor('call.changed', ({ call }) => call.notice === 'sent')
  await mette.must({ type: 'call.cancel', call: id })
  const [, missed] = await service.waitForCount(2)
  t.match(missed, { message: { kind: 'missed' } })
  await device.signIn()
  const { home } = await (await server.connect('anna', device.cookies)).waitFor('welcome')
  t.match(home, { missed: { worker: { id: PEOPLE.mette }, at } })
})

t.test('PR4 reachable: no socket, and a notice has arrived in the last fortnight', async (t) => {
  const world = await makePushWorld(t)
  const { server, service, mette } = world
  t.equal(server.app.presence.getAvailability(PEOPLE.anna), 'unreachable', 'not proven yet')
  const { id } = await mette.must(INVITE)
  const [ring] = await service.waitForCount(1)
  await sayAbout(server, 'receipt', ring?.message.token ?? '')
  await mette.must({ type: 'call.cancel', call: id })
  const told = await mette.waitFor(
    'presence.changed',
    (frame) => frame.availability === 'reachable',
  )
  t.match(told, { citizenId: PEOPLE.anna, isNotified: true })
  const later = await server.connect('mette', mette.cookies)
  const [welcome] = later.frames
  const anna =
    welcome?.type === 'welcome'
      ? welcome.citizens.find(({ person }) => person.id === PEOPLE.anna)
      : undefined
  t.match(anna, { availability: 'reachable', isNotified: true })
  server.clock.advance(PROVEN_MS - 1)
  await server.app.push.sweep()
  t.equal(server.app.presence.getAvailability(PEOPLE.anna), 'reachable')
  server.clock.advance(1)
  await server.app.push.sweep()
  t.match(server.app.presence.getPresence(PEOPLE.anna), {
    availability: 'unreachable',
    isNotified: true,
  })
})
