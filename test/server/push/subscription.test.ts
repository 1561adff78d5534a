import t from 'tap'
import { describeNotice, PUSH_LEVELS, type PushReply } from '@naervaer/shared/push'
import { isAllowedEndpoint } from '../../../server/src/push-config.ts'
import { readConfig } from '../../../server/src/config.ts'
import { makeNoticeText } from '../../../server/src/push/make-text.ts'
import { makeApp } from '../../helpers/build-app.ts'
import { Browser, ORIGIN, pairDevice } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { PushedBrowser } from '../../helpers/push-service.ts'
import { INVITE, makePushWorld, put, sayAbout, startPushServer, subscribe } from './push-world.ts'

const { hosts } = readConfig({}).push

// prettier-ignore
const ENDPOINTS: readonly (readonly [isAllowed: boolean, endpoint: string])[] = [
  [true, 'https://fcm.googleapis.com/fcm/send/abc'],
  [true, 'https://web.push.apple.com/QGx'],
  [true, 'https://updates.push.services.mozilla.com/wpush/v2/x'],
  [true, 'https://wns2-db5p.notify.windows.com/w/?token=x'],
  [true, 'https://FCM.googleapis.com:443/fcm/send/abc'],
  [false, 'http://fcm.googleapis.com/fcm/send/abc'],
  [false, 'https://fcm.googleapis.com:8443/x'],
  [false, 'https://fcm.googleapis.com.example.dk/x'],
  [false, 'https://xfcm.googleapis.com/x'],
  [false, 'https://push.apple.com/x'],
  [false, 'https://evilpush.apple.com/x'],
  [false, 'https://push.apple.com.evil.dk/x'],
  [false, 'https://me:pass@fcm.googleapis.com/x'],
  [false, 'https://fcm.googleapis.com@evil.dk/x'],
  [false, 'https://127.0.0.1/x'],
  [false, 'http://localhost:8080/api/session'],
  [false, 'https://169.254.169.254/latest/meta-data'],
  [false, 'https://[::1]/x'],
  [false, 'https://0x7f000001/x'],
  [false, 'file:///etc/passwd'],
  [false, 'fcm.googleapis.com'],
  [false, ''],
]

t.test('S-16 only hosts of the list are ever asked, over https and by name', (t) => {
  for (const [isAllowed, endpoint] of ENDPOINTS) {
    t.equal(isAllowedEndpoint(hosts, endpoint), isAllowed, endpoint)
  }
  t.end()
})

t.test('S-16 an address outside the list is refused, and nothing of it is kept', async (t) => {
  const { server } = await startPushServer(t)
  const worker = await Browser.signedIn(server.app, 'mette')
  const device = await pairDevice(server.app, () => server.clock.now(), worker)
  for (const endpoint of [
    'https://evil.example.dk/x',
    'http://127.0.0.1:1/x',
    'https://10.0.0.1/x',
  ]) {
    const { subscription } = new PushedBrowser(endpoint)
    const answer = await put(device, { subscription, level: 1, language: 'da' })
    t.match(answer.json(), { status: 400, code: 'PUSH_ENDPOINT_REFUSED' }, endpoint)
  }
  const { subscription } = new PushedBrowser('https://fcm.googleapis.com/x')
  const bad = { ...subscription, p256dh: 'A'.repeat(87) }
  const answer = await put(device, { subscription: bad, level: 1, language: 'da' })
  t.match(answer.json(), { code: 'PUSH_ENDPOINT_REFUSED' }, 'a key that is none')
  t.strictSame(await server.app.database.selectFrom('push_subscriptions').selectAll().execute(), [])
})

t.test('a device is told how it is notified; what it does not choose stays', async (t) => {
  const { device, service } = await makePushWorld(t, { level: 2 })
  const read = async () => (await device.askProven('/api/push')).json<PushReply>()
  t.match(await read(), {
    publicKey: /^[\w-]{87}$/,
    own: { level: 2, language: 'da', provenAt: null },
  })
  const renewed = service.makeBrowser()
  await subscribe(device, renewed, null, 'en')
  t.match(await read(), { own: { level: 2, language: 'en' } }, 'another address, the same choice')
  await subscribe(device, renewed, 3, 'en')
  t.match(await read(), { own: { level: 3 } })
  t.equal((await device.askProven('/api/push/subscription', 'DELETE')).statusCode, 204)
  t.match(await read(), { own: null })
})

