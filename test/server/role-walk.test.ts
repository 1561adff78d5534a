import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import {
  ROLES,
  type CallId,
  type ClientMessage,
  type ClientMessageType,
  type PersonId,
  type Role,
} from '@naervaer/shared'
import type { DeclaredRoute, Serves } from '../../server/src/accounts/serves.ts'
import { MESSAGES_SERVE } from '../../server/src/signalling/message-serves.ts'
import { listen, makeApp } from '../helpers/build-app.ts'
import { beginPairing, Browser, pairDevice, type FakeDevice } from '../helpers/paired-device.ts'
import { HttpPerson, ORIGIN } from '../helpers/http-person.ts'
import { PEOPLE } from '../helpers/people.ts'
import { makeOidcEnv } from './oidc/world.ts'
import {
  APPOINTMENT,
  APPOINTMENT_DAY,
  ASSIGNMENT,
  makeRoleWorld,
  OTHERS,
  RELATIONS,
  TEAM,
  type Relation,
} from '../helpers/role-world.ts'
import { UpgradeRefused, openSocket, WsPerson } from '../helpers/ws-person.ts'
import { CLIENT_EXAMPLES } from '../shared/wire/examples.ts'

const NOBODYS = '01900000-0000-7000-8000-00000000ffff'

/** Somebody with each role. */
const ONE_OF: Record<Role, PersonId> = {
  citizen: PEOPLE.anna,
  worker: PEOPLE.mette,
  leader: PEOPLE.karen,
  it: PEOPLE.bo,
  authority: OTHERS.authority,
  auditor: OTHERS.auditor,
}

/** A day is nobody's: what is walked is whose the rest is. */
const nobodys = (param: string) => (param === 'day' ? APPOINTMENT_DAY : NOBODYS)

interface Answer {
  readonly status: number
  readonly code: string | null
}

interface AskOptions {
  readonly params?: Record<string, string>
  readonly body?: object | undefined
  /** Proves that the session's device asks. */
  readonly device?: FakeDevice | undefined
}

let askedFrom = 0

/** Asks for a route as somebody, each time from another address: what is walked here is not the rate. */
async function ask(
  app: FastifyInstance,
  { method, url }: DeclaredRoute,
  person: HttpPerson | null,
  { params = {}, body, device }: AskOptions = {},
): Promise<Answer> {
  askedFrom += 1
  const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'DELETE'
  const path = url.replace(/:(\w+)/g, (_whole, name: string) => params[name] ?? nobodys(name))
  const answer = await app.inject({
    method: method as 'GET',
    url: path,
    headers: {
      origin: ORIGIN,
      'sec-websocket-protocol': 'naervaer.v1',
      ...(device === undefined ? {} : { 'naervaer-proof': await device.sign(method, path) }),
    },
    remoteAddress: `10.${askedFrom >> 16}.${(askedFrom >> 8) & 255}.${askedFrom & 255}`,
    ...(person === null ? {} : { cookies: person.cookies }),
    ...(hasBody ? { payload: body ?? {} } : {}),
  })
  const isProblem = answer.headers['content-type']?.toString().includes('problem+json') ?? false
  const problem = isProblem && answer.body !== '' ? answer.json<{ code: string }>() : null
  return { status: answer.statusCode, code: problem?.code ?? null }
}

/** By id: the helper's names do not have these people. */
async function signInAs(app: FastifyInstance, personId: PersonId): Promise<HttpPerson> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/demo/sign-in',
    headers: { origin: ORIGIN },
    payload: { personId },
  })
  if (answer.statusCode !== 204) throw new Error(`sign-in answered ${answer.statusCode}`)
  const cookies = answer.cookies.map(({ name, value }) => [name, value] as const)
  return new HttpPerson(app, Object.fromEntries(cookies))
}

/** Says how a route treats a role that it is asked by, and nothing of what it then does. */
function judge({ status, code }: Answer): 'unknown' | 'refused' | 'passed' {
  if (status === 401 && (code === null || code.startsWith('SESSION_'))) return 'unknown'
  return status === 403 && (code === null || code === 'ROLE_REFUSED') ? 'refused' : 'passed'
}

