import {
  base64url,
  decodeJwt,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTPayload,
} from 'jose'
import t from 'tap'
import { HttpBrowser } from '../../helpers/http-browser.ts'
import { CLIENT_ID, CLIENT_SECRET } from '../../helpers/work-accounts.ts'
import { openSocket } from '../../helpers/ws-person.ts'
import {
  comeBack,
  fetchRefusal,
  fetchSession,
  makeWorld,
  reachCallback,
  signIn,
  THIEF,
  TRINE,
  type World,
} from './world.ts'

const REFUSED = '/sign-in/refused'
const HOUR_SECONDS = 3_600

/** What somebody who sits between us and the token endpoint puts in place of the ID token. */
type Forge = (token: string, claims: JWTPayload, world: World) => Promise<string | undefined>

const resigned =
  (change: (claims: JWTPayload) => JWTPayload): Forge =>
  (_token, claims, { provider }) =>
    provider.sign(change(claims))

const without = (claims: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([each]) => each !== name))

/** Signed with the provider's own key unless it says otherwise: only what is named is wrong. */
const FORGERIES: Readonly<Record<string, Forge>> = {
  'wrong iss': resigned((claims) => ({ ...claims, iss: 'https://evil.example' })),
  'iss with a slash more': resigned((claims) => ({ ...claims, iss: `${String(claims.iss)}/` })),
  'iss of another tenant': resigned((claims) => ({
    ...claims,
    iss: `${String(claims.iss)}/other`,
  })),
  'no iss': resigned((claims) => without(claims, 'iss')),
  'wrong aud': resigned((claims) => ({ ...claims, aud: 'another-client' })),
  'several aud and no azp': resigned((claims) => ({ ...claims, aud: [CLIENT_ID, 'other'] })),
  'azp of another client': resigned((claims) => ({ ...claims, azp: 'other' })),
  'wrong nonce': resigned((claims) => ({ ...claims, nonce: 'x'.repeat(43) })),
  'no nonce': resigned((claims) => without(claims, 'nonce')),
  expired: resigned((claims) => ({ ...claims, exp: Number(claims.iat) - 60 })),
  'no exp': resigned((claims) => without(claims, 'exp')),
  'too old': resigned((claims) => ({ ...claims, iat: Number(claims.iat) - HOUR_SECONDS })),
  'from the future': resigned((claims) => ({ ...claims, iat: Number(claims.iat) + HOUR_SECONDS })),
  'no sub': resigned((claims) => without(claims, 'sub')),
  'empty sub': resigned((claims) => ({ ...claims, sub: '' })),
  'alg none': (_token, claims) => Promise.resolve(new UnsecuredJWT(claims).encode()),
  'HS256 with the public key as PEM': async (_token, claims, { provider }) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
      .sign(new TextEncoder().encode(await exportSPKI(provider.publicKey))),
  'HS256 with the public key as JWK': async (_token, claims, { provider }) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
      .sign(new TextEncoder().encode(JSON.stringify(await exportJWK(provider.publicKey)))),
  'HS256 with the client’s secret': (_token, claims) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(CLIENT_SECRET)),
  'unknown kid': (_token, claims, { provider }) => provider.sign(claims, { kid: 'key-2' }),
  'another key under the known kid': async (_token, claims) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
      .sign((await generateKeyPair('RS256')).privateKey),
  'a key brought along in the header': async (_token, claims) => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const jwk = await exportJWK(publicKey)
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', jwk }).sign(privateKey)
  },
  'changed after signing': (token, claims) => {
    const [header = '', , signature = ''] = token.split('.')
    const body = base64url.encode(JSON.stringify({ ...claims, sub: THIEF.sub, roles: ['Leder'] }))
    return Promise.resolve(`${header}.${body}.${signature}`)
  },
  'an access token': (_token, claims, { provider }) => provider.sign(claims, { typ: 'at+jwt' }),
  'a logout token': (_token, claims, { provider }) => provider.sign(claims, { typ: 'logout+jwt' }),
  'an unknown critical header': (_token, claims, { provider }) =>
    provider.sign(claims, { crit: ['b64'], b64: true }),
  'no token at all': () => Promise.resolve(undefined),
  'no JWT at all': () => Promise.resolve('a.b.c'),
}

function forgeWith(world: World, forge: Forge): void {
  world.provider.tamper = async (answer) => {
    const token = String(answer['id_token'])
    return { ...answer, id_token: await forge(token, decodeJwt(token), world) }
  }
}

