import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import type { PersonId, Role } from '@naervaer/shared'
import type { DeclaredRoute } from '../../server/src/accounts/serves.ts'
import { makeApp } from '../helpers/build-app.ts'
import { beginPairing, Browser, ORIGIN, pairDevice } from '../helpers/paired-device.ts'
import { PEOPLE } from '../helpers/people.ts'
import { ASSIGNMENT, makeRoleWorld, OTHERS, TEAM } from '../helpers/role-world.ts'
import { makeDeviceNote, makeReport } from '../helpers/tech-report.ts'
import { makeOidcEnv } from './oidc/world.ts'

type Headers = Readonly<Record<string, string>>

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']
const FORM = 'application/x-www-form-urlencoded'
/** For the provider, which is another server and proves itself by its token (HT17). */
const BACK_CHANNEL = '/api/oidc/back-channel-logout'

/** What other sites can make a browser send along with a person's cookies, and what is no browser. */
const ELSEWHERE: Readonly<Record<string, Headers>> = {
  foreign: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  'of another port': { origin: 'http://localhost:8081', 'sec-fetch-site': 'same-site' },
  'of our name in theirs': { origin: `${ORIGIN}.evil.example` },
  null: { origin: 'null', 'sec-fetch-site': 'cross-site' },
  missing: {},
  'missing, cross-site': { 'sec-fetch-site': 'cross-site' },
}

/** The right body of each route that needs one for its control to be let in. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/check/results': { line: 'camera', isOk: true },
  'POST /api/check/reports': makeReport(),
  'POST /api/check/state': makeDeviceNote(),
  'POST /api/demo/sign-in': { personId: PEOPLE.liz },
  'POST /api/teams/:teamId/citizens': { name: 'Nina' },
  'PUT /api/assignments/:assignmentId/end': { toAt: Date.UTC(2099, 0, 1) },
  'PUT /api/it/staff/:personId/disabled': { isDisabled: true },
  'POST /api/pairings': { citizenId: PEOPLE.anna, replaces: null },
  'POST /api/pairings/:pairingId/answer': { isRight: false },
}

const OIDC_ENV = makeOidcEnv('http://localhost:9', ORIGIN)

async function makeWorld(t: Test) {
  const { app, clock } = await makeApp(t, { env: OIDC_ENV })
  await app.ready()
  await makeRoleWorld(app, clock.now())
  const worker = await Browser.signedIn(app, 'mette')
  const device = await pairDevice(app, () => clock.now(), worker)
  const { id: pairingId } = await beginPairing(worker)
  const people: Readonly<Record<Role, Browser>> = {
    citizen: device,
    worker,
    leader: await Browser.signedIn(app, 'karen'),
    it: await Browser.signedIn(app, 'bo'),
    authority: await signInAs(app, OTHERS.authority),
    auditor: await signInAs(app, OTHERS.auditor),
  }
  const params: Readonly<Record<string, string>> = {
    citizenId: PEOPLE.anna,
    teamId: TEAM,
    assignmentId: ASSIGNMENT,
    personId: PEOPLE.mette,
    deviceId: device.id ?? '',
    pairingId,
  }
  const routes = app.listDeclaredRoutes().filter(({ method }) => !SAFE_METHODS.includes(method))
  const fill = (url: string) =>
    url.replace(/:(\w+)/g, (_whole, name: string) => params[name] ?? PEOPLE.mette)
  const sign = async (method: string, path: string): Promise<Headers> => ({
    'naervaer-proof': await device.sign(method, path),
  })
  return { app, people, routes, fill, sign }
}

/** By id: the helper's names do not have these people. */
async function signInAs(app: FastifyInstance, personId: PersonId): Promise<Browser> {
  const browser = new Browser(app)
  const answer = await browser.ask('/api/demo/sign-in', { method: 'POST', body: { personId } })
  if (answer.statusCode !== 204) throw new Error(`sign-in answered ${answer.statusCode}`)
  return browser
}

const nameOf = ({ method, url }: DeclaredRoute) => `${method} ${url}`