function expect(serves: Serves, role: Role | null): 'unknown' | 'refused' | 'passed' {
  if (serves === 'anybody') return 'passed'
  if (role === null) return 'unknown'
  return serves === 'signed-in' || serves.includes(role) ? 'passed' : 'refused'
}

/** Of a provider that is not there: what is walked here is who may ask. */
const OIDC_ENV = makeOidcEnv('http://localhost:9', ORIGIN)

async function makeWorld(t: Test) {
  const { app, clock } = await makeApp(t, { env: OIDC_ENV })
  await app.ready()
  await makeRoleWorld(app, clock.now())
  return { app, clock, routes: app.listDeclaredRoutes() }
}

t.test('S-10 every route answers those it serves, and nobody else', async (t) => {
  const { app, routes } = await makeWorld(t)
  t.ok(routes.length > 40)
  t.ok(routes.some(({ url }) => url === '/api/oidc/start'))
  for (const role of [null, ...ROLES]) {
    let person = role === null ? null : await signInAs(app, ONE_OF[role])
    const wrong: string[] = []
    for (const route of routes) {
      const answer = await ask(app, route, person)
      const [is, shouldBe] = [judge(answer), expect(route.serves, role)]
      const what = `${route.method} ${route.url}: ${answer.status} ${answer.code ?? ''}`
      if (is !== shouldBe) wrong.push(`${what}, should be ${shouldBe}`)
      // Signing out is one of the routes.
      if (role !== null && /session/.test(route.url)) person = await signInAs(app, ONE_OF[role])
    }
    t.strictSame(wrong, [], role ?? 'signed out')
  }
})

t.test('S-10 without the demo nobody gets further', async (t) => {
  const { app } = await makeApp(t, { env: { ...OIDC_ENV, DEMO: 'off' } })
  await app.ready()
  const routes = app.listDeclaredRoutes()
  t.notOk(routes.some(({ url }) => url.includes('demo')))
  for (const route of routes) {
    const answer = await ask(app, route, null)
    t.equal(judge(answer), expect(route.serves, null), `${route.method} ${route.url}`)
  }
})

t.test('S-10 what Fastify routes is what was declared', async (t) => {
  const { app, routes } = await makeWorld(t)
  const printed = app.printRoutes({ commonPrefix: false, includeHooks: false })
  const methods = [...printed.matchAll(/\(([A-Z, ]+)\)/g)].flatMap(([, list = '']) =>
    list.split(', '),
  )
  t.equal(methods.length, routes.length)
})

/** Whose ids each kind of parameter may stand for, besides those of nobody. */
const OWN_PARAMS: Record<string, string> = {
  citizenId: PEOPLE.anna,
  teamId: TEAM,
  assignmentId: ASSIGNMENT,
  appointmentId: APPOINTMENT,
  day: APPOINTMENT_DAY,
  personId: PEOPLE.mette,
  workerId: PEOPLE.mette,
  // Only ever somebody's who is asked for in the walk of strangers below.
  pairingId: NOBODYS,
  absenceId: NOBODYS,
  deviceId: NOBODYS,
  sessionId: NOBODYS,
  passkeyId: NOBODYS,
  callId: NOBODYS,
  id: NOBODYS,
  // Nobody's name stands in it: whoever has it may read.
  file: `${'A'.repeat(43)}.ics`,
  // Whose a report is nobody knows: IT opens it by its code.
  supportCode: 'ACDE',
}

