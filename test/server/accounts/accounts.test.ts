import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import t from 'tap'
import type { DemoPeopleReply, SessionReply } from '@naervaer/shared'
import { hashToken } from '../../../server/src/accounts/tokens.ts'
import { STAFF_IDLE_MS } from '../../../server/src/accounts/session-life.ts'
import { listen, makeApp, makeTempDir } from '../../helpers/build-app.ts'
import { PEOPLE } from '../../helpers/people.ts'

const ORIGIN = 'http://localhost:8080'

function signIn(app: FastifyInstance, personId: string, cookies: Record<string, string> = {}) {
  return app.inject({
    method: 'POST',
    url: '/api/demo/sign-in',
    headers: { origin: ORIGIN },
    cookies,
    payload: { personId },
  })
}

/** The cookies of an answer, by name. */
function readJar(answer: { cookies: { name: string; value: string }[] }): Record<string, string> {
  return Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]))
}

async function getSession(app: FastifyInstance, cookies: Record<string, string>) {
  const answer = await app.inject({ url: '/api/session', cookies })
  return answer.json<SessionReply>()
}

t.test('the demo lists its invented people', async (t) => {
  const { app } = await makeApp(t)
  const answer = await app.inject({ url: '/api/demo/people', headers: { host: 'localhost:8080' } })
  const { people, otherAddress } = answer.json<DemoPeopleReply>()
  t.strictSame(
    people.map(({ person, roles }) => `${person.name} ${roles.join(' ')}`),
    [
      'Mette Holm worker',
      'Ole Krogh worker',
      ...['Anna', 'Jens', 'Max', 'Liz'].map((name) => `${name} citizen`),
      'Karen Leth leader',
      'Bo Iversen it',
    ],
  )
  t.equal(otherAddress, 'http://127.0.0.1:8080')
  const twin = await app.inject({ url: '/api/demo/people', headers: { host: '127.0.0.1:8080' } })
  t.equal(twin.json<DemoPeopleReply>().otherAddress, ORIGIN)
  const foreign = await app.inject({ url: '/api/demo/people', headers: { host: 'evil.example' } })
  t.equal(foreign.json<DemoPeopleReply>().otherAddress, null)
})

t.test('HT3 without DEMO there is no demo', async (t) => {
  const { app } = await makeApp(t, { env: { DEMO: 'off' } })
  t.equal((await app.inject('/api/demo/people')).statusCode, 404)
  t.equal((await signIn(app, PEOPLE.mette)).statusCode, 404)
  const stranger = { you: null, roles: [], role: null, isDemo: false, dutyPhone: null }
  t.strictSame(await getSession(app, {}), stranger)
  t.strictSame(await app.database.selectFrom('people').select('id').execute(), [])
})

t.test('signing in gives a session cookie that scripts and other sites cannot use', async (t) => {
  const { app } = await makeApp(t)
  const stranger = { you: null, roles: [], role: null, isDemo: true, dutyPhone: '00 00 00 00' }
  t.strictSame(await getSession(app, {}), stranger)
  const answer = await signIn(app, PEOPLE.mette)
  t.equal(answer.statusCode, 204)
  const cookie = answer.cookies.find(({ name }) => name === 'naervaer')
  t.match(cookie, { path: '/', httpOnly: true, sameSite: 'Strict', value: /^[\w-]{43}$/ })
  t.equal(cookie?.secure, undefined, 'plain http on localhost')
  t.strictSame(await getSession(app, readJar(answer)), {
    you: { id: PEOPLE.mette, name: 'Mette Holm' },
    roles: ['worker'],
    role: 'worker',
    isDemo: true,
    dutyPhone: '00 00 00 00',
  })
  const rows = await app.database.selectFrom('sessions').selectAll().execute()
  t.equal(rows.length, 1)
  t.equal(rows[0]?.token_hash, hashToken(cookie?.value ?? ''))
  t.notOk(JSON.stringify(rows).includes(cookie?.value ?? '?'), 'the token itself is not stored')
})

t.test('over https the cookies carry __Host- and Secure', async (t) => {
  const { app } = await makeApp(t, { env: { PUBLIC_URL: 'https://video.example.dk' } })
  const answer = await app.inject({
    method: 'POST',
    url: '/api/demo/sign-in',
    headers: { origin: 'https://video.example.dk' },
    payload: { personId: PEOPLE.anna },
  })
  t.strictSame(
    answer.cookies.map(({ name, secure }) => [name, secure]),
    [
      ['__Host-naervaer', true],
      ['__Host-naervaer-browser', true],
    ],
  )
  t.equal(answer.headers['strict-transport-security'], 'max-age=31536000')
})

