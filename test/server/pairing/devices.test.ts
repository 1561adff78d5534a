import { generateKeyPair } from 'jose'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import {
  CLOSE_CODES,
  DEVICE_NONCE_HEADER,
  type DevicesReply,
  type PersonId,
  type Problem,
} from '@naervaer/shared'
import { PROOF_LIFE_MS } from '../../../server/src/signalling/proof-watch.ts'
import { listen, makeApp } from '../../helpers/build-app.ts'
import {
  Browser,
  FakeDevice,
  idOf,
  ORIGIN,
  pairDevice,
  type ProofWish,
} from '../../helpers/paired-device.ts'
import { makeRoleWorld, OTHER_TEAM, OTHERS, TEAM } from '../../helpers/role-world.ts'
import { DeviceList } from '../../../server/src/pairing/device-list.ts'
import type {} from '../../../server/src/accounts/plugin.ts'
import type {} from '../../../server/src/calls/plugin.ts'
import type {} from '../../../server/src/pairing/plugin.ts'
import type {} from '../../../server/src/presence/plugin.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { openSocket, UpgradeRefused, WsPerson } from '../../helpers/ws-person.ts'

async function setUp(t: Test, env: Record<string, string> = {}) {
  const server = await listen(t, { env })
  const { app, clock } = server
  const now = () => clock.now()
  const worker = await Browser.signedIn(app, 'mette')
  const device = await pairDevice(app, now, worker)
  return { server, app, clock, now, worker, device }
}

/** By id: the helper's names do not have these people. */
async function signInAs(app: FastifyInstance, personId: PersonId): Promise<Browser> {
  const browser = new Browser(app)
  await browser.ask('/api/demo/sign-in', { method: 'POST', body: { personId } })
  return browser
}

const REFUSED = new UpgradeRefused(401, 'SESSION_EXPIRED')

const codeOf = (answer: { json: () => unknown }) => (answer.json() as Problem).code

t.test('S-02 a proof that is not exactly right signs nobody in', async (t) => {
  const { app, clock } = await makeApp(t)
  const now = () => clock.now()
  const worker = await Browser.signedIn(app, 'mette')
  const device = await pairDevice(app, now, worker)
  const seconds = Math.floor(now() / 1_000)
  const { privateKey } = await generateKeyPair('ES256')
  const other = await pairDevice(app, now, worker, 'jens')
  const bad: Record<string, ProofWish> = {
    'another key': { key: privateKey },
    'another device’s key': { key: other.key },
    'another audience': { claims: { aud: 'https://evil.example' } },
    'no audience': { without: 'aud' },
    'another method': { claims: { htm: 'GET' } },
    'another address': { claims: { htu: `${ORIGIN}/api/devices` } },
    'another origin’s address': { claims: { htu: 'https://evil.example/api/device/session' } },
    'another issuer': { claims: { iss: other.id ?? '' } },
    'no nonce': { without: 'nonce' },
    'a nonce of nobody’s': { claims: { nonce: 'a.b.c' } },
    'too old': { claims: { iat: seconds - 61 } },
    'too new': { claims: { iat: seconds + 31 } },
    'no time': { without: 'iat' },
    'no id': { without: 'jti' },
    'a short id': { claims: { jti: 'x' } },
    'another type': { header: { typ: 'JWT' } },
  }
  for (const [name, wish] of Object.entries(bad)) {
    const refused = await device.signIn(wish)
    t.equal(refused.statusCode, 401, name)
    t.equal(codeOf(refused), 'DEVICE_PROOF_REFUSED', name)
  }
  t.equal(codeOf(await device.signIn({ header: { kid: idOf('anna') } })), 'DEVICE_UNKNOWN')
  for (const iat of [seconds - 60, seconds + 30]) {
    t.equal((await device.signIn({ claims: { iat } })).statusCode, 200, 'at the edge')
  }
})