/** Somebody whom the route serves. */
const roleFor = ({ serves }: DeclaredRoute): Role =>
  typeof serves === 'string' ? 'worker' : (serves[0] ?? 'worker')

/** Counts every row that was ever written, changed or deleted, whatever its table. */
async function countChanges(app: FastifyInstance): Promise<number> {
  const { rows } = await sql<{ changes: number }>`select total_changes() as changes`.execute(
    app.database,
  )
  return rows[0]?.changes ?? Number.NaN
}

let askedFrom = 0

/** One request, each from another address: what is walked here is not the rate. */
async function ask(
  { app, people, fill, sign }: Awaited<ReturnType<typeof makeWorld>>,
  route: DeclaredRoute,
  headers: Headers,
): Promise<{ readonly status: number; readonly code: string | null; readonly isWritten: boolean }> {
  askedFrom += 1
  const role = roleFor(route)
  const path = fill(route.url)
  const hasBody = route.method !== 'DELETE'
  const isForm = route.url === BACK_CHANNEL
  const proof = role === 'citizen' ? await sign(route.method, path) : {}
  const before = await countChanges(app)
  const answer = await app.inject({
    method: route.method as 'POST',
    url: path,
    headers: { ...(isForm ? { 'content-type': FORM } : {}), ...proof, ...headers },
    cookies: people[role].jar,
    remoteAddress: `10.9.${askedFrom >> 8}.${askedFrom & 255}`,
    ...(hasBody ? { payload: isForm ? 'logout_token=x' : (BODIES[nameOf(route)] ?? {}) } : {}),
  })
  const isProblem = answer.headers['content-type']?.toString().includes('problem+json') ?? false
  return {
    status: answer.statusCode,
    code: isProblem ? answer.json<{ code: string }>().code : null,
    isWritten: (await countChanges(app)) !== before || answer.cookies.length > 0,
  }
}

const REFUSED = { status: 403, code: 'ORIGIN_REFUSED', isWritten: false }

t.test('S-06 S-09 HT4 nothing is changed by a request of another site', async (t) => {
  const world = await makeWorld(t)
  t.ok(world.routes.length > 40, `${world.routes.length} routes`)
  for (const [what, headers] of Object.entries(ELSEWHERE)) {
    for (const route of world.routes) {
      // Of a server that has no Origin the next test tells.
      if (route.url === BACK_CHANNEL && headers['origin'] === undefined) continue
      t.strictSame(await ask(world, route, headers), REFUSED, `${nameOf(route)}, origin ${what}`)
    }
  }
})

t.test('HT17 only the provider’s own address takes no Origin, and no browser’s', async (t) => {
  const world = await makeWorld(t)
  const route = world.routes.find(({ url }) => url === BACK_CHANNEL)
  if (route === undefined) throw new Error('work accounts are on')
  const fromServer = await ask(world, route, {})
  t.not(fromServer.code, 'ORIGIN_REFUSED')
  t.notOk(fromServer.isWritten, 'a token that proves nothing does nothing')
  t.ok(fromServer.status >= 400, `${fromServer.status}`)
  for (const site of ['cross-site', 'same-site', 'same-origin', 'none']) {
    t.strictSame(await ask(world, route, { 'sec-fetch-site': site }), REFUSED, site)
  }
})

t.test('the same requests from our own pages are let in, and do what they are for', async (t) => {
  const { routes } = await makeWorld(t)
  let written = 0
  for (const route of routes.filter(({ url }) => url !== BACK_CHANNEL)) {
    // A world each: signing out is one of the routes.
    const world = await makeWorld(t)
    const { code, status, isWritten } = await ask(world, route, { origin: ORIGIN })
    const refusals = ['ORIGIN_REFUSED', 'ROLE_REFUSED', 'SESSION_MISSING', 'SESSION_EXPIRED']
    t.notOk(refusals.includes(code ?? ''), `${nameOf(route)}: ${status} ${code ?? ''}`)
    if (status < 300 && isWritten) written += 1
  }
  t.ok(written >= 15, `${written} of ${routes.length} have changed something`)
})