/** A body that is right, about Anna where it is about somebody. A new route with a body goes here. */
const BODIES: Record<string, object> = {
  'POST /api/teams/:teamId/citizens': { name: 'Nina' },
  'POST /api/assignments': {
    workerId: RELATIONS.stranger,
    citizenId: PEOPLE.anna,
    kind: 'substitute',
    fromAt: null,
    toAt: Date.UTC(2099, 0, 1),
  },
  'PUT /api/assignments/:assignmentId/end': { toAt: Date.UTC(2099, 0, 1) },
  'PUT /api/it/staff/:personId/roles': { roles: ['worker'] },
  'PUT /api/it/staff/:personId/disabled': { isDisabled: false },
  'POST /api/citizens/:citizenId/choice/answer': {
    answer: 'later',
    textVersion: 1,
    language: 'da',
  },
  'PUT /api/citizens/:citizenId/protection': { isAddressProtected: true },
  'PUT /api/citizens/:citizenId/phone': { phone: '+4520304050' },
  'PUT /api/teams/:teamId/citizens/:citizenId/phone': { phone: '+4520304050' },
  'PUT /api/teams/:teamId/citizens/:citizenId/protection': { isAddressProtected: true },
  'PUT /api/push/subscription': {
    subscription: {
      endpoint: 'https://fcm.googleapis.com/x',
      p256dh: 'B'.repeat(87),
      auth: 'A'.repeat(22),
    },
    level: 1,
    language: 'da',
  },
  'POST /api/quiet-hours': { quiet: { from: 1260, to: 540 } },
  'POST /api/ready': { isReady: true },
  'POST /api/callback': { isWanted: true },
  'POST /api/reminders': { dayBefore: true },
  'POST /api/appointments': {
    citizenId: PEOPLE.anna,
    ...{ kind: 'video', day: '2027-06-02', minute: 600, lengthMinutes: 20, repeat: null },
  },
  'POST /api/appointments/check': {
    citizenId: PEOPLE.anna,
    ...{ kind: 'video', day: '2027-06-02', minute: 600, lengthMinutes: 20, repeat: null },
  },
  'POST /api/appointments/:appointmentId/:day/check': { scope: 'this', revision: 1, to: null },
  'PUT /api/appointments/:appointmentId/:day': {
    scope: 'this',
    revision: 1,
    to: null,
  },
  'POST /api/appointments/:appointmentId/:day/late': { minutes: 0 },
  'POST /api/own-appointments/:appointmentId/:day/answer': { answer: 'on' },
  'PUT /api/own/absences/:absenceId': { firstDay: '2027-06-01', lastDay: '2027-06-04' },
  'POST /api/teams/:teamId/workers/:workerId/absences': {
    firstDay: '2027-06-01',
    lastDay: '2027-06-04',
  },
  'PUT /api/teams/:teamId/workers/:workerId/absences/:absenceId': {
    firstDay: '2027-06-01',
    lastDay: '2027-06-04',
  },
  'PUT /api/citizens/:citizenId/travel': { travel: { minutes: 40, km: 22 } },
  'PUT /api/teams/:teamId/citizens/:citizenId/travel': { travel: { minutes: 40, km: 22 } },
  'PUT /api/citizens/:citizenId/pick-up': { line: 'outing' },
  'PUT /api/calls/:callId/replaced': { replaced: 'visit' },
  'POST /api/pairings': { citizenId: PEOPLE.anna, replaces: null },
  'POST /api/pairings/:pairingId/answer': { isRight: true },
}

const nameOf = ({ method, url }: DeclaredRoute) => `${method} ${url}`
const isAboutSomebody = (route: DeclaredRoute) =>
  route.serves !== 'anybody' &&
  !route.method.startsWith('HEAD') &&
  (route.url.includes(':') || /"(citizen|worker)Id"/.test(JSON.stringify(BODIES[nameOf(route)])))

t.test('S-14 the walk knows every parameter there is', async (t) => {
  const { routes } = await makeWorld(t)
  for (const { url } of routes) {
    for (const [, name = ''] of url.matchAll(/:(\w+)/g)) t.ok(name in OWN_PARAMS, `${url}: ${name}`)
  }
})

/** Whether somebody in a role may do what a route does to Anna, her team or her worker. */
interface Walker {
  readonly id: PersonId
  readonly role: Role
  readonly isOwn: boolean
}

const RELATED: Record<Relation, boolean> = {
  stranger: false,
  formerly: false,
  substitute: true,
  substituteToCome: false,
  substituteOver: false,
  otherTeam: false,
}