t.test('S-01 no forged or foreign ID token signs anybody in', async (t) => {
  const world = await makeWorld(t)
  for (const [name, forge] of Object.entries(FORGERIES)) {
    forgeWith(world, forge)
    const browser = new HttpBrowser()
    t.equal(await signIn(world, browser, TRINE.sub), REFUSED, name)
    t.strictSame(await fetchRefusal(world, browser), { reason: 'failed', subject: null }, name)
    t.equal((await fetchSession(world, browser)).you, null, name)
  }
  t.strictSame(await world.app.database.selectFrom('people').select('id').execute(), [])
  const fetches = world.provider.asked.get('/jwks') ?? 0
  t.ok(fetches <= 1, `an unknown key does not make us ask again at once (${fetches})`)
  forgeWith(
    world,
    resigned((claims) => claims),
  )
  t.equal(await signIn(world, new HttpBrowser(), TRINE.sub), '/', 'the same with nothing changed')
})

t.test('S-01 a changed or missing state, issuer or transaction is refused', async (t) => {
  const world = await makeWorld(t)
  const comeBackWith = async (name: string, value: string | null) => {
    const browser = new HttpBrowser()
    const callback = await reachCallback(world, browser, TRINE.sub)
    if (value === null) callback.searchParams.delete(name)
    else callback.searchParams.set(name, value)
    const location = await comeBack(browser, callback)
    return [location, (await fetchSession(world, browser)).you]
  }
  t.strictSame(await comeBackWith('state', 'x'.repeat(43)), [REFUSED, null])
  t.strictSame(await comeBackWith('state', null), [REFUSED, null])
  t.strictSame(await comeBackWith('iss', 'https://evil.example'), [REFUSED, null])
  t.strictSame(await comeBackWith('iss', null), [REFUSED, null])
  t.strictSame(await comeBackWith('code', 'guessed'), [REFUSED, null])
  const [victim, thief] = [new HttpBrowser(), new HttpBrowser()]
  const stolen = await reachCallback(world, victim, TRINE.sub)
  t.equal(await comeBack(thief, stolen), REFUSED, 'in a browser that began nothing')
  await reachCallback(world, thief, TRINE.sub)
  t.equal(await comeBack(thief, stolen), REFUSED, 'in a browser that began another sign-in')
  t.equal((await fetchSession(world, thief)).you, null)
})

t.test('S-01 a code works once, even with the browser’s cookies copied', async (t) => {
  const world = await makeWorld(t)
  const [browser, thief] = [new HttpBrowser(), new HttpBrowser()]
  const callback = await reachCallback(world, browser, TRINE.sub)
  await reachCallback(world, thief, TRINE.sub)
  const transaction = browser.getCookie('localhost', 'naervaer-oidc') ?? ''
  t.ok(transaction.length > 100)
  t.equal(await comeBack(browser, callback), '/')
  t.equal(browser.getCookie('localhost', 'naervaer-oidc'), undefined, 'the transaction is over')
  t.equal(await comeBack(browser, callback), REFUSED, 'back and forward')
  thief.setCookie('localhost', 'naervaer-oidc', transaction)
  t.equal(await comeBack(thief, callback), REFUSED)
  t.equal((await fetchSession(world, thief)).you, null)
})

t.test('S-01 an ID token is no access token and no session here', async (t) => {
  const world = await makeWorld(t)
  let token = ''
  world.provider.tamper = (answer) => {
    token = String(answer['id_token'])
    return Promise.resolve(answer)
  }
  await signIn(world, new HttpBrowser(), TRINE.sub)
  t.match(token, /^ey/)
  const { app, origin } = world
  for (const headers of [{ authorization: `Bearer ${token}` }, { cookie: `naervaer=${token}` }]) {
    const answer = await app.inject({ url: '/api/session', headers })
    t.match(answer.json(), { you: null, roles: [] })
    await t.rejects(openSocket(world, { origin, ...headers }), /refused with 401/)
  }
})

t.test('a sealed cookie that was made up or changed is none', async (t) => {
  const world = await makeWorld(t)
  const browser = new HttpBrowser()
  const callback = await reachCallback(world, browser, TRINE.sub)
  const sealed = browser.getCookie('localhost', 'naervaer-oidc') ?? ''
  for (const value of ['x', sealed.slice(0, -4), `${sealed.slice(0, -4)}AAAA`]) {
    browser.setCookie('localhost', 'naervaer-oidc', value)
    browser.setCookie('localhost', 'naervaer-refusal', value)
    t.equal(await fetchRefusal(world, browser), null)
    t.equal(await comeBack(browser, callback), REFUSED)
    browser.setCookie('localhost', 'naervaer-oidc', sealed)
  }
  t.equal(await comeBack(browser, callback), '/', 'the true one still works')
})