t.test(
  'HT24 a socket is good for a day, then the key is asked again, never in a call',
  async (t) => {
    const { server, clock, device, worker } = await setUp(t)
    const anna = await server.connect('anna', device.cookies)
    // On the demo's doorstep: no key, and so nothing to prove.
    const jens = await server.connect('jens')
    const mette = await server.connect('mette', worker.cookies)
    const pass = async (durationMs: number, people: readonly WsPerson[]) => {
      for (const until = clock.now() + durationMs; clock.now() < until;) {
        clock.advance(Math.min(20_000, until - clock.now()))
        for (const person of people) await person.request({ type: 'ping' })
      }
    }
    // Nobody sits a whole day of pings through: what counts is when the socket was opened.
    const [opened] = server.app.presence.listConnections(PEOPLE.anna) as { openedAt?: number }[]
    const [openedByJens] = server.app.presence.listConnections(PEOPLE.jens)
    if (opened === undefined || openedByJens === undefined) throw new Error('nobody is there')
    for (const each of [opened, openedByJens]) {
      Object.defineProperty(each, 'openedAt', { value: clock.now() - PROOF_LIFE_MS + 90_000 })
    }
    await pass(80_000, [anna, jens, mette])
    t.equal(anna.socket.readyState, 1, 'the day is not over')
    const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await pass(40_000, [anna, jens, mette])
    t.equal(anna.socket.readyState, 1, 'not while it rings')
    await anna.must({ type: 'call.accept', call: id })
    for (const person of [mette, anna]) {
      await person.must({ type: 'call.connected', call: id, generation: 1, path: 'host' })
    }
    await pass(120_000, [anna, jens, mette])
    t.equal(anna.socket.readyState, 1, 'not in a talk')
    await mette.must({ type: 'call.hangUp', call: id })
    await pass(60_000, [jens, mette])
    t.equal(await anna.closed, CLOSE_CODES.PROOF_DUE)
    t.equal(jens.socket.readyState, 1)

    await t.rejects(openSocket(server, { origin: server.origin, cookie: device.cookies }), REFUSED)
    t.equal((await device.signIn()).statusCode, 200)
    const back = await server.connect('anna', device.cookies)
    t.match(await back.waitFor('welcome'), { role: 'citizen' })
  },
)

t.test('S-02 alg none, a key taken for a secret, and a changed body are refused', async (t) => {
  const { app, device } = await setUp(t)
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const nonce = await device.fetchNonce()
  const good = await device.sign('POST', '/api/device/session', { claims: { nonce } })
  const [, payload = '', signature = ''] = good.split('.')
  const head = { typ: 'naervaer-device+jwt', kid: device.id }
  const { createHmac } = await import('node:crypto')
  const hs256 = `${encode({ ...head, alg: 'HS256' })}.${payload}`
  const forged = createHmac('sha256', device.publicKey.x).update(hs256).digest('base64url')
  const proofs = [
    `${encode({ ...head, alg: 'none' })}.${payload}.`,
    `${hs256}.${forged}`,
    `${encode({ ...head, alg: 'ES256' })}.${encode({ nonce })}.${signature}`,
    'x.y.z',
    'nothing',
  ]
  const thief = new Browser(app)
  for (const proof of proofs) {
    const refused = await thief.ask('/api/device/session', {
      method: 'POST',
      body: { proof, isSwitch: true },
    })
    t.equal(codeOf(refused), 'DEVICE_PROOF_REFUSED', proof.slice(0, 40))
  }
  const body = { proof: good, isSwitch: true }
  t.equal((await thief.ask('/api/device/session', { method: 'POST', body })).statusCode, 200)
  const again = await thief.ask('/api/device/session', { method: 'POST', body })
  t.equal(codeOf(again), 'DEVICE_PROOF_REFUSED', 'a second time')
})