const WALKERS: readonly Walker[] = [
  { id: PEOPLE.mette, role: 'worker', isOwn: true },
  ...Object.entries(RELATIONS).map(([relation, id]) => ({
    id,
    role: 'worker' as const,
    isOwn: RELATED[relation as Relation],
  })),
  { id: PEOPLE.karen, role: 'leader', isOwn: true },
  { id: OTHERS.otherLeader, role: 'leader', isOwn: false },
]

t.test('S-14 what is another’s is not there, whatever one was or will be to them', async (t) => {
  for (const { id, role, isOwn } of WALKERS) {
    const { app, routes } = await makeWorld(t)
    const person = await signInAs(app, id)
    const served = routes.filter(
      ({ serves }) => typeof serves !== 'string' && serves.includes(role),
    )
    for (const route of served.filter(isAboutSomebody)) {
      const body = BODIES[nameOf(route)]
      const isOfOwnKind = ['citizenId', 'teamId', 'assignmentId', 'appointmentId'].some(
        (name) => route.url.endsWith(`:${name}`) || route.url.includes(`:${name}/`),
      )
      const isByBody = !route.url.includes(':')
      const answer = await ask(app, route, person, { params: OWN_PARAMS, body })
      const what = `${id.slice(-3)} ${nameOf(route)}: ${answer.status} ${answer.code ?? ''}`
      t.not(answer.status, 400, `${what}: the walk has the right body`)
      // A device, an absence, a session, a key or a code of nobody is not there for anybody.
      const isNobodys = /:(device|absence)Id/.test(route.url)
      const isThere = isOwn && (isOfOwnKind || isByBody) && !isNobodys
      t.equal(answer.status === 404, !isThere, what)
      if (isOwn) continue
      const none = await ask(app, route, person, { body: withNobody(body) })
      t.strictSame(answer, none, `${what}: as if it did not exist`)
    }
  }
})

/** What a substitute only reads (domain § 1.3): the citizen's own worker writes it down, and pairs. */
const PRIMARY_ONLY = [
  'POST /api/citizens/:citizenId/choice/offer',
  'POST /api/citizens/:citizenId/choice/answer',
  'POST /api/citizens/:citizenId/choice/stop',
  'PUT /api/citizens/:citizenId/protection',
  'PUT /api/citizens/:citizenId/phone',
  'PUT /api/citizens/:citizenId/travel',
  'POST /api/pairings',
]

t.test('§ 1.3 a substitute reads and disconnects, and is told whose the rest is', async (t) => {
  const { app, routes } = await makeWorld(t)
  const person = await signInAs(app, RELATIONS.substitute)
  const refused: string[] = []
  for (const route of routes.filter(isAboutSomebody)) {
    if (!Array.isArray(route.serves) || !route.serves.includes('worker')) continue
    const answer = await ask(app, route, person, {
      params: OWN_PARAMS,
      body: BODIES[nameOf(route)],
    })
    if (answer.code === 'SUBSTITUTE_REFUSED') refused.push(nameOf(route))
  }
  t.strictSame(refused.sort(), [...PRIMARY_ONLY].sort())
})

t.test('S-14 a refusal never tells whether an id exists', async (t) => {
  const { app, routes } = await makeWorld(t)
  const ids = await loadIdsOf(app, PEOPLE.anna, PEOPLE.mette)
  for (const role of ROLES) {
    const person = await signInAs(app, role === 'citizen' ? PEOPLE.jens : ONE_OF[role])
    const closed = routes.filter(
      ({ serves }) => typeof serves !== 'string' && !serves.includes(role),
    )
    for (const route of closed.filter(isAboutSomebody)) {
      const body = BODIES[nameOf(route)]
      const none = await ask(app, route, person, { body: withNobody(body) })
      t.strictSame(none, { status: 403, code: 'ROLE_REFUSED' }, `${role} ${nameOf(route)}`)
      for (const id of ids) {
        const params = { ...OWN_PARAMS, ...nameAll(id) }
        const there = await ask(app, route, person, { params, body })
        t.strictSame(there, none, `${role} ${nameOf(route)}: as if it did not exist`)
      }
    }
  }
})

