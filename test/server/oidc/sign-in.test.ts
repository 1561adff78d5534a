import t from 'tap'
import { HttpBrowser } from '../../helpers/http-browser.ts'
import { makeApp } from '../../helpers/build-app.ts'
import { findFreePort } from '../../helpers/free-port.ts'
import { startWorkAccounts } from '../../helpers/work-accounts.ts'
import { WsPerson } from '../../helpers/ws-person.ts'
import {
  comeBack,
  fetchRefusal,
  fetchSession,
  LARS,
  makeOidcEnv,
  makeWorld,
  reachCallback,
  signIn,
  THIEF,
  TRINE,
  type World,
} from './world.ts'

const REFUSED = '/sign-in/refused'

const listPeople = ({ app }: World) =>
  app.database.selectFrom('people').select(['id', 'name', 'is_demo']).orderBy('id').execute()

t.test(
  'a first sign-in with a known role makes the member of staff, the next one not',
  async (t) => {
    const world = await makeWorld(t)
    const browser = new HttpBrowser()
    t.equal(await signIn(world, browser, TRINE.sub), '/')
    t.match(await fetchSession(world, browser), { you: { name: 'Trine Dahl' }, roles: ['worker'] })
    t.equal(await signIn(world, new HttpBrowser(), LARS.sub), '/')
    const people = await listPeople(world)
    t.match(people, [
      { name: 'Trine Dahl', is_demo: 0 },
      { name: 'Lars Bo', is_demo: 0 },
    ])
    const first = await fetchSession(world, browser)
    t.equal(await signIn(world, browser, TRINE.sub), '/', 'in the same browser')
    t.strictSame((await fetchSession(world, browser)).you, first.you)
    t.strictSame(await listPeople(world), people)
    const devices = await world.app.database.selectFrom('devices').select('id').execute()
    t.equal(devices.length, 2, 'the browser is met again, although its cookie is strict')
    const sessions = await world.app.database.selectFrom('sessions').select('method').execute()
    t.strictSame(sessions, [{ method: 'oidc' }, { method: 'oidc' }], 'the former one has ended')
    const text = JSON.stringify([
      await world.app.database.selectFrom('oidc_identities').selectAll().execute(),
      await world.app.database.selectFrom('oidc_sessions').selectAll().execute(),
      await world.app.database.selectFrom('people').selectAll().execute(),
    ])
    t.match(text, TRINE.sub)
    t.notMatch(text, 'example.dk', 'no address is kept')
  },
)

t.test('one role at the provider may be several here', async (t) => {
  const world = await makeWorld(t)
  const browser = new HttpBrowser()
  await signIn(world, browser, LARS.sub)
  t.strictSame((await fetchSession(world, browser)).roles, ['worker', 'leader'])
})

t.test('the claim of roles may lie inside another', async (t) => {
  const world = await makeWorld(t, { OIDC_ROLE_CLAIM: 'realm_access.roles' })
  Object.assign(world.provider.accounts.get(TRINE.sub) ?? {}, {
    roles: ['Leder'],
    realm_access: { roles: ['Medarbejder'] },
  })
  const browser = new HttpBrowser()
  await signIn(world, browser, TRINE.sub)
  t.strictSame((await fetchSession(world, browser)).roles, ['worker'])
})

t.test('somebody without a known role is told whom to name, and leaves no trace', async (t) => {
  const world = await makeWorld(t)
  const browser = new HttpBrowser()
  t.equal(await signIn(world, browser, THIEF.sub), REFUSED)
  t.strictSame(await fetchRefusal(world, browser), { reason: 'unknownRole', subject: THIEF.sub })
  t.equal((await fetchSession(world, browser)).you, null)
  t.strictSame(await listPeople(world), [])
  t.equal(await fetchRefusal(world, new HttpBrowser()), null, 'it is told to this browser only')
  world.clock.advance(600_000)
  t.equal(await fetchRefusal(world, browser), null, 'and for ten minutes')
})