t.test('a nonce serves one device, for two minutes, and each proof over it once', async (t) => {
  const { app, device, clock, now, worker } = await setUp(t)
  const other = await pairDevice(app, now, worker, 'jens')
  const nonce = await device.fetchNonce()
  const claims = { nonce, jti: 'a-proof-of-this-test-only' }
  t.equal((await device.signIn({ claims })).statusCode, 200)
  t.equal((await device.signIn({ claims })).statusCode, 401, 'the very same proof')
  t.equal((await device.signIn({ claims: { nonce } })).statusCode, 200, 'another one')
  t.equal((await other.signIn({ claims: { nonce } })).statusCode, 401)
  clock.advance(120_000)
  t.equal((await device.signIn({ claims: { nonce } })).statusCode, 401)
})

t.test('HT23 who proves itself is given the next nonce, and nobody else', async (t) => {
  const { device } = await setUp(t)
  const first = (await device.signIn()).headers[DEVICE_NONCE_HEADER]
  const second = await device.signIn({ claims: { nonce: first } })
  t.equal(second.statusCode, 200)
  t.not(second.headers[DEVICE_NONCE_HEADER], first)
  const refused = await device.signIn({ claims: { nonce: 'of.nobody.here' } })
  t.equal(codeOf(refused), 'DEVICE_PROOF_REFUSED')
  t.notOk(DEVICE_NONCE_HEADER in refused.headers)
})

t.test('a copied cookie jar opens nothing: no page, no route, no socket', async (t) => {
  const { server, app, device } = await setUp(t)
  const thief = new Browser(app, { ...device.jar })
  t.match((await thief.ask('/api/session')).json(), { you: null })
  t.equal((await thief.ask('/api/devices')).statusCode, 401)
  const own = device.id ?? ''
  t.equal((await thief.ask(`/api/devices/${own}`, { method: 'DELETE' })).statusCode, 401)

  const anna = await WsPerson.connect(server, 'anna', device.cookies)
  t.teardown(() => anna.vanish())
  for (const cookie of [device.cookies, device.cookies.replace(/naervaer-ticket=[^;]*/, '')]) {
    const headers = { cookie, origin: ORIGIN }
    await t.rejects(openSocket(server, headers), REFUSED, 'the ticket has been used')
  }
})

/** A provider that never answers: its routes are there all the same. */
const WORK_ACCOUNTS = {
  OIDC_ISSUER: 'http://localhost:1',
  OIDC_CLIENT_ID: 'naervaer',
  OIDC_CLIENT_SECRET: 'a-secret-of-32-letters-or-thereby',
  OIDC_ROLE_MAP: 'Medarbejder=worker',
}
const SIGN_OUTS = [
  ['DELETE', '/api/session'],
  ['POST', '/api/oidc/sign-out'],
] as const

for (const [method, url] of SIGN_OUTS) {
  t.test(`a copied cookie jar ends nothing: ${method} ${url} asks for the key`, async (t) => {
    const { server, app, worker, device } = await setUp(t, WORK_ACCOUNTS)
    const anna = await server.connect('anna', device.cookies)
    const mette = await server.connect('mette', worker.cookies)
    const { id: call } = await mette.must({ type: 'call.invite', citizenId: idOf('anna') })
    await anna.must({ type: 'call.accept', call })
    const thief = new Browser(app, { ...device.jar })
    t.ok((await thief.ask(url, { method })).statusCode < 300)
    t.notOk('naervaer' in thief.jar, 'the thief’s own browser forgets it')
    t.equal((await app.accounts.listSessions(idOf('anna'))).length, 1)
    await anna.request({ type: 'ping' })
    t.equal(anna.socket.readyState, 1)
    t.match(await server.loadCalls(), [{ ended_at: null }])

    t.ok((await device.askProven(url, method)).statusCode < 300)
    t.notOk('naervaer' in device.jar)
    t.equal(await anna.closed, CLOSE_CODES.SESSION_ENDED)
    t.strictSame(await app.accounts.listSessions(idOf('anna')), [])
  })
}

