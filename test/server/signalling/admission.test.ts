import t from 'tap'
import {
  CLOSE_CODES,
  PROTOCOL_VERSION,
  SERVER_PING_INTERVAL_MS,
  SUBPROTOCOL,
  toSubprotocol,
} from '@naervaer/shared'
import {
  CITIZEN_LIFE_MS,
  STAFF_IDLE_MS,
  STAFF_LIFE_MS,
} from '../../../server/src/accounts/session-life.ts'
import { WATCH_INTERVAL_MS } from '../../../server/src/signalling/session-watch.ts'
import { AddressCounter } from '../../../server/src/signalling/admission.ts'
import type {} from '../../../server/src/accounts/plugin.ts'
import { listen, makeApp } from '../../helpers/build-app.ts'
import { openSocket, signIn, UpgradeRefused, WsPerson } from '../../helpers/ws-person.ts'

/** How an attempt to open `/ws` ends: `open`, or status and code. */
async function tryOpen(...attempt: Parameters<typeof openSocket>): Promise<string> {
  try {
    const socket = await openSocket(...attempt)
    socket.terminate()
    return 'open'
  } catch (error) {
    if (error instanceof UpgradeRefused) return `${error.status} ${String(error.code)}`
    throw error
  }
}

t.test('CO4 S-09 only our own pages get a socket', async (t) => {
  const server = await listen(t)
  const cookie = await signIn(server, 'mette')
  const foreign = [
    'https://evil.example',
    'null',
    'http://localhost:8080.evil.example',
    'http://evil-localhost:8080',
    'http://localhost:80',
    'http://localhost:80801',
    'http://localhost',
    'https://localhost:8080',
    'http://localhost:8080/',
    'HTTP://LOCALHOST:8080',
    'http://localhost:8080 http://evil.example',
    '',
  ]
  for (const origin of foreign) {
    t.equal(await tryOpen(server, { cookie, origin }), '403 ORIGIN_REFUSED', origin)
  }
  t.equal(await tryOpen(server, { cookie }), '403 ORIGIN_REFUSED', 'missing')
  for (const origin of ['http://localhost:8080', 'http://127.0.0.1:8080']) {
    t.equal(await tryOpen(server, { cookie, origin }), 'open', origin)
  }
})

t.test('CO2 the subprotocol must be offered, and is the one that is chosen', async (t) => {
  const server = await listen(t)
  const headers = { cookie: await signIn(server, 'mette'), origin: server.origin }
  for (const offered of [[], ['naervaer.v2'], ['naervaer'], ['naervaer.v1x']]) {
    t.equal(await tryOpen(server, headers, offered), '400 SUBPROTOCOL_UNKNOWN', offered.join())
  }
  const socket = await openSocket(server, headers, ['naervaer.v9', SUBPROTOCOL])
  t.equal(socket.protocol, SUBPROTOCOL)
  t.equal(socket.extensions, '', 'CO7 compression is off')
  socket.terminate()
})

t.test(
  'CO2 S-19 a server of the next version lets the version before in, and says so',
  async (t) => {
    const server = await listen(t, { protocolVersion: PROTOCOL_VERSION + 1 })
    const headers = { cookie: await signIn(server, 'mette'), origin: server.origin }
    const older = await WsPerson.connect(server, 'mette')
    t.equal(older.socket.protocol, SUBPROTOCOL)
    t.match(older.frames[0], { type: 'welcome', protocol: PROTOCOL_VERSION })
    older.socket.terminate()
    const next = toSubprotocol(PROTOCOL_VERSION + 1)
    const newer = await openSocket(server, headers, [SUBPROTOCOL, next])
    t.equal(newer.protocol, next)
    newer.terminate()
    const tooOld = await listen(t, { protocolVersion: PROTOCOL_VERSION + 2 })
    const cookie = await signIn(tooOld, 'mette')
    t.equal(await tryOpen(tooOld, { cookie, origin: tooOld.origin }), '400 SUBPROTOCOL_UNKNOWN')
  },
)

t.test('CO4 no session, no socket', async (t) => {
  const server = await listen(t)
  const { origin } = server
  t.equal(await tryOpen(server, { origin }), '401 SESSION_MISSING')
  const unknown = `naervaer=${'x'.repeat(43)}`
  t.equal(await tryOpen(server, { origin, cookie: unknown }), '401 SESSION_EXPIRED')
  const cookie = await signIn(server, 'mette')
  server.clock.advance(STAFF_LIFE_MS)
  t.equal(await tryOpen(server, { origin, cookie }), '401 SESSION_EXPIRED')
})

