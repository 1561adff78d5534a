import { sql } from 'kysely'
import t from 'tap'
import type { LegQuality } from '@naervaer/shared'
import { REFUSAL_WINDOW_MS } from '../../../server/src/sign-in/refused-sign-ins.ts'
import { BrowserJar } from '../../helpers/browser-jar.ts'
import { listen, makeApp } from '../../helpers/build-app.ts'
import { readMetrics } from '../../helpers/metrics.ts'
import { Browser, pairDevice } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makeReport } from '../../helpers/tech-report.ts'
import { openSocket } from '../../helpers/ws-person.ts'
import { INVITE, makePushWorld, sayAbout } from '../push/push-world.ts'

const MINUTE_MS = 60_000
const TOKEN = 'a-token-of-the-operator'
const QUALITY: LegQuality = {
  protocol: 'udp',
  rttMs: 40,
  lossPercent: 1,
  jitterMs: 5,
  freezes: 0,
  steps: 0,
}

t.test('figures are for this machine, or for whoever has the token', async (t) => {
  const { app } = await makeApp(t)
  t.equal((await readMetrics(app)).status, 200)
  const passedOn = [
    { 'x-forwarded-for': '192.0.2.1' },
    { forwarded: 'for=192.0.2.1' },
    { via: '1' },
  ]
  for (const headers of passedOn) t.equal((await readMetrics(app, headers)).status, 404)
  const far = await app.inject({ url: '/metrics', remoteAddress: '192.0.2.1' })
  t.match(far.json(), { code: 'NOT_FOUND' })

  const guarded = await makeApp(t, { env: { METRICS_TOKEN: TOKEN } })
  t.equal((await readMetrics(guarded.app)).status, 404, 'also on this machine')
  const wrong = await readMetrics(guarded.app, { authorization: `Bearer ${TOKEN}x` })
  t.equal(wrong.status, 404)
  const right = await readMetrics(guarded.app, { authorization: `Bearer ${TOKEN}` })
  t.equal(right.status, 200)
})

t.test('a conversation is counted once, with how it came about and how it was', async (t) => {
  const server = await listen(t)
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const { id: call } = await mette.must(INVITE)
  await anna.must({ type: 'call.ringing', call })
  await anna.must({ type: 'call.accept', call })
  server.clock.advance(700)
  for (const person of [mette, anna]) {
    await person.must({ type: 'call.connected', call, generation: 1, path: 'relay' })
  }
  const now = await readMetrics(server.app)
  t.equal(now.value('calls_active'), 1)
  t.equal(now.value('ws_connections{role="citizen"}'), 1)
  t.equal(now.value('ws_connections{role="worker"}'), 1)

  await mette.must({ type: 'call.hangUp', call })
  for (const person of [mette, anna]) {
    await person.must({ type: 'call.leg', call, generation: 1, quality: QUALITY })
  }
  server.clock.advance(MINUTE_MS)
  const after = await readMetrics(server.app)
  const completed = 'calls_total{outcome="completed",reached="app",path="relay"}'
  t.equal(after.value(completed), 1)
  t.equal(after.value('first_try_total{result="worked"}'), 1)
  t.equal(after.value('call_setup_seconds_sum'), 0.7)
  t.equal(after.value('calls_active'), 0)
  t.equal(after.value('media_rtt_seconds_count'), 0, 'who was offline may still say')

  server.clock.advance(7 * MINUTE_MS)
  const later = await readMetrics(server.app)
  t.equal(later.value(completed), 1, 'not once more')
  t.equal(later.value('media_rtt_seconds_count{path="relay"}'), 2)
  t.equal(later.value('media_loss_ratio_sum{path="relay"}'), 0.02)
  for (const secret of [call, PEOPLE.anna, PEOPLE.mette, 'Anna', 'Mette']) {
    t.notOk(later.text.includes(secret), 'nobody is named')
  }
})

