import { readFile } from 'node:fs/promises'
import t from 'tap'
import WebSocket from 'ws'
import {
  CHECK_SOCKET_PATH,
  SUBPROTOCOL,
  type ChecklistReply,
  type IceServer,
} from '@naervaer/shared'
import {
  MAX_STRANGERS,
  STRANGER_LIFE_SECONDS,
  STRANGERS_WINDOW_MS,
} from '../../../server/src/device-check/turn-tests.ts'
import type {} from '../../../server/src/device-check/plugin.ts'
import { listen, makeApp } from '../../helpers/build-app.ts'
import { HttpPerson, ORIGIN } from '../../helpers/http-person.ts'
import { Browser, pairDevice } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makeRoleWorld, RELATIONS } from '../../helpers/role-world.ts'

const TURN = {
  TURN_URLS: 'turn:203.0.113.10:3478?transport=udp',
  TURN_SECRET: 'a-secret-of-this-test',
}
const CHECKLIST = `/api/citizens/${PEOPLE.anna}/checklist`

t.test('HT72 whoever asks learns the time and of a proxy, and nothing else', async (t) => {
  const { app, clock } = await makeApp(t)
  const { body } = await new HttpPerson(app).ask('GET', '/api/check')
  const time = { serverTime: clock.now(), certificateEndsAt: null }
  t.strictSame(body, { ...time, isProxied: false })
  const headers = { via: '1.1 proxy.example.dk' }
  const proxied = await app.inject({ url: '/api/check', headers })
  t.strictSame(proxied.json(), { ...time, isProxied: true }, 'that there is one, and not which')
})

t.test(
  'HT73 credentials for a check expire soon, and all strangers have one name at TURN',
  async (t) => {
    const { app, clock } = await makeApp(t, { env: TURN })
    const ask = async (url: string, person: Browser, address: string) => {
      const answer = await person.ask(url, { method: 'POST', address })
      const [server] = answer.json<{ iceServers?: IceServer[] }>().iceServers ?? []
      const [expiry = '', opaque = ''] = (server?.username ?? '').split(':')
      return { status: answer.statusCode, seconds: Number(expiry) - clock.now() / 1_000, opaque }
    }
    const stranger = new Browser(app)
    const anna = await Browser.signedIn(app, 'anna')
    const first = await ask('/api/test/turn', stranger, '198.51.100.7')
    t.match(first, { status: 200, seconds: STRANGER_LIFE_SECONDS, opaque: 'test' })
    for (const address of ['198.51.100.8', '203.0.113.9', '2001:db8:1::1', '2001:db8:2::1'])
      t.equal((await ask('/api/test/turn', stranger, address)).opaque, first.opaque)
    const own = await ask('/api/check/turn', anna, '198.51.100.7')
    t.match(own, { status: 200, seconds: 120, opaque: /^own-[\w-]{16}$/ })
    t.equal((await ask('/api/check/turn', anna, '198.51.100.7')).opaque, own.opaque)
    t.not((await ask('/api/check/turn', anna, '198.51.100.8')).opaque, own.opaque)
    t.equal((await ask('/api/check/turn', stranger, '198.51.100.7')).status, 401)
  },
)

t.test('HT73 strangers never take the relay from those who call', async (t) => {
  const conf = await readFile(new URL('../../../coturn.conf', import.meta.url), 'utf8')
  const read = (name: string) => Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(conf)?.[1])
  const { app } = await makeApp(t, { env: TURN })
  const stranger = new Browser(app)
  const names = new Set<string>()
  for (let n = 0; n < MAX_STRANGERS; n += 1) {
    const answer = await stranger.ask('/api/test/turn', { method: 'POST', address: `10.${n}.0.1` })
    const [server] = answer.json<{ iceServers: IceServer[] }>().iceServers
    names.add((server?.username ?? '').split(':')[1] ?? '')
  }
  // 30 calls at a time, each with two sides, of one to three allocations.
  const needed = 30 * 2 * 3
  t.ok(names.size * read('user-quota') + needed <= read('total-quota'), [...names].join(' '))
})

