import t from 'tap'
import type { FastifyInstance } from 'fastify'
import {
  CLOSE_CODES,
  SERVER_PING_INTERVAL_MS,
  type OwnSessionsReply,
  type SessionLifeReply,
} from '@naervaer/shared'
import {
  CITIZEN_LIFE_MS,
  FORMER_TOKEN_MS,
  STAFF_IDLE_MS,
  STAFF_LIFE_MS,
} from '../../../server/src/accounts/session-life.ts'
import { toDeviceKind } from '../../../server/src/accounts/device-kind.ts'
import { listen, makeApp } from '../../helpers/build-app.ts'
import { Browser } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'

async function isSignedIn(browser: Browser): Promise<boolean> {
  const answer = await browser.ask('/api/session')
  return answer.json<{ you: unknown }>().you !== null
}

async function listOwn(browser: Browser): Promise<OwnSessionsReply['sessions']> {
  return (await browser.ask('/api/sessions')).json<OwnSessionsReply>().sessions
}

const signInTwice = async (app: FastifyInstance) =>
  [await Browser.signedIn(app, 'mette'), await Browser.signedIn(app, 'mette')] as const

t.test('S-03 a new sign-in has a new token, and the old one is worth nothing', async (t) => {
  const { app } = await makeApp(t)
  const browser = await Browser.signedIn(app, 'mette')
  const before = new Browser(app, { ...browser.jar })
  await browser.ask('/api/demo/sign-in', { method: 'POST', body: { personId: PEOPLE.mette } })
  t.not(browser.jar['naervaer'], before.jar['naervaer'])
  t.ok(await isSignedIn(browser))
  t.notOk(await isSignedIn(before))
  t.equal((await listOwn(browser)).length, 1)
})

t.test('S-03 a sign-in ends the browser’s session even without its cookie', async (t) => {
  const { app } = await makeApp(t)
  const browser = await Browser.signedIn(app, 'mette')
  const stolen = new Browser(app, { ...browser.jar })
  Reflect.deleteProperty(browser.jar, 'naervaer')
  await browser.ask('/api/demo/sign-in', { method: 'POST', body: { personId: PEOPLE.ole } })
  t.notOk(await isSignedIn(stolen))
})

t.test('S-04 staff are signed out after an hour of rest, and use puts it off', async (t) => {
  const { app, clock } = await makeApp(t)
  const browser = await Browser.signedIn(app, 'mette')
  for (let count = 0; count < 5; count += 1) {
    clock.advance(STAFF_IDLE_MS - 1)
    t.ok(await isSignedIn(browser))
  }
  clock.advance(STAFF_IDLE_MS)
  t.notOk(await isSignedIn(browser))
  t.equal((await browser.ask('/api/sessions')).json<{ code: string }>().code, 'SESSION_EXPIRED')
})

t.test('S-04 A-11 who is there says so, and who only looks at the clock does not', async (t) => {
  const { app, clock } = await makeApp(t)
  const browser = await Browser.signedIn(app, 'mette')
  const startedAt = clock.now()
  const ask = async (method: 'GET' | 'POST') =>
    (await browser.ask('/api/session/life', { method })).json<SessionLifeReply>()
  const endsAt = startedAt + STAFF_LIFE_MS
  t.strictSame(await ask('GET'), {
    serverTime: startedAt,
    endsAt,
    idleEndsAt: startedAt + STAFF_IDLE_MS,
  })
  clock.advance(STAFF_IDLE_MS - 1)
  t.match(await ask('GET'), { idleEndsAt: startedAt + STAFF_IDLE_MS }, 'looking is no use')
  t.match(await ask('POST'), { endsAt, idleEndsAt: clock.now() + STAFF_IDLE_MS })
  for (let looks = 0; looks < 6; looks += 1) {
    clock.advance(STAFF_IDLE_MS / 6)
    await ask('GET')
  }
  t.notOk(await isSignedIn(browser), 'however often it looked')
  t.equal((await browser.ask('/api/session/life')).statusCode, 401)
  const citizen = await Browser.signedIn(app, 'anna')
  const answer = await citizen.ask('/api/session/life')
  t.match(answer.json(), { endsAt: clock.now() + CITIZEN_LIFE_MS, idleEndsAt: null })
})

t.test('S-04 after twelve hours no use helps', async (t) => {
  const { app, clock } = await makeApp(t)
  const browser = await Browser.signedIn(app, 'mette')
  const until = clock.now() + STAFF_LIFE_MS
  while (clock.now() < until - 1) {
    t.ok(await isSignedIn(browser))
    clock.advance(Math.min(STAFF_IDLE_MS - 1, until - 1 - clock.now()))
  }
  t.ok(await isSignedIn(browser))
  clock.advance(1)
  t.notOk(await isSignedIn(browser))
})

t.test('a citizen stays signed in for as long as the app is used', async (t) => {
  const { app, clock } = await makeApp(t)
  const browser = await Browser.signedIn(app, 'anna')
  for (let count = 0; count < 3; count += 1) {
    clock.sleep(CITIZEN_LIFE_MS - 1)
    const answer = await browser.ask('/api/session')
    t.match(answer.cookies, [{ name: 'naervaer', maxAge: CITIZEN_LIFE_MS / 1_000 }])
  }
  clock.sleep(CITIZEN_LIFE_MS)
  t.notOk(await isSignedIn(browser))
})