t.test('without a choice the least is shown', async (t) => {
  const { device, service, mette } = await makePushWorld(t)
  await device.askProven('/api/push/subscription', 'DELETE')
  await subscribe(device, service.makeBrowser(), null)
  await mette.must(INVITE)
  t.match((await service.waitForCount(1))[0]?.message, { level: 1, title: 'Ny besked', body: '' })
})

t.test('only a paired device that proves itself is notified', async (t) => {
  const { server, service } = await startPushServer(t)
  const anna = await Browser.signedIn(server.app, 'anna')
  const { subscription } = service.makeBrowser()
  const body = { subscription, level: 1, language: 'da' }
  const url = '/api/push/subscription'
  t.match((await anna.ask(url, { method: 'PUT', body })).json(), { code: 'PUSH_DEVICE_MISSING' })
  const worker = await Browser.signedIn(server.app, 'mette')
  const device = await pairDevice(server.app, () => server.clock.now(), worker)
  const unproven = await device.ask(url, { method: 'PUT', body })
  t.match(unproven.json(), { status: 401 }, 'the cookie alone is nobody')
  t.match((await worker.ask(url, { method: 'PUT', body })).json(), { code: 'ROLE_REFUSED' })
})

t.test('W-10 whoever is disconnected, stops or signs out is notified no more', async (t) => {
  const ends: Record<
    string,
    (world: Awaited<ReturnType<typeof makePushWorld>>) => Promise<unknown>
  > = {
    removed: ({ device }) => device.askProven(`/api/devices/${device.id ?? ''}`, 'DELETE'),
    unpaired: ({ worker, device }) =>
      worker.ask(`/api/citizens/${PEOPLE.anna}/devices/${device.id ?? ''}`, { method: 'DELETE' }),
    stopped: ({ device }) => device.askProven('/api/choice/stop', 'POST'),
    'signed out': ({ device }) => device.askProven('/api/session', 'DELETE'),
  }
  for (const [name, end] of Object.entries(ends)) {
    const world = await makePushWorld(t)
    await end(world)
    await world.mette.waitUntil(
      () =>
        world.mette.frames.findLast(
          (frame) => frame.type === 'presence.changed' && !frame.isNotified,
        ),
      `that nobody is notified after: ${name}`,
    )
    const rows = await world.server.app.database
      .selectFrom('push_subscriptions')
      .selectAll()
      .execute()
    t.strictSame(rows, [], name)
    t.equal(world.server.app.push.canNotify(PEOPLE.anna), false, name)
  }
})

t.test('a browser that is another device now is notified as that one only', async (t) => {
  const { server, worker, browser, mette, service } = await makePushWorld(t)
  const again = await pairDevice(server.app, () => server.clock.now(), worker, 'jens')
  await subscribe(again, browser, 1)
  t.equal(server.app.push.canNotify(PEOPLE.anna), false)
  await mette.must({ ...INVITE, citizenId: PEOPLE.jens })
  await service.waitForCount(1)
  t.match(await server.loadCalls(), [{ citizen_id: PEOPLE.jens }])
})

t.test('a trial shows what a notice looks like, and proves that it arrives', async (t) => {
  const { server, service, device } = await makePushWorld(t, { level: 3 })
  t.match((await device.askProven('/api/push/trial', 'POST')).json(), { isSent: true })
  const [trial] = await service.waitForCount(1)
  t.match(trial?.message, { kind: 'trial', title: 'Mette ringer', body: 'Det her er en prøve.' })
  const token = trial?.message.token ?? ''
  t.same((await sayAbout(server, 'notice', token)).json(), { state: 'over' })
  t.equal((await sayAbout(server, 'receipt', token)).statusCode, 204)
  const reply = (await device.askProven('/api/push')).json<PushReply>()
  t.equal(reply.own?.provenAt, server.clock.now())
  t.equal(server.app.presence.getAvailability(PEOPLE.anna), 'reachable')
  service.answer = () => ({ status: 403 })
  t.match((await device.askProven('/api/push/trial', 'POST')).json(), { isSent: false })
})

t.test('a notice nobody has sent tells nothing', async (t) => {
  const { server } = await startPushServer(t)
  for (const what of ['notice', 'receipt'] as const) {
    t.match((await sayAbout(server, what, 'A'.repeat(43))).json(), { code: 'NOTICE_UNKNOWN' })
    t.match((await sayAbout(server, what, 'short')).json(), { code: 'BODY_INVALID' })
  }
})