t.test('a browser keeps its device per person, and signing in replaces its session', async (t) => {
  const { app } = await makeApp(t)
  const mette = readJar(await signIn(app, PEOPLE.mette))
  const anna = { ...mette, ...readJar(await signIn(app, PEOPLE.anna, mette)) }
  t.equal((await getSession(app, mette)).you, null, 'the former session is gone')
  t.equal((await getSession(app, anna)).you?.name, 'Anna')
  await signIn(app, PEOPLE.mette, anna)
  await signIn(app, PEOPLE.mette)
  const devices = await app.database.selectFrom('devices').select(['person_id']).execute()
  t.strictSame(
    devices.map((row) => row.person_id).sort(),
    [PEOPLE.mette, PEOPLE.mette, PEOPLE.anna].sort(),
    'one of Mette’s devices was met again, the other browser is new',
  )
})

t.test('a session ends by signing out, by its time, and never by a wrong token', async (t) => {
  const { app, clock } = await makeApp(t)
  const first = readJar(await signIn(app, PEOPLE.mette))
  const second = readJar(await signIn(app, PEOPLE.ole))
  t.equal((await getSession(app, { naervaer: 'x'.repeat(43) })).you, null)
  t.equal((await getSession(app, { naervaer: "' or 1=1 --" })).you, null)
  const answer = await app.inject({
    method: 'DELETE',
    url: '/api/session',
    headers: { origin: ORIGIN },
    cookies: first,
  })
  t.equal(answer.statusCode, 204)
  t.match(answer.cookies, [{ name: 'naervaer', value: '' }])
  t.equal((await getSession(app, first)).you, null)
  clock.advance(STAFF_IDLE_MS - 1)
  t.equal((await getSession(app, second)).you?.name, 'Ole Krogh')
  clock.advance(STAFF_IDLE_MS)
  t.equal((await getSession(app, second)).you, null)
})

t.test('HT1 HT4 what changes something is refused unless it is ours and JSON', async (t) => {
  const { app } = await makeApp(t)
  const post = async (headers: Record<string, string>, payload: string) => {
    const answer = await app.inject({ method: 'POST', url: '/api/demo/sign-in', headers, payload })
    return `${answer.statusCode} ${answer.json<{ code: string }>().code}`
  }
  const json = { origin: ORIGIN, 'content-type': 'application/json' }
  const body = JSON.stringify({ personId: PEOPLE.mette })
  t.equal(await post({ 'content-type': 'application/json' }, body), '403 ORIGIN_REFUSED')
  t.equal(await post({ ...json, origin: 'https://evil.example' }, body), '403 ORIGIN_REFUSED')
  t.equal(await post({ ...json, origin: 'null' }, body), '403 ORIGIN_REFUSED')
  t.equal(await post({ ...json, 'content-type': 'text/plain' }, body), '400 BODY_INVALID')
  t.equal(
    await post({ ...json, 'content-type': 'application/x-www-form-urlencoded' }, 'personId=1'),
    '400 BODY_INVALID',
  )
  t.equal(await post(json, '{"personId":'), '400 BODY_INVALID')
  t.equal(await post(json, '{"personId":1}'), '400 BODY_INVALID')
  t.equal(
    await post(json, JSON.stringify({ personId: PEOPLE.mette, extra: 1 })),
    '400 BODY_INVALID',
  )
  const unknown = '01900000-0000-7000-8000-000000000099'
  t.equal(await post(json, JSON.stringify({ personId: unknown })), '404 PERSON_NOT_FOUND')
})

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
    "font-src 'self'; connect-src 'self' ws://localhost:8080 ws://127.0.0.1:8080; worker-src 'self'; " +
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; " +
    "require-trusted-types-for 'script'; trusted-types lit-html naervaer",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': /^camera=\(self\), microphone=\(self\), .*geolocation=\(\)/,
  'strict-transport-security': undefined,
}