t.test(
  'a request’s proof is for that request, once, and from the session’s own device',
  async (t) => {
    const { app, now, worker, device } = await setUp(t)
    const second = await pairDevice(app, now, worker)
    const ask = async (proof: string) =>
      (await device.ask('/api/devices', { headers: { 'naervaer-proof': proof } })).statusCode
    const good = await device.sign('GET', '/api/devices')
    t.equal(await ask(good), 200)
    t.equal(await ask(good), 401, 'again')
    t.equal(await ask(await device.sign('DELETE', '/api/devices')), 401, 'another method')
    t.equal(await ask(await device.sign('GET', '/api/session')), 401, 'another address')
    t.equal(await ask(await second.sign('GET', '/api/devices')), 401, 'the citizen’s other device')
  },
)

t.test('a ticket opens one socket, within a minute', async (t) => {
  const { server, device, clock } = await setUp(t)
  const headers = () => ({ cookie: device.cookies, origin: ORIGIN })
  clock.advance(60_000)
  await t.rejects(openSocket(server, headers()), REFUSED)
  await device.signIn()
  const anna = await WsPerson.connect(server, 'anna', device.cookies)
  t.equal(anna.frames[0]?.type, 'welcome')
  await anna.vanish()
  await t.rejects(openSocket(server, headers()), REFUSED)
})

t.test(
  'proving itself again keeps the session, so that two windows do not end each other’s',
  async (t) => {
    const { server, device, app } = await setUp(t)
    const anna = await WsPerson.connect(server, 'anna', device.cookies)
    const before = device.jar['naervaer']
    await device.signIn()
    t.equal(device.jar['naervaer'], before)
    const second = await WsPerson.connect(server, 'anna', device.cookies)
    t.equal((await app.accounts.listSessions(idOf('anna'))).length, 1)
    await Promise.all([anna.vanish(), second.vanish()])
  },
)

t.test('without its cookies, with its key, a device is the same device', async (t) => {
  const { app, device } = await setUp(t)
  for (const name of Object.keys(device.jar)) Reflect.deleteProperty(device.jar, name)
  t.equal((await device.signIn()).statusCode, 200)
  const { devices, thisDeviceId } = (await device.askProven('/api/devices')).json<DevicesReply>()
  t.equal(devices.length, 1)
  t.equal(thisDeviceId, device.id)
  t.equal(
    (await app.accounts.listSessions(idOf('anna'))).length,
    1,
    'and the lost session has ended',
  )
})

t.test('somebody else who is signed in in the browser gives way only when asked to', async (t) => {
  const { app, device } = await setUp(t)
  const mette = await Browser.signedIn(app, 'mette')
  const start = async (isSwitch: boolean) => {
    const nonce = await device.fetchNonce()
    const proof = await device.sign('POST', '/api/device/session', { claims: { nonce } })
    return mette.ask('/api/device/session', { method: 'POST', body: { proof, isSwitch } })
  }
  t.match((await start(false)).json(), { you: { name: 'Mette Holm' } })
  t.notOk('naervaer-ticket' in mette.jar)
  t.match((await start(true)).json(), { you: { name: 'Anna' } })
})

/** Ole stands in for Mette with Anna for an hour. */
async function standIn(app: FastifyInstance, now: number): Promise<Browser> {
  const karen = await Browser.signedIn(app, 'karen')
  const wish = { workerId: idOf('ole'), citizenId: idOf('anna'), kind: 'substitute' }
  const body = { ...wish, fromAt: null, toAt: now + 3_600_000 }
  const { statusCode } = await karen.ask('/api/assignments', { method: 'POST', body })
  if (statusCode !== 201) throw new Error(`assignment answered ${statusCode}`)
  return Browser.signedIn(app, 'ole')
}