t.test(
  'nOAuth: another account with the same e-mail, name and user name is another person',
  async (t) => {
    const world = await makeWorld(t)
    const [trine, thief] = [new HttpBrowser(), new HttpBrowser()]
    await signIn(world, trine, TRINE.sub)
    t.equal(await signIn(world, thief, THIEF.sub), REFUSED)
    Object.assign(world.provider.accounts.get(THIEF.sub) ?? {}, { roles: ['Medarbejder'] })
    const again = new HttpBrowser()
    t.equal(await signIn(world, again, THIEF.sub), '/')
    const ids = [await fetchSession(world, trine), await fetchSession(world, again)]
    t.not(ids[0]?.you?.id, ids[1]?.you?.id)
    t.equal((await listPeople(world)).length, 2)
  },
)

t.test('S-05 a role that is withdrawn ends the sessions and sockets it opened', async (t) => {
  const world = await makeWorld(t)
  const [office, home] = [new HttpBrowser(), new HttpBrowser()]
  await signIn(world, office, LARS.sub)
  const socket = await WsPerson.connect(world, 'mette', office.listCookies('localhost'))
  const account = world.provider.accounts.get(LARS.sub) ?? LARS
  account.roles = ['Medarbejder']
  t.equal(await signIn(world, home, LARS.sub), '/')
  const startedAt = performance.now()
  t.equal(await socket.closed, 4501)
  t.ok(performance.now() - startedAt < 5_000)
  t.equal((await fetchSession(world, office)).you, null)
  t.strictSame((await fetchSession(world, home)).roles, ['worker'])

  account.roles = []
  t.equal(await signIn(world, new HttpBrowser(), LARS.sub), REFUSED)
  t.equal((await fetchSession(world, home)).you, null, 'the last role is gone')
  t.strictSame(await world.app.database.selectFrom('sessions').select('id').execute(), [])
  account.roles = ['Leder']
  t.equal(await signIn(world, home, LARS.sub), '/')
  t.strictSame((await fetchSession(world, home)).roles, ['worker', 'leader'])
  t.equal((await listPeople(world)).length, 1, 'it is the same account')
  const actions = await world.app.database
    .selectFrom('audit_events')
    .select(['action', 'details'])
    .where('action', 'like', 'staff.%')
    .orderBy('seq')
    .execute()
  t.match(actions, [
    { action: 'staff.created', details: /worker\+leader/ },
    { action: 'staff.rolesChanged', details: /"worker"/ },
    { action: 'staff.rolesChanged', details: /none/ },
    { action: 'staff.rolesChanged', details: /worker\+leader/ },
  ])
})

t.test('S-04 a role that is new ends the sessions from before it, too', async (t) => {
  const world = await makeWorld(t)
  const [office, home] = [new HttpBrowser(), new HttpBrowser()]
  await signIn(world, office, TRINE.sub)
  await signIn(world, home, TRINE.sub)
  t.strictSame((await fetchSession(world, office)).roles, ['worker'], 'the same roles end nothing')
  const account = world.provider.accounts.get(TRINE.sub) ?? TRINE
  account.roles = ['Leder']
  await signIn(world, home, TRINE.sub)
  t.equal((await fetchSession(world, office)).you, null)
  t.strictSame((await fetchSession(world, home)).roles, ['worker', 'leader'])
})

t.test('an account that is closed here stays closed', async (t) => {
  const world = await makeWorld(t)
  await signIn(world, new HttpBrowser(), TRINE.sub)
  await world.app.database.updateTable('people').set({ disabled_at: 1 }).execute()
  const browser = new HttpBrowser()
  t.equal(await signIn(world, browser, TRINE.sub), REFUSED)
  t.strictSame(await fetchRefusal(world, browser), { reason: 'closed', subject: null })
})

t.test('a level of authentication may be required', async (t) => {
  const world = await makeWorld(t, { OIDC_REQUIRED_ACR: 'substantial,high' })
  const weak = new HttpBrowser()
  t.equal(await signIn(world, weak, TRINE.sub), REFUSED)
  t.strictSame(await fetchRefusal(world, weak), { reason: 'level', subject: null })
  Object.assign(world.provider.accounts.get(TRINE.sub) ?? {}, { acr: 'high' })
  t.equal(await signIn(world, new HttpBrowser(), TRINE.sub), '/')
})

t.test('giving up at the provider is no failure', async (t) => {
  const world = await makeWorld(t)
  const browser = new HttpBrowser()
  t.equal(await signIn(world, browser, 'nobody'), REFUSED)
  t.strictSame(await fetchRefusal(world, browser), { reason: 'cancelled', subject: null })
})