function withNobody(body: object | undefined): object | undefined {
  if (body === undefined) return undefined
  const swapped = JSON.stringify(body).replace(PEOPLE.anna, NOBODYS)
  return JSON.parse(swapped) as object
}

t.test('S-14 people reach only what is their own', async (t) => {
  const { app, routes } = await makeWorld(t)
  const theirs = await loadIdsOf(app, PEOPLE.anna, PEOPLE.mette)
  for (const id of [PEOPLE.jens, PEOPLE.ole, OTHERS.otherLeader, PEOPLE.bo]) {
    const person = await signInAs(app, id)
    const roles = ROLES.filter((role) => ONE_OF[role] === id || roleOf(id) === role)
    const served = routes.filter(
      ({ serves, url }) =>
        (serves === 'signed-in' ||
          (typeof serves !== 'string' && serves.some((role) => roles.includes(role)))) &&
        /:(id|deviceId|sessionId|passkeyId|pairingId)$/.test(url),
    )
    for (const route of served) {
      for (const foreign of theirs) {
        const params = { ...OWN_PARAMS, ...nameAll(foreign) }
        // IT may end sessions of people, but only together with whose they are.
        if (roles.includes('it')) params['personId'] = PEOPLE.ole
        const { status } = await ask(app, route, person, { params })
        t.equal(status, 404, `${id.slice(-3)} ${nameOf(route)}`)
      }
    }
  }
  t.strictSame(await loadIdsOf(app), theirs.slice(0), 'and nothing of it is gone')
})

const THING = /:(id|deviceId|sessionId|passkeyId|pairingId|callId)(\/|$)/

/** One of each thing that a route may be about, and who has it. */
async function makeThings(app: FastifyInstance, now: () => number) {
  const worker = await Browser.signedIn(app, 'mette')
  const device = await pairDevice(app, now, worker)
  const { id: pairingId } = await beginPairing(worker)
  for (const passkeyId of PASSKEYS) {
    const key = { credential_id: passkeyId, public_key: 'AA', counter: 0, transports: '' }
    const whose = { person_id: PEOPLE.mette, created_at: now(), last_used_at: null }
    await app.database
      .insertInto('passkeys')
      .values({ id: passkeyId, ...key, ...whose })
      .execute()
  }
  await Browser.signedIn(app, 'mette')
  const sessions = await app.accounts.listSessions(PEOPLE.mette)
  const own = (await app.accounts.findSession(worker.jar['naervaer']))?.id
  const sessionId = sessions.find(({ id }) => id !== own)?.id ?? ''
  const deviceId = device.id ?? ''
  const callId = await addTalk(app, worker, now())
  const params = { pairingId, deviceId, sessionId, id: sessionId, passkeyId: PASSKEYS[0], callId }
  return { worker, device, params }
}

/** A talk that Mette has had with Anna. @returns its id */
async function addTalk(app: FastifyInstance, worker: Browser, now: number): Promise<CallId> {
  const deviceId = (await app.accounts.findSession(worker.jar['naervaer']))?.deviceId
  if (deviceId === undefined) throw new Error('the worker has no session')
  const id = '01900000-0000-7000-8000-000000000b01' as CallId
  const times = { created_at: now, ringing_at: now, answered_at: now, connected_at: now }
  const ids = { id, worker_id: PEOPLE.mette, citizen_id: PEOPLE.anna }
  const seats = { worker_device_id: deviceId, citizen_device_id: deviceId }
  const over = { state: 'ended', outcome: 'completed', end_reason: 'hangup_staff' } as const
  const rest = { revision: 1, generation: 1, path: 'host', notice: 'none' } as const
  const none = { lost_at: null, barred_at: null, result: null, noticed_at: null } as const
  const flags = { is_relayed: 0, is_worker_alone: 0, ended_at: now } as const
  await app.database
    .insertInto('calls')
    .values({ ...ids, ...seats, ...times, ...over, ...rest, ...none, ...flags })
    .execute()
  return id
}