/** Whoever may take a lost phone away, besides its owner: who they are, and by which address. */
const REVOKERS = {
  worker: (app: FastifyInstance) => Browser.signedIn(app, 'mette'),
  substitute: standIn,
  leader: (app: FastifyInstance) => Browser.signedIn(app, 'karen'),
  IT: (app: FastifyInstance) => Browser.signedIn(app, 'bo'),
} as const
const devicesOf = (who: keyof typeof REVOKERS, name: 'anna' | 'jens' = 'anna') => {
  if (who === 'leader') return `/api/teams/${TEAM}/citizens/${idOf(name)}/devices`
  return `/api/${who === 'IT' ? 'it/people' : 'citizens'}/${idOf(name)}/devices`
}

for (const who of ['worker', 'substitute', 'leader', 'IT', 'citizen', 'another process'] as const) {
  t.test(`W-25 revoked by the ${who}: socket, call and sessions end`, async (t) => {
    const { server, app, worker, device, clock } = await setUp(t)
    const anna = await WsPerson.connect(server, 'anna', device.cookies)
    const mette = await WsPerson.connect(server, 'mette', worker.cookies)
    const { id: call } = await mette.must({ type: 'call.invite', citizenId: idOf('anna') })
    await anna.must({ type: 'call.accept', call })
    for (const party of [anna, mette]) {
      await party.must({ type: 'call.connected', call, generation: 1, path: 'host' })
    }
    const id = device.id ?? ''
    const isOwner = who === 'citizen' || who === 'another process'
    const revoker = isOwner ? null : await REVOKERS[who](app, clock.now())
    const from = performance.now()
    if (revoker !== null && !isOwner) {
      const { devices } = (await revoker.ask(devicesOf(who))).json<DevicesReply>()
      t.match(devices, [{ id, kind: 'iphone' }])
      t.equal((await revoker.ask(`${devicesOf(who)}/${id}`, { method: 'DELETE' })).statusCode, 204)
    } else if (who === 'citizen') {
      t.equal((await device.askProven(`/api/devices/${id}`, 'DELETE')).statusCode, 204)
    } else {
      await app.database
        .updateTable('device_keys')
        .set({ revoked_at: clock.now() })
        .where('device_id', '=', device.id)
        .execute()
      clock.advance(1_000)
    }
    t.equal(await anna.closed, 4501)
    const ended = await mette.waitForState(call, 'ended')
    t.match(ended, { outcome: 'completed', endReason: 'revoked' })
    // Two seconds for the socket, five for the call (W-25).
    t.ok(performance.now() - from < 2_000)
    // Why is told to the device alone, and only where it was written down.
    const told = who === 'another process' ? 'DEVICE_UNKNOWN' : 'DEVICE_REMOVED'
    t.equal(codeOf(await device.signIn()), told)
    t.equal((await device.askProven('/api/devices')).statusCode, 401)
    t.match(await server.loadCalls(), [{ end_reason: 'revoked', outcome: 'completed' }])
    await mette.vanish()
  })
}

for (const by of ['citizen', 'worker'] as const) {
  t.test(`HT27 a device is told of the stop that ${by} made, by its own key alone`, async (t) => {
    const { app, now, worker, device } = await setUp(t)
    const anna = idOf('anna')
    const stopped =
      by === 'citizen'
        ? await device.askProven('/api/choice/stop', 'POST')
        : await worker.ask(`/api/citizens/${anna}/choice/stop`, { method: 'POST' })
    t.equal(stopped.statusCode, 200)
    const { privateKey } = await generateKeyPair('ES256')
    const seconds = Math.floor(now() / 1_000)
    const strangers: Record<string, ProofWish> = {
      'another key': { key: privateKey },
      'no nonce': { without: 'nonce' },
      'too old': { claims: { iat: seconds - 61 } },
      'another address': { claims: { htu: `${ORIGIN}/api/devices` } },
    }
    for (const [name, wish] of Object.entries(strangers)) {
      t.equal(codeOf(await device.signIn(wish)), 'DEVICE_UNKNOWN', name)
    }
    const told = await device.signIn()
    t.equal(told.statusCode, 401)
    t.equal(codeOf(told), 'DEVICE_STOPPED')
    t.equal((await device.askProven('/api/devices')).statusCode, 401, 'and opens nothing')

    await worker.ask(`/api/citizens/${anna}/choice/offer`, { method: 'POST' })
    const again = await pairDevice(app, now, worker)
    t.equal((await again.signIn()).statusCode, 200, 'a new code begins anew')
    t.equal(codeOf(await device.signIn()), 'DEVICE_STOPPED')
  })
}