t.test('S-06 whoever takes longer than ten minutes begins again', async (t) => {
  const world = await makeWorld(t)
  const browser = new HttpBrowser()
  const callback = await reachCallback(world, browser, TRINE.sub)
  world.clock.advance(600_000)
  t.equal(await comeBack(browser, callback), REFUSED)
  t.strictSame(await fetchRefusal(world, browser), { reason: 'expired', subject: null })
  t.equal(await signIn(world, browser, TRINE.sub), '/')
  t.equal(await fetchRefusal(world, browser), null, 'what was refused before is forgotten')
})

t.test('S-06 over https the transaction is a __Host- cookie, lax, and sealed', async (t) => {
  const { provider, app: other } = await makeWorld(t)
  await other.close()
  const origin = 'https://video.example.dk'
  const { app } = await makeApp(t, { env: makeOidcEnv(provider.issuer, origin) })
  const answer = await app.inject('/api/oidc/start')
  t.equal(answer.statusCode, 303)
  t.equal(answer.headers['cache-control'], 'no-store')
  const url = new URL(String(answer.headers.location))
  t.equal(url.origin, provider.issuer)
  t.match(Object.fromEntries(url.searchParams), {
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: `${origin}/api/oidc/callback`,
    code_challenge_method: 'S256',
    code_challenge: /^[\w-]{43}$/,
    state: /^[\w-]{43}$/,
    nonce: /^[\w-]{43}$/,
  })
  const [cookie] = answer.cookies
  t.match(cookie, {
    name: '__Host-naervaer-oidc',
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'Lax',
    maxAge: 600,
  })
  t.equal(cookie?.domain, undefined)
  const readable = Buffer.from(cookie?.value ?? '', 'base64url').toString('latin1')
  t.notOk(readable.includes(url.searchParams.get('state') ?? '?'))
})

t.test('another site cannot begin a sign-in', async (t) => {
  const { app } = await makeWorld(t)
  const headers = { 'sec-fetch-site': 'cross-site' }
  const answer = await app.inject({ url: '/api/oidc/start', headers })
  t.equal(answer.headers.location, '/')
  t.strictSame(answer.cookies, [])
})

t.test(
  'a provider that is down keeps nobody from starting, and is used once it is back',
  async (t) => {
    const [port, providerPort] = [await findFreePort(), await findFreePort()]
    const origin = `http://localhost:${port}`
    const issuer = `http://127.0.0.1:${providerPort}`
    const { app, clock } = await makeApp(t, { env: makeOidcEnv(issuer, origin) })
    await app.listen({ port, host: '127.0.0.1' })
    t.equal((await app.inject('/health')).statusCode, 200)
    const methods = await app.inject('/api/sign-in/methods')
    t.match(methods.json(), { methods: [{ kind: 'oidc', path: '/api/oidc/start' }] })
    const refused = await app.inject('/api/oidc/start')
    t.equal(refused.headers.location, REFUSED)
    const cookies = Object.fromEntries(refused.cookies.map(({ name, value }) => [name, value]))
    const reason = await app.inject({ url: '/api/oidc/refusal', cookies })
    t.strictSame(reason.json(), { refusal: { reason: 'unreachable', subject: null } })

    await startWorkAccounts(t, { port: providerPort, origin, accounts: [TRINE] })
    clock.advance(2_000)
    const begun = await app.inject('/api/oidc/start')
    t.match(begun.headers.location, `${issuer}/auth?`)
  },
)

t.test('one address cannot begin without end', async (t) => {
  const { app, clock } = await makeWorld(t)
  for (let times = 0; times < 120; times += 1) {
    t.equal((await app.inject('/api/oidc/start')).statusCode, 303)
  }
  const answer = await app.inject('/api/oidc/start')
  t.equal(answer.statusCode, 429)
  t.match(answer.json(), { code: 'RATE_LIMITED' })
  clock.advance(60_000)
  t.equal((await app.inject('/api/oidc/start')).statusCode, 303)
})

t.test('without the variables there is no such sign-in', async (t) => {
  const { app } = await makeApp(t)
  t.equal((await app.inject('/api/oidc/start')).statusCode, 404)
  const methods = (await app.inject('/api/sign-in/methods')).json<{ methods: { kind: string }[] }>()
  t.notOk(methods.methods.some(({ kind }) => kind === 'oidc'))
})
