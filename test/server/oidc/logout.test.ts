import { randomUUID } from 'node:crypto'
import {
  decodeJwt,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTPayload,
} from 'jose'
import t from 'tap'
import { HttpBrowser } from '../../helpers/http-browser.ts'
import { CLIENT_ID } from '../../helpers/work-accounts.ts'
import { WsPerson } from '../../helpers/ws-person.ts'
import { fetchSession, LARS, makeWorld, signIn, TRINE, type World } from './world.ts'

/** Claims to be changed; undefined takes one away. */
type Claims = { readonly [Name in keyof JWTPayload]: JWTPayload[Name] | undefined }

const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const LOGOUT_HEADER = { typ: 'logout+jwt' }

const post = (world: World, body: string, headers: Record<string, string> = FORM) =>
  fetch(`${world.origin}/api/oidc/back-channel-logout`, { method: 'POST', headers, body })

const tell = async (world: World, token: string) =>
  (await post(world, String(new URLSearchParams({ logout_token: token })))).status

function makeOrder({ provider }: World, change: Claims = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000)
  const order = { iss: provider.issuer, aud: CLIENT_ID, iat: now, exp: now + 120 }
  return { ...order, jti: randomUUID(), events: EVENTS, ...change }
}

const readSids = async ({ app }: World) => {
  const rows = await app.database.selectFrom('oidc_sessions').select(['sub', 'sid']).execute()
  return new Map(rows.map(({ sub, sid }) => [sub, sid ?? '']))
}

/** Asks the provider itself to end its session, as signing out of another system does. */
async function signOutAtProvider({ provider }: World, browser: HttpBrowser): Promise<void> {
  const page = await (await browser.send(`${provider.issuer}/session/end`)).text()
  const xsrf = /name="xsrf" value="(\w+)"/.exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ xsrf, logout: 'yes' })
  await browser.send(`${provider.issuer}/session/end/confirm`, { method: 'POST', body })
}

t.test(
  'S-05 signing out elsewhere ends the session and its sockets within five seconds',
  async (t) => {
    const world = await makeWorld(t)
    const [trine, lars] = [new HttpBrowser(), new HttpBrowser()]
    await signIn(world, trine, TRINE.sub)
    await signIn(world, lars, LARS.sub)
    const socket = await WsPerson.connect(world, 'mette', trine.listCookies('localhost'))
    const startedAt = performance.now()
    await signOutAtProvider(world, trine)
    t.equal(await socket.closed, 4501)
    t.ok(performance.now() - startedAt < 5_000)
    t.strictSame(world.provider.told, [null], 'the provider was told that it is done')
    t.equal((await fetchSession(world, trine)).you, null)
    t.equal((await fetchSession(world, lars)).you?.name, 'Lars Bo')
    const lines = await world.app.database
      .selectFrom('audit_events')
      .select('details')
      .where('action', '=', 'oidc.logoutReceived')
      .execute()
    t.strictSame(lines, [{ details: '{"count":1}' }])
  },
)

t.test('signing out here leads to where the provider’s session ends too', async (t) => {
  const world = await makeWorld(t)
  const { origin, provider } = world
  const browser = new HttpBrowser()
  await signIn(world, browser, TRINE.sub)
  const headers = { origin, 'content-type': 'application/json' }
  const signOut = async () => {
    const answer = await browser.send(`${origin}/api/oidc/sign-out`, {
      method: 'POST',
      headers,
      body: '{}',
    })
    return (await answer.json()) as { redirectTo: string | null }
  }
  const foreign = { ...headers, origin: 'https://evil.example' }
  const refused = await browser.send(`${origin}/api/oidc/sign-out`, {
    method: 'POST',
    headers: foreign,
    body: '{}',
  })
  t.equal(refused.status, 403)
  const { redirectTo } = await signOut()
  const url = new URL(redirectTo ?? '')
  t.equal(url.origin + url.pathname, `${provider.issuer}/session/end`)
  t.match(Object.fromEntries(url.searchParams), {
    post_logout_redirect_uri: `${origin}/`,
    id_token_hint: /^ey/,
    client_id: CLIENT_ID,
  })
  t.equal((await fetchSession(world, browser)).you, null, 'it is over here at once')
  const page = await (await browser.send(url)).text()
  const xsrf = /name="xsrf" value="(\w+)"/.exec(page)?.[1] ?? ''
  const done = await browser.send(`${provider.issuer}/session/end/confirm`, {
    method: 'POST',
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
  })
  t.equal(done.headers.get('location'), `${origin}/`)
  t.strictSame(await signOut(), { redirectTo: null }, 'nobody is signed in any more')
})