t.test('S-17 S-18 every answer has the security headers, errors too', async (t) => {
  const { app } = await makeApp(t)
  const answers = [
    await app.inject('/health'),
    await app.inject('/api/session'),
    await app.inject('/api/demo/people'),
    await app.inject('/api/nothing'),
    await app.inject('/nothing'),
    await app.inject('/ws'),
    await app.inject('/%zz'),
    await app.inject({ method: 'POST', url: '/api/demo/sign-in', payload: {} }),
    await signIn(app, PEOPLE.mette),
  ]
  t.strictSame(
    answers.map((answer) => answer.statusCode),
    [200, 200, 200, 404, 404, 403, 404, 403, 204],
  )
  for (const answer of answers) {
    t.match(answer.headers, HEADERS, answer.raw.req.url ?? '')
    if (answer.statusCode < 400) continue
    t.match(answer.headers['content-type'], 'application/problem+json')
    t.match(answer.json(), { type: 'about:blank', status: answer.statusCode, retry: 'never' })
  }
  for (const answer of answers) t.equal(answer.headers['cache-control'], 'no-store')
})

t.test('no answer is kept, of whatever route and however it is spelt', async (t) => {
  const { app } = await makeApp(t, { clientRoot: makeTempDir(t) })
  const isFile = (url: string) => url.includes('*') || !/^\/(api|ws|health)\b/.test(url)
  const routes = app.listDeclaredRoutes().filter(({ url }) => !isFile(url))
  t.ok(routes.length > 50, `${routes.length} routes`)
  for (const { method, url } of routes) {
    for (const path of [url, url.replace('/api', '/%61pi')]) {
      const { headers } = await app.inject({ method, url: path } as InjectOptions)
      t.equal(headers['cache-control'], 'no-store', `${method} ${path}`)
    }
  }
  t.equal((await app.inject('/api/%zz')).headers['cache-control'], 'no-store')
})

t.test('what is not HTTP gets a whole answer as well', async (t) => {
  const { port } = await listen(t)
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('HELLO\r\n\r\n'))
    let received = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk))
    socket.on('end', () => resolve(received))
    socket.on('error', reject)
  })
  t.match(
    text,
    /^HTTP\/1.1 400 Bad Request\r\ncache-control: no-store\r\ncontent-security-policy: default-src 'none'/,
  )
  t.match(text, '"code":"BODY_INVALID"')
})

t.test('the client’s files: hashed ones for ever, the page never, the rest is a 404', async (t) => {
  const clientRoot = makeTempDir(t)
  mkdirSync(join(clientRoot, 'assets'))
  writeFileSync(join(clientRoot, 'index.html'), '<!doctype html><title>Nærvær</title>')
  writeFileSync(join(clientRoot, 'assets', 'index-abc123.js'), 'export {}')
  const { app } = await makeApp(t, { clientRoot })
  for (const url of ['/', '/demo']) {
    const page = await app.inject(url)
    t.equal(page.statusCode, 200)
    t.match(page.headers, {
      ...HEADERS,
      'cache-control': 'no-cache',
      'content-type': /^text\/html/,
    })
  }
  const script = await app.inject('/assets/index-abc123.js')
  t.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable')
  t.match(script.headers, HEADERS)
  for (const [encoding, name] of [
    ['br', 'br, gzip'],
    ['gzip', 'gzip'],
  ] as const) {
    const path = join(clientRoot, 'assets', `index-abc123.js.${encoding === 'br' ? 'br' : 'gz'}`)
    writeFileSync(path, `as ${encoding}`)
    const headers = { 'accept-encoding': name }
    const packed = await app.inject({ url: '/assets/index-abc123.js', headers })
    t.equal(packed.body, `as ${encoding}`, 'as the build has compressed it')
    t.match(packed.headers, {
      'content-encoding': encoding,
      'content-type': /javascript/,
      'cache-control': 'public, max-age=31536000, immutable',
    })
  }
  t.equal(
    (await app.inject('/assets/index-abc123.js')).body,
    'export {}',
    'plain where it is asked',
  )
  const lost = await app.inject({ url: '/lost', headers: { accept: 'text/html' } })
  t.equal(lost.statusCode, 404)
  t.match(lost.body, '<title>Nærvær')
  t.equal((await app.inject('/assets/old.js')).statusCode, 404)
  t.equal((await app.inject('/../package.json')).statusCode, 404)
  const api = await app.inject({ url: '/api/lost', headers: { accept: 'text/html' } })
  t.match(api.json(), { code: 'NOT_FOUND' })
  const { app: plain } = await makeApp(t, { clientRoot, env: { DEMO: 'off' } })
  t.equal((await plain.inject('/demo')).statusCode, 404)
})