t.test('W-25 a call goes on without a socket, but not without a device', async (t) => {
  const { server, worker, device } = await setUp(t)
  const anna = await WsPerson.connect(server, 'anna', device.cookies)
  const mette = await WsPerson.connect(server, 'mette', worker.cookies)
  const { id: call } = await mette.must({ type: 'call.invite', citizenId: idOf('anna') })
  await anna.must({ type: 'call.accept', call })
  await anna.vanish()
  const path = `/api/citizens/${idOf('anna')}/devices/${device.id ?? ''}`
  await worker.ask(path, { method: 'DELETE' })
  t.match(await mette.waitForState(call, 'ended'), { outcome: 'failed', endReason: 'revoked' })
  await mette.vanish()
})

t.test('W-25 a revocation that fails half-way is seen to a second later', async (t) => {
  const { server, app, worker, device, clock } = await setUp(t)
  const anna = await WsPerson.connect(server, 'anna', device.cookies)
  const mette = await WsPerson.connect(server, 'mette', worker.cookies)
  const { id: call } = await mette.must({ type: 'call.invite', citizenId: idOf('anna') })
  await anna.must({ type: 'call.accept', call })
  const { calls } = app
  const revokeDevice = calls.revokeDevice.bind(calls)
  let failuresLeft = 2
  calls.revokeDevice = (id) => {
    failuresLeft -= 1
    return failuresLeft < 0 ? revokeDevice(id) : Promise.reject(new Error('no room'))
  }
  const path = `/api/citizens/${idOf('anna')}/devices/${device.id ?? ''}`
  t.equal((await worker.ask(path, { method: 'DELETE' })).statusCode, 500)
  t.equal(await anna.closed, 4501, 'the socket closes all the same')
  t.strictSame(await app.accounts.listSessions(idOf('anna')), [])
  const lines = await app.database
    .selectFrom('audit_events')
    .select('subject_id')
    .where('action', '=', 'device.revoked')
    .execute()
  t.strictSame(lines, [{ subject_id: idOf('anna') }], 'and it stands in the log')
  while (failuresLeft >= 0) {
    clock.advance(1_000)
    await mette.request({ type: 'ping' })
  }
  t.match(await mette.waitForState(call, 'ended'), { endReason: 'revoked' })
  await mette.vanish()
})

t.test('a revocation and its line are written together', async (t) => {
  const { app, worker, device } = await setUp(t)
  await sql`create trigger full before insert on audit_events
    begin select raise(abort, 'no room'); end`.execute(app.database)
  const path = `/api/citizens/${idOf('anna')}/devices/${device.id ?? ''}`
  t.equal((await worker.ask(path, { method: 'DELETE' })).statusCode, 500)
  const { clock, database, audit, accounts } = app
  const list = new DeviceList({ clock, database, audit, accounts })
  if (device.id !== null) await t.rejects(list.revoke(device.id, { kind: 'cli' }), /no room/)
  await sql`drop trigger full`.execute(app.database)
  t.equal((await app.devices.listOf(idOf('anna'))).length, 1, 'nothing of it happened')
  t.equal((await worker.ask(path, { method: 'DELETE' })).statusCode, 204)
})

t.test('S-14 nobody removes another citizen’s device', async (t) => {
  const { app, now, worker, device } = await setUp(t)
  const jens = await pairDevice(app, now, worker, 'jens')
  const id = device.id ?? ''
  t.equal((await jens.askProven(`/api/devices/${id}`, 'DELETE')).statusCode, 404)
  const wrongOwner = `/api/citizens/${idOf('jens')}/devices/${id}`
  t.equal((await worker.ask(wrongOwner, { method: 'DELETE' })).statusCode, 404)
  const ole = await Browser.signedIn(app, 'ole')
  const path = `/api/citizens/${idOf('anna')}/devices/${id}`
  t.equal((await ole.ask(path, { method: 'DELETE' })).statusCode, 404)
  t.equal((await device.signIn()).statusCode, 200)
})