const PASSKEYS = [
  '01900000-0000-7000-8000-000000000a01',
  '01900000-0000-7000-8000-000000000a02',
] as const

t.test('S-14 a thing is there for its owner, and for nobody else of the same role', async (t) => {
  const named = (await makeWorld(t)).routes.filter(
    ({ url, method }) => THING.test(url) && method !== 'HEAD',
  )
  t.ok(named.length >= 10)
  for (const route of named) {
    const { app, clock } = await makeWorld(t)
    const { worker, device, params } = await makeThings(app, () => clock.now())
    const owners = {
      citizen: new HttpPerson(app, device.jar),
      worker: new HttpPerson(app, worker.jar),
      leader: await signInAs(app, PEOPLE.karen),
      it: await signInAs(app, PEOPLE.bo),
    }
    const strangers = {
      citizen: await signInAs(app, PEOPLE.jens),
      worker: await signInAs(app, PEOPLE.ole),
      leader: await signInAs(app, OTHERS.otherLeader),
      it: owners.it,
    }
    const role = (['citizen', 'worker', 'leader', 'it'] as const).find(
      (each) => Array.isArray(route.serves) && route.serves.includes(each),
    )
    const who = role ?? 'worker'
    const body = nameOf(route).startsWith('POST /api/pairings/')
      ? { isRight: false }
      : BODIES[nameOf(route)]
    const personId = route.url.includes('/devices') ? PEOPLE.anna : PEOPLE.mette
    const whole = { ...OWN_PARAMS, personId, ...params }
    // IT may end what is anybody's, but only together with whose it is.
    const wrong = { ...whole, personId: PEOPLE.ole }
    // What it reads of any device under a pseudonym it is not told whose.
    const none = route.url.includes(':personId') ? {} : { deviceId: nobodys('deviceId') }
    const asked = who === 'it' ? { ...wrong, ...none } : whole
    const refused = await ask(app, route, strangers[who], { params: asked, body })
    t.equal(refused.status, 404, `${nameOf(route)} for a stranger: ${refused.code ?? ''}`)
    const prover = who === 'citizen' ? device : undefined
    const given = await ask(app, route, owners[who], { params: whole, body, device: prover })
    const what = `${nameOf(route)} for its owner: ${given.status} ${given.code ?? ''}`
    t.ok(given.status >= 200 && given.status < 300, what)
  }
})

const nameAll = (id: string) =>
  Object.fromEntries(
    ['id', 'deviceId', 'sessionId', 'passkeyId', 'pairingId'].map((name) => [name, id]),
  )

function roleOf(id: PersonId): Role {
  if (id === PEOPLE.jens) return 'citizen'
  if (id === PEOPLE.ole) return 'worker'
  return id === PEOPLE.bo ? 'it' : 'leader'
}

/** Sessions and devices that Anna and Mette have, after both have signed in where asked to. */
async function loadIdsOf(app: FastifyInstance, ...signingIn: PersonId[]): Promise<string[]> {
  for (const id of signingIn) await signInAs(app, id)
  const own = [PEOPLE.anna, PEOPLE.mette]
  const ids: string[] = []
  for (const table of ['sessions', 'devices'] as const) {
    const rows = await app.database
      .selectFrom(table)
      .select('id')
      .where('person_id', 'in', own)
      .orderBy('id')
      .execute()
    ids.push(...rows.map(({ id }) => id))
  }
  return ids
}