t.test('HT73 strangers get few: ten at one address, a hundred in all', async (t) => {
  const { app, clock } = await makeApp(t, { env: TURN })
  const stranger = new Browser(app)
  const ask = async (address: string) =>
    (await stranger.ask('/api/test/turn', { method: 'POST', address })).statusCode
  for (let n = 0; n < 10; n += 1) t.equal(await ask('198.51.100.7'), 200)
  t.equal(await ask('198.51.100.7'), 429)
  for (let n = 10; n < MAX_STRANGERS; n += 1) t.equal(await ask(`10.0.0.${String(n)}`), 200)
  t.equal(await ask('10.1.0.1'), 429, 'also from elsewhere')
  const anna = await Browser.signedIn(app, 'anna')
  const own = await anna.ask('/api/check/turn', { method: 'POST' })
  t.equal(own.statusCode, 200, 'whoever is signed in is not kept out by them')
  clock.advance(STRANGERS_WINDOW_MS)
  t.equal(await ask('10.1.0.1'), 200)
})

t.test('HT73 without TURN there is nothing to try', async (t) => {
  const { app } = await makeApp(t)
  const { body } = await new HttpPerson(app).ask('POST', '/api/test/turn')
  t.strictSame(body, { iceServers: [] })
})

/** Opens the socket of the check. @returns it, or the status that refused it */
function openEcho(port: number, headers: Record<string, string>): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${CHECK_SOCKET_PATH}`, [SUBPROTOCOL], {
      headers,
    })
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0))
    socket.on('error', reject)
  })
}

const next = (socket: WebSocket): Promise<string | number> =>
  new Promise((resolve) => {
    socket.once('message', (data: Buffer) => resolve(data.toString('utf8')))
    socket.once('close', resolve)
  })

t.test(
  'HT74 the socket of the check says back what it is told, three times and for ten seconds',
  async (t) => {
    const server = await listen(t)
    const open = async () => {
      const socket = await openEcho(server.port, { origin: ORIGIN })
      if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
      t.teardown(() => socket.terminate())
      return socket
    }
    const talker = await open()
    for (const word of ['a', 'b', 'c']) {
      const answer = next(talker)
      talker.send(word)
      t.equal(await answer, word)
    }
    const end = next(talker)
    talker.send('d')
    t.equal(await end, 1008, 'not a fourth time')
    for (const bad of ['x'.repeat(33), Buffer.from('x')]) {
      const other = await open()
      const closed = next(other)
      other.send(bad)
      t.equal(await closed, 1008)
    }
    const silent = await open()
    const late = next(silent)
    server.clock.advance(10_000)
    t.equal(await late, 1008, 'nobody keeps it')
  },
)

t.test('HT74 it opens to our own pages only, and not without end', async (t) => {
  const server = await listen(t)
  t.equal(await openEcho(server.port, { origin: 'https://evil.example' }), 403)
  t.equal(await openEcho(server.port, {}), 403)
  const sockets: WebSocket[] = []
  for (let n = 0; n < 20; n += 1) {
    const socket = await openEcho(server.port, { origin: ORIGIN })
    if (typeof socket !== 'number') sockets.push(socket)
  }
  t.equal(sockets.length, 20)
  t.equal(await openEcho(server.port, { origin: ORIGIN }), 429)
  for (const socket of sockets) socket.terminate()
})

t.test('HT75 N7 a line is what the paired device has shown last, with its moment', async (t) => {
  const { app, clock } = await makeApp(t)
  const mette = await Browser.signedIn(app, 'mette')
  const device = await pairDevice(app, () => clock.now(), mette)
  const pairedAt = clock.now()
  const tell = async (line: string, isOk: boolean) => {
    const path = '/api/check/results'
    const headers = { 'naervaer-proof': await device.sign('POST', path) }
    const answer = await device.ask(path, { method: 'POST', body: { line, isOk }, headers })
    t.equal(answer.statusCode, 204)
    clock.advance(1_000)
  }
  const load = async () => (await mette.ask(CHECKLIST)).json<ChecklistReply>().devices
  const never = { isOk: null, at: null }
  const lines = {
    ...{ installed: never, camera: never, microphone: never, sound: never, relay: never },
    woken: never,
  }
  t.strictSame(await load(), [{ id: device.id, kind: 'iphone', pairedAt, lines }])
  await tell('camera', false)
  t.match(await load(), [{ lines: { camera: { isOk: false, at: pairedAt }, sound: never } }])
  await tell('camera', true)
  await tell('installed', true)
  t.match(await load(), [
    {
      lines: {
        camera: { isOk: true, at: pairedAt + 1_000 },
        installed: { isOk: true, at: pairedAt + 2_000 },
      },
    },
  ])
})

t.test('HT75 a browser that is not paired turns no line green', async (t) => {
  const { app } = await makeApp(t)
  const anna = await HttpPerson.signIn(app, 'anna')
  const body = { line: 'camera', isOk: true }
  t.equal((await anna.ask('POST', '/api/check/results', body)).status, 204)
  t.strictSame(await app.database.selectFrom('device_checks').selectAll().execute(), [])
})

t.test('HT75 what a device has shown goes with the device', async (t) => {
  const { app, clock } = await makeApp(t)
  const mette = await Browser.signedIn(app, 'mette')
  const device = await pairDevice(app, () => clock.now(), mette)
  const path = '/api/check/results'
  const headers = { 'naervaer-proof': await device.sign('POST', path) }
  await device.ask(path, { method: 'POST', body: { line: 'sound', isOk: true }, headers })
  await app.checklists.forgetDisconnected()
  const load = () => app.database.selectFrom('device_checks').select('line').execute()
  t.strictSame(await load(), [{ line: 'sound' }], 'kept while it is paired')
  const url = `/api/citizens/${PEOPLE.anna}/devices/${device.id ?? ''}`
  t.equal((await mette.ask(url, { method: 'DELETE' })).statusCode, 204)
  t.strictSame((await mette.ask(CHECKLIST)).json<ChecklistReply>().devices, [])
  await app.checklists.forgetDisconnected()
  t.strictSame(await load(), [])
})

t.test('S-31 a look at the list is told to the citizen, once for each opening', async (t) => {
  const { app, clock } = await makeApp(t)
  const mette = await Browser.signedIn(app, 'mette')
  const look = async () => {
    t.equal((await mette.ask(CHECKLIST)).statusCode, 200)
  }
  const count = async () => (await app.audit.listLookups(PEOPLE.anna)).length
  await look()
  t.equal(await count(), 1)
  for (let n = 0; n < 100; n += 1) {
    clock.advance(3_000)
    await look()
  }
  t.equal(await count(), 1, 'it lies open, and looks by itself')
  clock.advance(121_000)
  await look()
  t.equal(await count(), 2, 'opened again')
  const karen = await Browser.signedIn(app, 'karen')
  t.equal((await karen.ask(CHECKLIST)).statusCode, 403)
  t.equal(await count(), 2)
})

t.test('S-14 the list of others’ citizens is not there; a substitute reads it', async (t) => {
  const { app, clock } = await makeApp(t)
  await app.ready()
  await makeRoleWorld(app, clock.now())
  const asWorker = async (personId: string) => {
    const browser = new Browser(app)
    await browser.ask('/api/demo/sign-in', { method: 'POST', body: { personId } })
    return (await browser.ask(CHECKLIST)).statusCode
  }
  t.equal(await asWorker(RELATIONS.stranger), 404)
  t.equal(await asWorker(RELATIONS.formerly), 404)
  t.equal(await asWorker(RELATIONS.substitute), 200)
  t.equal(await asWorker(PEOPLE.mette), 200)
  t.equal(await asWorker(PEOPLE.karen), 403)
})