t.test('a session ends its sockets: by its time, by signing out, by losing its row', async (t) => {
  const server = await listen(t)
  const [mette, ole] = [await server.connect('mette'), await server.connect('ole')]
  const tab = await server.connect('mette', mette.cookies)
  await fetch(`http://127.0.0.1:${server.port}/api/session`, {
    method: 'DELETE',
    headers: { origin: server.origin, cookie: mette.cookies },
  })
  t.equal(await mette.closed, CLOSE_CODES.SESSION_ENDED)
  t.equal(await tab.closed, CLOSE_CODES.SESSION_ENDED)
  await ole.request({ type: 'ping' })

  await server.app.database.deleteFrom('sessions').execute()
  server.clock.advance(WATCH_INTERVAL_MS)
  t.equal(await ole.closed, CLOSE_CODES.SESSION_ENDED)

  const anna = await server.connect('anna')
  const [row] = await server.app.database.selectFrom('sessions').select('expires_at').execute()
  t.equal(row?.expires_at, server.clock.now() + CITIZEN_LIFE_MS)
  await anna.request({ type: 'ping' })
})

t.test('S-04 a session whose time is over loses its socket within a second', async (t) => {
  const server = await listen(t)
  const cookies = await signIn(server, 'mette')
  server.clock.advance(STAFF_IDLE_MS - WATCH_INTERVAL_MS)
  // Opening the socket is use; what the page asks by itself afterwards is none.
  const mette = await server.connect('mette', cookies)
  server.clock.advance(SERVER_PING_INTERVAL_MS)
  await mette.request({ type: 'ping' })
  await server.app.database
    .updateTable('sessions')
    .set({ used_at: server.clock.now() - STAFF_IDLE_MS + WATCH_INTERVAL_MS })
    .execute()
  server.clock.advance(WATCH_INTERVAL_MS)
  t.equal(await mette.closed, CLOSE_CODES.SESSION_ENDED)
})

t.test('signing in as somebody else in the same browser closes the former’s sockets', async (t) => {
  const server = await listen(t)
  const mette = await server.connect('mette')
  await signIn(server, 'anna', mette.cookies)
  t.equal(await mette.closed, CLOSE_CODES.SESSION_ENDED)
})

t.test('CO6 one address has so many sockets and no more', (t) => {
  const counter = new AddressCounter()
  for (let count = 0; count < 500; count += 1) {
    counter.check('192.0.2.1')
    counter.add('192.0.2.1')
  }
  t.throws(() => counter.check('192.0.2.1'), { code: 'CONNECTIONS_EXCEEDED', statusCode: 429 })
  t.doesNotThrow(() => counter.check('192.0.2.2'))
  counter.remove('192.0.2.1')
  t.doesNotThrow(() => counter.check('192.0.2.1'))
  t.end()
})

t.test(
  'CO6 one socket more from an address is refused before 101, until one has closed',
  async (t) => {
    const server = await listen(t, { maxPerAddress: 2 })
    const headers = { cookie: await signIn(server, 'mette'), origin: server.origin }
    const [first] = [await openSocket(server, headers), await openSocket(server, headers)]
    t.equal(await tryOpen(server, headers), '429 CONNECTIONS_EXCEEDED')
    const isClosed = new Promise((resolve) =>
      server.app.websocketServer.clients.values().next().value?.on('close', resolve),
    )
    first.terminate()
    await isClosed
    t.equal(await tryOpen(server, headers), 'open')
  },
)

t.test('a client that does not answer the goodbye is ended a second later', async (t) => {
  const server = await listen(t)
  const mette = await server.connect('mette')
  mette.socket.pause()
  const [socket] = server.app.websocketServer.clients
  const isClosed = new Promise((resolve) => socket?.on('close', resolve))
  await signIn(server, 'anna', mette.cookies)
  server.clock.advance(1_000)
  await isClosed
  t.equal(server.app.websocketServer.clients.size, 0)
  mette.socket.terminate()
})

t.test('an orderly stop says so with 1012', async (t) => {
  const server = await listen(t)
  const mette = await server.connect('mette')
  await server.app.close()
  t.equal(await mette.closed, CLOSE_CODES.SERVICE_RESTART)
})

t.test('S-13 X-Forwarded-For is believed from the proxy only', async (t) => {
  for (const [trusted, ip] of [
    ['off', '127.0.0.1'],
    ['127.0.0.1', '203.0.113.9'],
    ['192.0.2.1', '127.0.0.1'],
  ] as const) {
    const { app } = await makeApp(t, { env: { TRUST_PROXY: trusted } })
    app.get('/who', { config: { serves: 'anybody' } }, (request) => Promise.resolve(request.ip))
    const headers = { 'x-forwarded-for': '203.0.113.9' }
    t.equal((await app.inject({ url: '/who', headers })).body, ip, trusted)
  }
})

t.test('PR1 the welcome is the first frame, whatever else happens', async (t) => {
  const server = await listen(t)
  const cookies = await signIn(server, 'mette')
  const anna = await server.connect('anna')
  const people = await Promise.all([1, 2, 3].map(() => WsPerson.connect(server, 'mette', cookies)))
  await anna.vanish()
  for (const person of people) t.equal(person.frames[0]?.type, 'welcome')
  t.match(people[0]?.frames[0], { protocol: 1, role: 'worker', serverTime: server.clock.now() })
})
