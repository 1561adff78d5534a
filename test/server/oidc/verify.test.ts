import { createServer } from 'node:http'
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTPayload,
} from 'jose'
import t from 'tap'
import { boundedFetch } from '../../../server/src/oidc/bounded-fetch.ts'
import { identify } from '../../../server/src/oidc/identify.ts'
import { Provider, ProviderUnreachable } from '../../../server/src/oidc/provider.ts'
import { readRoles } from '../../../server/src/oidc/roles.ts'
import { verifyIdToken } from '../../../server/src/oidc/verify-id-token.ts'
import { readConfig } from '../../../server/src/config.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { findFreePort } from '../../helpers/free-port.ts'
import { makeOidcEnv } from './world.ts'

const TENANT = '11111111-2222-4333-8444-555555555555'
const OTHER_TENANT = '99999999-2222-4333-8444-555555555555'
const ISSUER = `https://login.microsoftonline.com/${TENANT}/v2.0`
const NONCE = 'n'.repeat(43)
const NOW = Date.UTC(2026, 10, 2, 9)
const NOW_SECONDS = NOW / 1000

const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }
const trust = {
  keys: createLocalJWKSet({ keys: [jwk] }),
  issuer: ISSUER,
  clientId: 'naervaer',
  now: NOW,
}
const GOOD = {
  iss: ISSUER,
  aud: 'naervaer',
  sub: 'pairwise-sub',
  tid: TENANT,
  oid: 'aaaa',
  nonce: NONCE,
  iat: NOW_SECONDS,
  exp: NOW_SECONDS + 600,
}