t.test('S-04 a running call keeps the worker signed in, however still the hands are', async (t) => {
  const server = await listen(t)
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const ole = await server.connect('ole')
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  for (const [person, path] of [
    [mette, 'host'],
    [anna, 'host'],
  ] as const) {
    await person.must({ type: 'call.connected', call: id, generation: 1, path })
  }
  const { database } = server.app
  const loadUse = (personId: string) =>
    database
      .selectFrom('sessions')
      .select(['id', 'used_at'])
      .where('person_id', '=', personId as typeof PEOPLE.mette)
      .executeTakeFirstOrThrow()
  const before = await loadUse(PEOPLE.ole)
  // Two hours: each step long enough for a ping, which everybody answers before the next.
  for (let step = 0; step < (2 * STAFF_IDLE_MS) / SERVER_PING_INTERVAL_MS; step += 1) {
    server.clock.advance(SERVER_PING_INTERVAL_MS)
    const open = [mette, anna, ole].filter(({ socket }) => socket.readyState === 1)
    await Promise.all(open.map((person) => person.request({ type: 'ping' }).catch(() => null)))
  }
  t.equal(await ole.closed, CLOSE_CODES.SESSION_ENDED, 'an open page alone is no use')
  t.ok(before.used_at <= server.clock.now() - STAFF_IDLE_MS)
  t.equal(mette.socket.readyState, 1)
  t.match(await mette.must({ type: 'call.hangUp', call: id }), { state: 'ended' })
})

t.test('one sees where one is signed in, and ends another place or all others', async (t) => {
  const { app, clock } = await makeApp(t)
  const [first, second] = await signInTwice(app)
  clock.advance(120_000)
  const third = new Browser(app)
  await third.ask('/api/demo/sign-in', {
    method: 'POST',
    body: { personId: PEOPLE.mette },
    headers: { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E' },
  })
  const sessions = await listOwn(third)
  t.match(sessions[0], { deviceKind: 'phone', method: 'demo', isThis: true, usedAt: clock.now() })
  t.strictSame(
    sessions.map(({ isThis }) => isThis),
    [true, false, false],
  )
  t.notOk(JSON.stringify(sessions).includes(third.jar['naervaer'] ?? '?'))
  const ofFirst = (await listOwn(first)).find(({ isThis }) => isThis)?.id ?? ''
  t.equal((await third.ask(`/api/sessions/${ofFirst}`, { method: 'DELETE' })).statusCode, 204)
  t.notOk(await isSignedIn(first))
  t.equal((await third.ask('/api/sessions', { method: 'DELETE' })).statusCode, 204)
  t.notOk(await isSignedIn(second))
  t.ok(await isSignedIn(third))
  const own = (await listOwn(third))[0]?.id ?? ''
  const answer = await third.ask(`/api/sessions/${own}`, { method: 'DELETE' })
  t.match(answer.cookies, [{ name: 'naervaer', value: '' }])
  t.notOk(await isSignedIn(third))
})

t.test('S-14 another person’s session answers as if it did not exist', async (t) => {
  const { app } = await makeApp(t)
  const [mette, ole] = [await Browser.signedIn(app, 'mette'), await Browser.signedIn(app, 'ole')]
  const [own] = await listOwn(ole)
  const answer = await mette.ask(`/api/sessions/${own?.id ?? ''}`, { method: 'DELETE' })
  t.match(answer.json(), { status: 404, code: 'NOT_FOUND' })
  t.ok(await isSignedIn(ole))
  t.equal((await new Browser(app).ask('/api/sessions')).statusCode, 401)
})

t.test(
  'S-04 a change of rights gives a new token, and the old one fades within seconds',
  async (t) => {
    const { app, clock } = await makeApp(t)
    const [browser, other] = await signInTwice(app)
    const before = new Browser(app, { ...browser.jar })
    await app.accounts.rotateSessionsOf(PEOPLE.mette)
    t.ok(await isSignedIn(browser))
    t.not(browser.jar['naervaer'], before.jar['naervaer'])
    const token = browser.jar['naervaer']
    t.ok(await isSignedIn(browser))
    t.equal(browser.jar['naervaer'], token, 'once')
    const late = new Browser(app, { ...before.jar })
    t.ok(await isSignedIn(late), 'a request that was on its way')
    t.equal(late.jar['naervaer'], before.jar['naervaer'], 'the former token earns no new one')
    clock.advance(FORMER_TOKEN_MS)
    t.notOk(await isSignedIn(before))
    t.ok(await isSignedIn(browser))
    t.ok(await isSignedIn(other))
    t.equal((await listOwn(browser)).length, 2)
  },
)

t.test('closed accounts have no sessions, old or new', async (t) => {
  const { app, clock } = await makeApp(t)
  const browser = await Browser.signedIn(app, 'mette')
  await app.database.updateTable('people').set({ disabled_at: clock.now() }).execute()
  t.notOk(await isSignedIn(browser))
  await t.rejects(app.accounts.signIn(PEOPLE.mette, undefined, { method: 'passkey' }), {
    code: 'PERSON_NOT_FOUND',
  })
  t.strictSame(await app.accounts.filterAlive(['nothing']), new Set())
})

t.test('of what a browser says of itself only the kind of device is kept', (t) => {
  const kinds = {
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148': 'phone',
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140 Mobile Safari/537.36': 'phone',
    'Mozilla/5.0 (Linux; Android 15; SM-X200) Chrome/140 Safari/537.36': 'tablet',
    'Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X)': 'tablet',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140': 'computer',
    'Mozilla/5.0 (X11; Linux x86_64) Firefox/145': 'computer',
    'curl/8': 'unknown',
    '': 'unknown',
  }
  for (const [header, kind] of Object.entries(kinds)) t.equal(toDeviceKind(header), kind, header)
  t.equal(toDeviceKind(undefined), 'unknown')
  t.end()
})