t.test('S-14 a leader takes away the phones of their own team’s citizens only', async (t) => {
  const { app, clock, device, worker, now } = await setUp(t)
  await makeRoleWorld(app, clock.now())
  const jens = await pairDevice(app, now, worker, 'jens')
  const id = device.id ?? ''
  const nobody = '01900000-0000-7000-8000-00000000ffff'
  const other = await signInAs(app, OTHERS.otherLeader)
  const karen = await Browser.signedIn(app, 'karen')
  const tell = async (leader: Browser, team: string, citizen: string, about: string) => {
    const list = `/api/teams/${team}/citizens/${citizen}/devices`
    const answers = [
      await leader.ask(list),
      await leader.ask(`${list}/${about}`, { method: 'DELETE' }),
    ]
    return answers.map((answer) => `${answer.statusCode} ${codeOf(answer)}`)
  }
  const gone = ['404 PERSON_NOT_FOUND', '404 PERSON_NOT_FOUND']
  t.strictSame(await tell(other, TEAM, idOf('anna'), id), gone, 'another team')
  t.strictSame(await tell(other, OTHER_TEAM, idOf('anna'), id), gone, 'not in the own team')
  t.strictSame(await tell(other, nobody, idOf('anna'), id), gone, 'a team of nobody’s')
  t.strictSame(await tell(other, OTHER_TEAM, nobody, nobody), gone, 'as if nobody existed')
  t.strictSame(await tell(karen, TEAM, idOf('mette'), id), gone, 'staff are no citizens')
  const list = devicesOf('leader')
  const wrongOwner = await karen.ask(`${list}/${jens.id ?? ''}`, { method: 'DELETE' })
  t.equal(codeOf(wrongOwner), 'DEVICE_NOT_FOUND', 'another citizen’s device')
  t.equal((await device.signIn()).statusCode, 200)
  t.equal((await jens.signIn()).statusCode, 200)
})

t.test('§ 1.3 a substitute disconnects a phone, and pairs none', async (t) => {
  const { app, clock, worker } = await setUp(t)
  const { beginPairing } = await import('../../helpers/paired-device.ts')
  const ole = await standIn(app, clock.now())
  const body = { citizenId: idOf('anna'), replaces: null }
  const refused = await ole.ask('/api/pairings', { method: 'POST', body })
  t.equal(refused.statusCode, 403)
  t.equal(codeOf(refused), 'SUBSTITUTE_REFUSED')
  await t.resolves(beginPairing(worker), 'the own worker pairs')
  const ofLiz = { ...body, citizenId: idOf('liz') }
  const own = await ole.ask('/api/pairings', { method: 'POST', body: ofLiz })
  t.equal(own.statusCode, 201, 'and Ole pairs with his own citizen')
})

t.test('the worker’s dialog is told at once, and nobody else is', async (t) => {
  const { server, app, now, worker } = await setUp(t)
  const mette = await WsPerson.connect(server, 'mette', worker.cookies)
  const elsewhere = await server.connect('mette')
  const { beginPairing } = await import('../../helpers/paired-device.ts')
  const { id, code } = await beginPairing(worker)
  const device = await FakeDevice.make(app, now)
  const { digits } = (await device.claim({ code })).json<{ digits: string }>()
  const told = await mette.waitFor('pairing.claimed')
  t.strictSame(told, { type: 'pairing.claimed', pairing: id, digits, kind: 'iphone' })
  t.notOk(elsewhere.frames.some(({ type }) => type === 'pairing.claimed'))
  await Promise.all([mette.vanish(), elsewhere.vanish()])
})