t.test('what could not be read is counted once, when it can', async (t) => {
  const server = await listen(t)
  const mette = await server.connect('mette')
  await mette.must(INVITE)
  server.clock.advance(MINUTE_MS)
  const { database } = server.app
  await sql`alter table tech_reports rename to elsewhere`.execute(database)
  for (let time = 0; time < 2; time += 1) t.equal((await readMetrics(server.app)).status, 500)
  await sql`alter table elsewhere rename to tech_reports`.execute(database)
  t.equal((await readMetrics(server.app)).value('calls_total'), 1)
})

t.test('a second try is no first one, also where a look came between', async (t) => {
  const server = await listen(t)
  /** Each time in a window of its own: with this clock a socket does not outlive its heartbeat. */
  const miss = async () => {
    const mette = await server.connect('mette')
    t.match(await mette.must(INVITE), { state: 'ended', outcome: 'unreachable' })
    server.clock.advance(MINUTE_MS)
    return readMetrics(server.app)
  }
  t.equal((await miss()).value('first_try_total{result="deviceAsleep"}'), 1)
  const second = await miss()
  t.equal(second.value('calls_total{outcome="unreachable"}'), 2)
  t.equal(second.value('first_try_total'), 1)
  server.clock.advance(40 * MINUTE_MS)
  t.equal((await miss()).value('first_try_total'), 2)
})

t.test('notices: what became of them, and how soon they were seen', async (t) => {
  const { server, service, mette } = await makePushWorld(t)
  const { id } = await mette.must(INVITE)
  await mette.waitFor('call.changed', (frame) => frame.call.notice === 'sent')
  server.clock.advance(1_500)
  const [delivered] = service.delivered
  const token = delivered?.message.token ?? ''
  t.equal((await sayAbout(server, 'receipt', token)).statusCode, 204)
  await mette.must({ type: 'call.cancel', call: id })
  const first = await readMetrics(server.app)
  t.ok(first.value('push_total{service="other",result="accepted"}') >= 1)
  t.equal(first.value('calls_total{reached="notice"}'), 0, 'the end is too young')

  service.answer = () => ({ status: 410 })
  const next = await mette.must(INVITE)
  await mette.waitForState(next.id, 'ended')
  server.clock.advance(MINUTE_MS)
  const second = await readMetrics(server.app)
  t.equal(second.value('push_total{result="gone"}'), 2, 'the end of the first, and the second')
  t.equal(second.value('calls_total{reached="notice"}'), 1)
  t.equal(second.value('push_ack_seconds_sum'), 1.5)
})

t.test('sign-ins, pairings, refused sockets and found codes', async (t) => {
  const server = await listen(t)
  const { app } = server
  const before = await readMetrics(app)
  const worker = await Browser.signedIn(app, 'mette')
  await pairDevice(app, () => server.clock.now(), worker)
  const browser = new BrowserJar(app)
  for (let count = 0; count < 2; count += 1) {
    await browser.ask('POST', '/api/sign-in/passphrase', {
      signInName: 'nobody.here',
      passphrase: 'a guess',
      code: '000000',
    })
  }
  await t.rejects(openSocket(server, { origin: 'https://elsewhere.example' }))
  const denied = await app.inject({
    method: 'POST',
    url: '/api/check/reports',
    headers: { origin: server.origin },
    payload: makeReport({ camera: { result: 'refused', error: 'NotAllowedError' } }),
  })
  t.equal(denied.statusCode, 201)
  server.clock.advance(REFUSAL_WINDOW_MS)
  await app.refusedSignIns.settled()
  const after = await readMetrics(app)
  t.equal(after.value('auth_total{result="ok"}') - before.value('auth_total{result="ok"}'), 2)
  t.equal(after.value('auth_total{method="passphrase",result="SIGN_IN_REFUSED"}'), 2)
  t.equal(after.value('pairing_total{result="paired"}'), 1)
  t.equal(after.value('ws_rejected_total{reason="ORIGIN_REFUSED"}'), 1)
  t.equal(after.value('error_total{code="K1"}'), 1)
})