const sign = (claims: JWTPayload, header = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k', ...header }).sign(privateKey)

t.test('S-02 each check of an ID token stands on its own', async (t) => {
  t.match(await verifyIdToken(await sign(GOOD), NONCE, trust), { sub: GOOD.sub })
  t.match(await verifyIdToken(await sign(GOOD, { typ: 'JWT' }), NONCE, trust), { sub: GOOD.sub })
  const bad: Record<string, string> = {
    issuer: await sign({ ...GOOD, iss: ISSUER.replace(TENANT, OTHER_TENANT) }),
    audience: await sign({ ...GOOD, aud: 'other' }),
    nonce: await sign({ ...GOOD, nonce: 'other' }),
    expired: await sign({ ...GOOD, exp: NOW_SECONDS - 31 }),
    'too old': await sign({ ...GOOD, iat: NOW_SECONDS - 631 }),
    'too new': await sign({ ...GOOD, iat: NOW_SECONDS + 31 }),
    'not yet': await sign({ ...GOOD, nbf: NOW_SECONDS + 31 }),
    azp: await sign({ ...GOOD, azp: 'other' }),
    'two audiences': await sign({ ...GOOD, aud: ['naervaer', 'other'] }),
    'access token': await sign(GOOD, { typ: 'at+jwt' }),
    'logout token': await sign(GOOD, { typ: 'logout+jwt' }),
    kid: await sign(GOOD, { kid: 'other' }),
    none: new UnsecuredJWT(GOOD).encode(),
  }
  for (const name of ['iss', 'aud', 'sub', 'nonce', 'iat', 'exp']) {
    bad[`no ${name}`] = await sign({ ...GOOD, [name]: undefined })
  }
  for (const [name, token] of Object.entries(bad)) {
    await t.rejects(verifyIdToken(token, NONCE, trust), /./, name)
  }
  const near = { ...GOOD, iat: NOW_SECONDS + 29, exp: NOW_SECONDS + 29 }
  await t.resolves(verifyIdToken(await sign(near), NONCE, trust), 'clocks differ a little')
})

t.test('S-01 with Entra somebody is tid and oid, never an address', (t) => {
  const trine = identify(ISSUER, { ...GOOD, email: 'trine@example.dk', name: 'Trine' })
  t.match(trine, { key: `${TENANT}/aaaa`, sub: GOOD.sub, name: 'Trine', sid: null })
  const thief = identify(ISSUER, { ...GOOD, oid: 'bbbb', email: 'trine@example.dk', upn: 'trine' })
  t.not(thief?.key, trine?.key)
  t.equal(identify(ISSUER, { ...GOOD, tid: OTHER_TENANT }), null, 'another tenant')
  t.equal(identify(ISSUER, { ...GOOD, tid: undefined }), null)
  t.equal(identify(ISSUER, { ...GOOD, oid: undefined }), null)
  t.equal(identify(ISSUER, { ...GOOD, oid: '' }), null)
  const keycloak = identify('https://login.example.dk/realms/a', { ...GOOD, sid: 's1' })
  t.match(keycloak, { key: GOOD.sub, sid: 's1' }, 'elsewhere those claims mean nothing')
  t.end()
})

t.test('a name is cleaned and cut, and there is always one', (t) => {
  const nameOf = (name: unknown) => identify('https://a.example', { ...GOOD, name })?.name
  t.equal(nameOf('  Ea\u0000\n  Bø\u202e '), 'Ea Bø')
  t.equal(nameOf('x'.repeat(300))?.length, 100)
  t.equal(nameOf(`${'x'.repeat(99)}😀`), 'x'.repeat(99))
  for (const none of [undefined, '', ' \u200b', 7]) t.equal(nameOf(none), 'Medarbejder')
  t.end()
})

t.test('roles are read from whatever shape the claim has', (t) => {
  const map = new Map([
    ['A', ['worker']],
    ['B', ['it', 'auditor']],
  ] as const)
  const read = (claims: Record<string, unknown>, path = 'roles') => readRoles(claims, path, map)
  t.strictSame(read({ roles: ['B', 'A', 'C'] }), ['worker', 'it', 'auditor'])
  t.strictSame(read({ roles: 'A' }), ['worker'])
  t.strictSame(read({ 'https://a.dk/roles': ['A'] }, 'https://a.dk/roles'), ['worker'])
  t.strictSame(read({ a: { b: { c: ['A'] } } }, 'a.b.c'), ['worker'])
  for (const none of [undefined, null, 7, {}, ['a'], [['A']], { A: true }, 'AB']) {
    t.strictSame(read({ roles: none }), [])
  }
  t.strictSame(read({}, 'constructor.name'), [], 'nothing inherited counts')
  t.end()
})

/** A web server that says what it is told to, by path. */
async function serve(
  t: { teardown(end: () => unknown): unknown },
  answers: (origin: string) => Record<string, unknown>,
): Promise<string> {
  const port = await findFreePort()
  const origin = `http://127.0.0.1:${port}`
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answers(origin)[request.url ?? ''] ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  t.teardown(() => server.close())
  return origin
}

const makeProvider = (issuer: string) => {
  const { oidc } = readConfig(makeOidcEnv(issuer, 'http://localhost:8080'))
  if (oidc === null) throw new Error('no configuration')
  return new Provider({
    config: oidc,
    redirectUri: 'http://localhost:8080/api/oidc/callback',
    clock: new FakeClock(),
    onState: () => undefined,
  })
}

t.test('the pinned issuer must name itself exactly, and keep its keys at home', async (t) => {
  const PATH = '/.well-known/openid-configuration'
  const describe = (issuer: string, keys: string) => ({
    issuer,
    jwks_uri: `${keys}/jwks`,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
  })
  const good = await serve(t, (own) => ({ [PATH]: describe(own, own) }))
  await t.resolves(makeProvider(good).find())
  await t.rejects(makeProvider(`${good}/`).find(), ProviderUnreachable, 'a slash is a difference')
  const other = await serve(t, () => ({ [PATH]: describe(good, good) }))
  await t.rejects(makeProvider(other).find(), ProviderUnreachable, 'it speaks for another')
  const keysElsewhere = await serve(t, (own) => ({ [PATH]: describe(own, good) }))
  await t.rejects(makeProvider(keysElsewhere).find(), ProviderUnreachable, 'keys of another host')
  const empty = await serve(t, () => ({}))
  await t.rejects(makeProvider(empty).find(), ProviderUnreachable)
})

t.test('an answer has a limit, and so has patience', async (t) => {
  const server = createServer((request, response) => {
    if (request.url === '/silent') return
    response.end(request.url === '/large' ? Buffer.alloc(300_000) : 'small')
  })
  const port = await findFreePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const ask = (path: string, signal?: AbortSignal) =>
    boundedFetch(`http://127.0.0.1:${port}${path}`, {
      method: 'GET',
      headers: {},
      ...(signal === undefined ? {} : { signal }),
    })
  t.equal(await (await ask('/small')).text(), 'small')
  await t.rejects(ask('/large'), { name: 'AnswerTooLarge' })
  await t.rejects(ask('/silent', AbortSignal.timeout(50)), { name: 'TimeoutError' })
})