t.test('L-13 with notices off there are none, and the rest works', async (t) => {
  const { app, clock } = await makeApp(t, { env: { PUSH_ENABLED: 'off' } })
  const worker = await Browser.signedIn(app, 'mette')
  const device = await pairDevice(app, () => clock.now(), worker)
  t.same((await device.askProven('/api/push')).json(), { publicKey: null, own: null })
  const { subscription } = new PushedBrowser('https://fcm.googleapis.com/x')
  const answer = await put(device, { subscription, level: 1, language: 'da' })
  t.match(answer.json(), { code: 'PUSH_OFF' })
})

const FACTS = { name: 'Mette Holm', insteadOf: null, calledAt: Date.UTC(2026, 10, 26, 9, 2) }
const OURS = /bostøtte|støtte|support|kommune|municipal|Holm|Anna/i

t.test('N14 each level tells what was chosen and nothing more, in either language', (t) => {
  const target = new PushedBrowser('https://fcm.googleapis.com/x').subscription
  // prettier-ignore
  const expected = {
    'da 1 ring': ['Ny besked', ''], 'da 1 missed': ['Ny besked', ''],
    'da 2 ring': ['Du bliver ringet op', ''], 'da 2 missed': ['Ubesvaret opkald', ''],
    'da 3 ring': ['Mette ringer', ''], 'da 3 missed': ['Ubesvaret opkald', 'Mette ringede kl. 10.02'],
    'en 1 ring': ['New message', ''], 'en 1 missed': ['New message', ''],
    'en 2 ring': ['You are being called', ''], 'en 2 missed': ['Missed call', ''],
    'en 3 ring': ['Mette is calling', ''], 'en 3 missed': ['Missed call', 'Mette called at 10:02'],
  }
  const lengths = new Set<number>()
  for (const [name, [title, body]] of Object.entries(expected)) {
    const [language, level, kind] = name.split(' ') as ['da', '1' | '2' | '3', 'ring']
    const text = makeNoticeText(
      { level: Number(level) as 1 | 2 | 3, language, target },
      { kind, tag: 'A'.repeat(32), token: 'B'.repeat(43), ...FACTS, until: 5, origin: ORIGIN },
    )
    t.match(JSON.parse(text), { kind, title, body, until: 5 }, name)
    t.notMatch(text, OURS, `${name}: nobody’s whole name, and no word of support`)
    if (level !== '3') t.notMatch(text, /Mette/, `${name}: no name at all`)
    lengths.add(Buffer.byteLength(text))
  }
  t.equal(lengths.size, 1, 'their length tells nothing either')
  t.end()
})

t.test('N14 only the third level tells in whose place a substitute rings', (t) => {
  const target = new PushedBrowser('https://fcm.googleapis.com/x').subscription
  const facts = { ...FACTS, name: 'Ole Bruun', insteadOf: 'Mette Holm' }
  const wish = { kind: 'ring', tag: 'A'.repeat(32), token: 'B'.repeat(43), ...facts } as const
  for (const level of PUSH_LEVELS) {
    const text = makeNoticeText(
      { level, language: 'da', target },
      { ...wish, until: 5, origin: ORIGIN },
    )
    t.notMatch(text, OURS, 'nobody’s whole name')
    if (level === 3) {
      const missed = { body: 'Ole ringede kl. 10.02 i stedet for Mette' }
      t.match(JSON.parse(text), { title: 'Ole ringer', body: 'I stedet for Mette', missed })
    } else t.notMatch(text, /Mette|Ole/, 'no name at all')
  }
  t.end()
})

t.test(
  'PN4 Apple’s own words stand beside ours, and claim no ring that nobody has asked about',
  (t) => {
    const target = new PushedBrowser('https://web.push.apple.com/QGx').subscription
    for (const level of PUSH_LEVELS) {
      const text = makeNoticeText(
        { level, language: 'da', target },
        {
          kind: 'ring',
          tag: 'A'.repeat(32),
          token: 'B'.repeat(43),
          ...FACTS,
          until: 5,
          origin: 'https://video.example.dk',
        },
      )
      const { title } = describeNotice('ring', level, 'da', { name: 'Mette', time: '10.02' })
      t.match(JSON.parse(text), {
        web_push: 8030,
        mutable: true,
        notification: {
          title: 'Ny besked',
          body: '',
          lang: 'da',
          tag: 'A'.repeat(32),
          navigate: 'https://video.example.dk/opkald',
          silent: false,
          data: { v: 1, kind: 'ring', level, title },
        },
      })
      t.ok(Buffer.byteLength(text) < 3_900, 'Apple takes 4 KiB')
    }
    t.end()
  },
)