t.test('with the provider down, signing out here still signs out', async (t) => {
  const world = await makeWorld(t)
  const browser = new HttpBrowser()
  await signIn(world, browser, TRINE.sub)
  await world.provider.stop()
  world.clock.advance(30 * 60_000)
  await browser.send(`${world.origin}/api/oidc/sign-out`, {
    method: 'POST',
    headers: { origin: world.origin, 'content-type': 'application/json' },
    body: '{}',
  })
  t.equal((await fetchSession(world, browser)).you, null)
})

type Forge = (world: World, sub: string) => Promise<string>

const signed =
  (change: Claims, header: Record<string, unknown> = LOGOUT_HEADER): Forge =>
  (world, sub) =>
    world.provider.sign(makeOrder(world, { sub, ...change }), header)

const seconds = () => Math.floor(Date.now() / 1000)

const FORGERIES: Readonly<Record<string, Forge>> = {
  'wrong iss': signed({ iss: 'https://evil.example' }),
  'wrong aud': signed({ aud: 'other' }),
  'no aud': signed({ aud: undefined }),
  'an access token’s typ': signed({}, { typ: 'at+jwt' }),
  'a device’s proof’s typ': signed({}, { typ: 'naervaer-device+jwt' }),
  'no typ and no events': signed({ events: undefined }, {}),
  'no typ and a nonce': signed({ nonce: 'n' }, {}),
  'typ JWT and no events': signed({ events: undefined }, { typ: 'JWT' }),
  'typ JWT and a nonce': signed({ nonce: 'n' }, { typ: 'JWT' }),
  'too old': (world, sub) => signed({ iat: seconds() - 200 })(world, sub),
  expired: (world, sub) => signed({ exp: seconds() - 60 })(world, sub),
  'from the future': (world, sub) => signed({ iat: seconds() + 200 })(world, sub),
  'no iat': signed({ iat: undefined }),
  'no exp': signed({ exp: undefined }),
  'no jti': signed({ jti: undefined }),
  'empty jti': signed({ jti: '' }),
  'no events': signed({ events: undefined }),
  'another event': signed({ events: { 'http://example.org': {} } }),
  'events without an object': signed({
    events: { 'http://schemas.openid.net/event/backchannel-logout': true },
  }),
  'with a nonce': signed({ nonce: 'n' }),
  'neither sub nor sid': signed({ sub: undefined }),
  'a sid that is no text': signed({ sid: 7 }),
  'unknown kid': signed({}, { ...LOGOUT_HEADER, kid: 'other' }),
  'alg none': (world, sub) => Promise.resolve(new UnsecuredJWT(makeOrder(world, { sub })).encode()),
  'HS256 with the public key': async (world, sub) =>
    new SignJWT(makeOrder(world, { sub }))
      .setProtectedHeader({ alg: 'HS256', kid: 'key-1', ...LOGOUT_HEADER })
      .sign(new TextEncoder().encode(await exportSPKI(world.provider.publicKey))),
  'another key': async (world, sub) =>
    new SignJWT(makeOrder(world, { sub }))
      .setProtectedHeader({ alg: 'RS256', kid: 'key-1', ...LOGOUT_HEADER })
      .sign((await generateKeyPair('RS256')).privateKey),
  'an ID token': signed({ events: undefined, nonce: 'n' }, { typ: 'JWT' }),
  'no token': () => Promise.resolve('a.b.c'),
}