t.test('S-10 every message serves the side it is declared for, and no stranger', async (t) => {
  const server = await listen(t)
  await makeRoleWorld(server.app, server.clock.now())
  const jars: Record<string, string> = {}
  for (const [name, id] of Object.entries({ ...RELATIONS, ...OTHERS, leader: PEOPLE.karen })) {
    jars[name] = (await signInAs(server.app, id)).jar
  }
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const { id: call } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  const types = Object.keys(MESSAGES_SERVE) as ClientMessageType[]
  for (const name of [...Object.keys(RELATIONS), 'jens', 'liz']) {
    const window =
      name in RELATIONS
        ? await WsPerson.connect(server, 'ole', jars[name])
        : await server.connect(name as 'jens' | 'liz')
    // Another window: so many frames at once would be a flood from one.
    const other = await WsPerson.connect(server, 'ole', window.cookies)
    for (const type of types) {
      const code = await tryType(window, type, call)
      t.equal(code, expectOfStranger(name, type), `${name} ${type}`)
      if (code === null) continue
      const none = await tryType(other, type, NOBODYS, NOBODYS)
      t.equal(none, code, `${name} ${type}: as if it did not exist`)
    }
  }
  // The two whose call it is: what only the other side may say is refused, and changes nothing.
  for (const [side, window] of [
    ['worker', mette],
    ['citizen', anna],
  ] as const) {
    for (const type of types.filter((each) => !MESSAGES_SERVE[each].includes(side))) {
      t.equal(await tryType(window, type, call), 'ROLE_REFUSED', `${side} ${type}`)
    }
  }
  t.match(await server.loadCalls(), [{ id: call, state: 'inviting' }, {}])
})

/** Sends the example of a message, about this call and about Anna. @returns the code of the refusal */
async function tryType(
  window: WsPerson,
  type: ClientMessageType,
  call: string,
  citizenId: string = PEOPLE.anna,
): Promise<string | null> {
  const example = { ...CLIENT_EXAMPLES[type] }
  if ('call' in example) example['call'] = call
  if ('citizenId' in example) example['citizenId'] = citizenId
  const before = window.frames.length
  // An example is a message of its type by the test of the schemas.
  window.send(example as unknown as ClientMessage)
  await window.request({ type: 'ping' })
  const refusal = window.frames.slice(before).find((frame) => frame.type === 'error')
  return refusal?.code ?? null
}

function expectOfStranger(name: string, type: ClientMessageType): string | null {
  if (type === 'ping') return null
  if (type !== 'call.invite') return 'CALL_NOT_FOUND'
  if (!(name in RELATIONS)) return 'ROLE_REFUSED'
  // A substitute may ring: the citizen is busy, which is an answer.
  return RELATED[name as Relation] ? null : 'NOT_ASSIGNED'
}

t.test('S-10 whoever has no side of calls has no socket', async (t) => {
  const server = await listen(t)
  await makeRoleWorld(server.app, server.clock.now())
  const refusal = async (cookie: string) => {
    try {
      ;(await openSocket(server, { cookie, origin: server.origin })).terminate()
      return 'open'
    } catch (error) {
      return error instanceof UpgradeRefused ? `${error.status} ${String(error.code)}` : error
    }
  }
  for (const role of ROLES) {
    const { jar } = await signInAs(server.app, ONE_OF[role])
    const has = role === 'citizen' || role === 'worker'
    t.equal(await refusal(jar), has ? 'open' : '403 ROLE_REFUSED', role)
  }
  t.equal(await refusal(''), '401 SESSION_MISSING')
})

t.test('docs/roles.md has every route and message as it is declared', async (t) => {
  const { routes } = await makeWorld(t)
  const page = await readFile(new URL('../../docs/roles.md', import.meta.url), 'utf8')
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, 3)
        .map((cell) => cell.trim().replaceAll('`', '')),
    )
  const written = new Map(rows.map(([name = '', serves = '']) => [name, serves]))
  const tell = (serves: Serves) => (typeof serves === 'string' ? serves : serves.join(', '))
  const isPage = (url: string) => !/^\/(api|ws|health|ready|metrics)/.test(url)
  const expected = new Map<string, string>()
  for (const route of routes) {
    if (isPage(route.url) || route.method.startsWith('HEAD')) continue
    expected.set(nameOf(route), tell(route.serves))
  }
  for (const [type, serves] of Object.entries(MESSAGES_SERVE)) expected.set(type, serves.join(', '))
  for (const [name, serves] of expected) t.equal(written.get(name), serves, name)
  t.equal(written.size, expected.size, 'nothing is there that is not')
})