t.test('S-02 a forged or foreign logout token ends nothing', async (t) => {
  const world = await makeWorld(t)
  const browser = new HttpBrowser()
  await signIn(world, browser, TRINE.sub)
  for (const [name, forge] of Object.entries(FORGERIES)) {
    t.equal(await tell(world, await forge(world, TRINE.sub)), 400, name)
  }
  const good = await signed({})(world, TRINE.sub)
  const twice = `logout_token=${good}&logout_token=${good}`
  t.equal((await post(world, twice)).status, 400, 'two of them')
  t.equal((await post(world, '')).status, 400, 'none')
  t.equal(
    (await post(world, `{"logout_token":"${good}"}`, { 'content-type': 'application/json' }))
      .status,
    400,
  )
  const fromAPage = { ...FORM, origin: 'https://evil.example' }
  t.equal((await post(world, `logout_token=${good}`, fromAPage)).status, 403)
  t.equal((await post(world, `logout_token=${'x'.repeat(20_000)}`)).status, 413)
  t.ok((await fetchSession(world, browser)).you, 'all that ended nothing')
  t.equal(await tell(world, good), 200)
  t.equal((await fetchSession(world, browser)).you, null)
})

t.test('the typ may be the recommended one, JWT as older providers write, or none', async (t) => {
  const world = await makeWorld(t)
  const headers: Record<string, unknown>[] = ['logout+jwt', 'application/logout+jwt', 'JWT', 'jwt']
    .map((typ): Record<string, unknown> => ({ typ }))
    .concat({})
  for (const header of headers) {
    const browser = new HttpBrowser()
    t.equal(await signIn(world, browser, TRINE.sub), '/')
    t.equal(await tell(world, await signed({}, header)(world, TRINE.sub)), 200)
    t.equal((await fetchSession(world, browser)).you, null, JSON.stringify(header))
    world.clock.advance(1)
  }
})

t.test('a logout token works once', async (t) => {
  const world = await makeWorld(t)
  const browser = new HttpBrowser()
  await signIn(world, browser, TRINE.sub)
  const token = await world.provider.sign(makeOrder(world, { sub: TRINE.sub }), LOGOUT_HEADER)
  t.equal(await tell(world, token), 200)
  // The order counts for sign-ins that had begun before it, so this one begins later.
  world.clock.advance(1)
  t.equal(await signIn(world, browser, TRINE.sub), '/')
  t.equal(await tell(world, token), 400)
  t.ok((await fetchSession(world, browser)).you)
})

t.test('a sid ends that session, a sub all of that person’s, and nobody else’s', async (t) => {
  const world = await makeWorld(t)
  const [office, home, lars] = [new HttpBrowser(), new HttpBrowser(), new HttpBrowser()]
  await signIn(world, office, TRINE.sub)
  const sid = (await readSids(world)).get(TRINE.sub)
  t.ok(sid)
  await signIn(world, home, TRINE.sub)
  await signIn(world, lars, LARS.sub)
  const order = (change: Claims) => world.provider.sign(makeOrder(world, change), LOGOUT_HEADER)
  const whoIsIn = async () =>
    Promise.all(
      [office, home, lars].map(async (each) => (await fetchSession(world, each)).you !== null),
    )
  t.equal(await tell(world, await order({ sid, sub: LARS.sub })), 200, 'a pair that never was')
  t.strictSame(await whoIsIn(), [true, true, true])
  t.equal(await tell(world, await order({ sid })), 200)
  t.strictSame(await whoIsIn(), [false, true, true])
  t.equal(await tell(world, await order({ sub: TRINE.sub })), 200)
  t.strictSame(await whoIsIn(), [false, false, true])
})

t.test('an order that overtakes the sign-in it is about still ends it', async (t) => {
  const world = await makeWorld(t)
  world.provider.tamper = async (answer) => {
    const { sid } = decodeJwt(String(answer['id_token']))
    const order = await world.provider.sign(makeOrder(world, { sid: String(sid) }), LOGOUT_HEADER)
    t.equal(await tell(world, order), 200)
    return answer
  }
  const browser = new HttpBrowser()
  t.equal(await signIn(world, browser, TRINE.sub), '/sign-in/refused')
  t.equal((await fetchSession(world, browser)).you, null)
  t.strictSame(await world.app.database.selectFrom('sessions').select('id').execute(), [])
  world.provider.tamper = null
  world.clock.advance(1)
  t.equal(await signIn(world, browser, TRINE.sub), '/', 'a later one is another matter')
})
