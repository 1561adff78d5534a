import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { CLOSE_CODES, type ChoiceView, type PersonId } from '@naervaer/shared'
import { listen, makeTempDir, type TestServer } from '../../helpers/build-app.ts'
// For what it declares of Fastify's instance, which is lost on the way through app.ts.
import type {} from '../../../server/src/choice/plugin.ts'
import type {} from '../../../server/src/pairing/plugin.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { Browser, pairDevice } from '../../helpers/paired-device.ts'
import { PEOPLE, type PersonName } from '../../helpers/people.ts'
import { signIn, type WsPerson } from '../../helpers/ws-person.ts'

const DAY_MS = 24 * 3_600_000
const YES = { answer: 'yes', textVersion: 1, language: 'da' } as const

/** What an HTTP route answered: the choice, or the status and code. */
type Answer = ChoiceView | string

async function post(
  server: TestServer,
  cookies: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/${path}`, {
    method: 'POST',
    headers: {
      origin: server.origin,
      cookie: cookies,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const json = (await answer.json()) as { choice?: ChoiceView; code?: string }
  return json.choice ?? `${answer.status} ${json.code ?? ''}`
}

const about = (citizenId: PersonId, what: string) => `citizens/${citizenId}/choice/${what}`

const loadSteps = (server: TestServer) =>
  server.app.database
    .selectFrom('choice_steps')
    .selectAll()
    .where('citizen_id', '=', PEOPLE.anna)
    .orderBy('number')
    .execute()

const ringAnna = (mette: WsPerson) => mette.ask({ type: 'call.invite', citizenId: PEOPLE.anna })

/** Rings, and regrets at once. @returns the state of the ring, or the code of its refusal */
async function tryRing(mette: WsPerson): Promise<string> {
  const call = await ringAnna(mette)
  if (typeof call === 'string') return call
  if (call.state !== 'ended') await mette.must({ type: 'call.cancel', call: call.id })
  return call.state
}

async function connectPair(t: Test) {
  const server = await listen(t)
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const asAnna = (path: string, body?: unknown) =>
    post(server, anna.cookies, `choice/${path}`, body)
  const asMette = (what: string, body?: unknown) =>
    post(server, mette.cookies, about(PEOPLE.anna, what), body)
  return { server, mette, anna, asAnna, asMette }
}

t.test('CH1 each step is a line that says who asked, who answered, to what and when', async (t) => {
  const { server, asAnna, asMette } = await connectPair(t)
  const now = server.clock.now()
  t.match(await asAnna('stop'), { state: 'withdrawn' })
  t.match(await asMette('offer'), { state: 'offered' })
  t.match(await asMette('offer'), { state: 'offered' }, 'asked once is asked')
  t.match(await asAnna('answer', { ...YES, answer: 'later' }), { state: 'later' })
  t.match(await asAnna('answer', { ...YES, language: 'en' }), { state: 'accepted' })
  t.match(await asAnna('stop'), { state: 'withdrawn' })
  t.match(await asAnna('answer', YES), { state: 'accepted' }, 'and begins again unasked')
  const steps = await loadSteps(server)
  const device = { said_on_device: /^[0-9a-f-]{36}$/, heard_by: null }
  const byMette = { asked_by: PEOPLE.mette, asked_role: 'worker' }
  const byNobody = { asked_by: null, asked_role: null, text_version: null, language: null }
  t.match(steps, [
    { number: 1, kind: 'offered', ...byMette, at: now, purpose: 'video' },
    { number: 2, kind: 'accepted', ...byMette, text_version: 1, language: 'da' },
    { number: 3, kind: 'withdrawn', ...byNobody, ...device },
    { number: 4, kind: 'offered', ...byMette, said_on_device: null, heard_by: null },
    { number: 5, kind: 'later', ...byMette, text_version: 1, language: 'da', ...device },
    { number: 6, kind: 'accepted', ...byMette, text_version: 1, language: 'en', ...device },
    { number: 7, kind: 'withdrawn', ...byNobody, ...device },
    { number: 8, kind: 'accepted', asked_by: PEOPLE.anna, asked_role: 'citizen', ...device },
  ])
  t.equal(steps.length, 8)
  await t.rejects(
    sql`update choice_steps set kind = 'accepted'`.execute(server.app.database),
    /not rewritten/,
  )
})

t.test('a spoken answer is kept as heard by the one who writes it down', async (t) => {
  const { server, asAnna, asMette } = await connectPair(t)
  t.equal(await asMette('offer'), '409 CHOICE_ALREADY_GIVEN', 'nobody who has said yes is asked')
  t.match(await asMette('stop'), { state: 'withdrawn' })
  t.equal(await asMette('answer', YES), '409 CHOICE_NOT_OFFERED', 'no yes without an offer')
  t.match(await asMette('offer'), { state: 'offered' })
  t.match(await asMette('answer', { ...YES, answer: 'no' }), { state: 'declined' })
  t.equal(await asAnna('pause', { weeks: 1 }), '409 CHOICE_NOT_GIVEN')
  t.match(await asMette('offer'), { state: 'offered' })
  t.match(await asMette('answer', YES), { state: 'accepted' })
  const heard = { heard_by: PEOPLE.mette, said_on_device: null }
  t.match((await loadSteps(server)).slice(2), [
    { kind: 'withdrawn', ...heard },
    { kind: 'offered', heard_by: null },
    { kind: 'declined', ...heard },
    { kind: 'offered' },
    { kind: 'accepted', ...heard, asked_by: PEOPLE.mette },
  ])
})

t.test('CH9 a stop that could not be told ends the devices all the same', async (t) => {
  const { server, asMette } = await connectPair(t)
  const { app, clock } = server
  const worker = await Browser.signedIn(app, 'mette')
  await pairDevice(app, () => clock.now(), worker)
  const { presence } = app
  presence.listConnections = () => {
    throw new Error('nobody can be told')
  }
  t.match(await asMette('stop'), /^500/)
  t.strictSame(await app.devices.listOf(PEOPLE.anna), [])
})

t.test('CH9 devices that a stop has left paired are unpaired at the next start', async (t) => {
  const databaseFile = join(makeTempDir(t), 'naervaer.sqlite')
  const clock = new FakeClock()
  const env = { MASTER_KEY: randomBytes(32).toString('hex') }
  const first = await listen(t, { databaseFile, clock, env })
  const worker = await Browser.signedIn(first.app, 'mette')
  await pairDevice(first.app, () => clock.now(), worker)
  await pairDevice(first.app, () => clock.now(), worker, 'jens')
  // As if the server had gone away between the step and what follows from it.
  first.app.devices.revokeAllOf = () => Promise.resolve()
  const url = `/api/citizens/${PEOPLE.anna}/choice/stop`
  t.equal((await worker.ask(url, { method: 'POST' })).statusCode, 200)
  t.equal((await first.app.devices.listOf(PEOPLE.anna)).length, 1)
  await first.app.close()
  const second = await listen(t, { databaseFile, clock, env })
  t.strictSame(await second.app.devices.listOf(PEOPLE.anna), [])
  t.equal((await second.app.devices.listOf(PEOPLE.jens)).length, 1)
})

t.test('W-11 a yes must be to the present text', async (t) => {
  const { asAnna } = await connectPair(t)
  await asAnna('stop')
  t.equal(await asAnna('answer', { ...YES, textVersion: 2 }), '409 CHOICE_TEXT_OLD')
  t.equal(await asAnna('answer', { ...YES, textVersion: 0 }), '400 BODY_INVALID')
  t.equal(await asAnna('answer', { ...YES, surprise: 1 }), '400 BODY_INVALID')
  t.equal(await asAnna('pause', { weeks: 3 }), '400 BODY_INVALID')
})

t.test('CH5 W-10 who has not said yes, pauses or has stopped cannot be rung', async (t) => {
  const { mette, asAnna, asMette } = await connectPair(t)
  t.equal(await tryRing(mette), 'inviting')
  await asAnna('pause', { weeks: 1 })
  t.equal(await tryRing(mette), 'CHOICE_PAUSED')
  await asAnna('resume')
  t.equal(await tryRing(mette), 'inviting')
  await asAnna('stop')
  t.equal(await tryRing(mette), 'CHOICE_WITHDRAWN')
  await asMette('offer')
  t.equal(await tryRing(mette), 'CHOICE_NOT_GIVEN')
  for (const answer of ['later', 'no'] as const) {
    await asAnna('answer', { ...YES, answer })
    t.equal(await tryRing(mette), 'CHOICE_NOT_GIVEN', answer)
  }
  await asAnna('answer', YES)
  t.equal(await tryRing(mette), 'inviting')
})

/** A server on the records of an earlier one, at another time: nobody's heartbeat is lost by the leap. */
async function listenAt(t: Test, databaseFile: string, instant: number) {
  const server = await listen(t, { databaseFile, clock: new FakeClock(instant) })
  return { server, mette: await server.connect('mette'), anna: await server.connect('anna') }
}

const STARTED_AT = new FakeClock().now()

t.test('CH4 a pause ends by itself at its date, also across a restart', async (t) => {
  const databaseFile = `${makeTempDir(t)}/naervaer.sqlite`
  const until = STARTED_AT + 7 * DAY_MS
  await t.test('before', async (t) => {
    const server = await listen(t, { databaseFile })
    const anna = await signIn(server, 'anna')
    const paused = await post(server, anna, 'choice/pause', { weeks: 1 })
    t.strictSame(paused, { state: 'paused', pausedUntil: until })
  })
  const { server, mette, anna } = await listenAt(t, databaseFile, until - 1)
  t.equal(await tryRing(mette), 'CHOICE_PAUSED')
  const { citizens } = await mette.waitFor('welcome')
  t.match(
    citizens.find(({ person }) => person.id === PEOPLE.anna),
    { choice: { state: 'paused', pausedUntil: until } },
  )
  server.clock.advance(1)
  const news = await mette.waitFor('choice.changed')
  t.match(news, { citizenId: PEOPLE.anna, choice: { state: 'accepted', pausedUntil: null } })
  t.match((await anna.waitFor('choice.changed')).choice, { state: 'accepted' })
  t.equal(await tryRing(mette), 'inviting', 'to the millisecond')
  t.equal((await loadSteps(server)).length, 3, 'the end of a pause is nobody’s step')
})

t.test('a pause may be made longer, and one that was ended by hand tells no end', async (t) => {
  const databaseFile = `${makeTempDir(t)}/naervaer.sqlite`
  const ends = [7 * DAY_MS, 28 * DAY_MS].map((lengthMs) => STARTED_AT + lengthMs)
  await t.test('before', async (t) => {
    const server = await listen(t, { databaseFile })
    const mette = await server.connect('mette')
    const anna = await signIn(server, 'anna')
    await post(server, anna, 'choice/pause', { weeks: 1 })
    const longer = await post(server, anna, 'choice/pause', { weeks: 4 })
    t.match(longer, { pausedUntil: ends[1] })
    t.match(await post(server, anna, 'choice/resume'), { state: 'accepted' })
    t.equal(await tryRing(mette), 'ended', 'she is not in the app, but no longer refused')
  })
  for (const end of ends) {
    const { server, mette } = await listenAt(t, databaseFile, end - 1)
    server.clock.advance(1)
    await mette.request({ type: 'ping' })
    t.notOk(mette.frames.some((frame) => frame.type === 'choice.changed'))
  }
})

t.test('CH7 a ring stops at once when the citizen pauses or stops', async (t) => {
  for (const [path, body] of [['pause', { weeks: 2 }], ['stop']] as const) {
    const { server, mette, anna, asAnna } = await connectPair(t)
    const call = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await anna.must({ type: 'call.ringing', call: call.id })
    await asAnna(path, body)
    for (const person of [mette, anna]) {
      t.match(await person.waitForState(call.id, 'ended'), { outcome: 'declined' }, path)
    }
    t.match(await server.loadCalls(), [{ outcome: 'declined', end_reason: 'hangup_citizen' }])
  }
})

t.test('CH7 a talk that has been answered is the citizen’s own to end', async (t) => {
  const { mette, anna, asAnna } = await connectPair(t)
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  await asAnna('pause', { weeks: 1 })
  const linked = { type: 'call.connected', call: id, generation: 1, path: 'host' } as const
  await mette.must(linked)
  t.match(await anna.must(linked), { state: 'connected' })
  t.match(await anna.must({ type: 'call.hangUp', call: id }), { outcome: 'completed' })
})

t.test('the first conversation makes a yes an active one, once', async (t) => {
  const { server, mette, anna, asAnna } = await connectPair(t)
  for (let times = 0; times < 2; times += 1) {
    const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await anna.must({ type: 'call.accept', call: id })
    const linked = { type: 'call.connected', call: id, generation: 1, path: 'host' } as const
    await mette.must(linked)
    await anna.must(linked)
    await mette.waitFor('choice.changed', ({ choice }) => choice.state === 'active')
    await mette.must({ type: 'call.hangUp', call: id })
  }
  const kinds = (await loadSteps(server)).map(({ kind }) => kind)
  t.strictSame(kinds, ['offered', 'accepted', 'begun'])
  await asAnna('pause', { weeks: 1 })
  t.match(await asAnna('resume'), { state: 'active' })
})

t.test(
  'CH8 the change is told to the citizen and the own worker, and to nobody else',
  async (t) => {
    const { server, mette, anna, asAnna } = await connectPair(t)
    const others = [await server.connect('ole'), await server.connect('jens')]
    const tablet = await server.connect('anna')
    t.match((await anna.waitFor('welcome')).choice, { state: 'accepted', pausedUntil: null })
    t.equal((await mette.waitFor('welcome')).choice, null)
    await asAnna('stop')
    for (const person of [mette, anna, tablet]) {
      t.match(await person.waitFor('choice.changed'), {
        citizenId: PEOPLE.anna,
        choice: { state: 'withdrawn', pausedUntil: null },
      })
    }
    for (const other of others) {
      await other.request({ type: 'ping' })
      t.notOk(other.frames.some((frame) => frame.type === 'choice.changed'))
    }
  },
)

t.test('S-14 other people’s citizens are nowhere to be found', async (t) => {
  const server = await listen(t)
  const jar = async (name: PersonName) => signIn(server, name)
  const [ole, jens, mette] = [await jar('ole'), await jar('jens'), await jar('mette')]
  const bodies = { offer: undefined, answer: YES, stop: undefined }
  const before = await loadSteps(server)
  const nobody = '01900000-0000-7000-8000-00000000ffff' as PersonId
  for (const [what, body] of Object.entries(bodies)) {
    const notFound = '404 PERSON_NOT_FOUND'
    t.equal(await post(server, ole, about(PEOPLE.anna, what), body), notFound, `Ole ${what}`)
    t.equal(await post(server, mette, about(PEOPLE.liz, what), body), notFound, `Mette ${what}`)
    t.equal(await post(server, mette, about(nobody, what), body), notFound, 'nobody at all')
    t.equal(await post(server, mette, about(PEOPLE.mette, what), body), notFound, 'oneself')
    t.equal(await post(server, jens, about(PEOPLE.anna, what), body), '403 ROLE_REFUSED')
    t.equal(await post(server, jens, about(PEOPLE.jens, what), body), '403 ROLE_REFUSED')
    t.equal(await post(server, '', about(PEOPLE.anna, what), body), '401 SESSION_MISSING')
  }
  const own = { answer: YES, pause: { weeks: 1 }, resume: undefined, stop: undefined }
  for (const [what, body] of Object.entries(own)) {
    t.equal(await post(server, mette, `choice/${what}`, body), '403 ROLE_REFUSED', what)
    t.equal(await post(server, '', `choice/${what}`, body), '401 SESSION_MISSING', what)
  }
  t.strictSame(await loadSteps(server), before)

  await server.app.database
    .updateTable('assignments')
    .set({ to_at: server.clock.now() + 1 })
    .where('citizen_id', '=', PEOPLE.anna)
    .execute()
  server.clock.advance(1)
  t.equal(await post(server, mette, about(PEOPLE.anna, 'stop')), '404 PERSON_NOT_FOUND')
})

t.test('a stop is waited for by what else must stop, and the record stays', async (t) => {
  const { server, mette, asAnna } = await connectPair(t)
  await tryRing(mette)
  const told: PersonId[] = []
  server.app.choice.onWithdrawn((citizenId) => {
    told.push(citizenId)
    return Promise.resolve()
  })
  await asAnna('pause', { weeks: 1 })
  t.strictSame(told, [])
  await asAnna('stop')
  await asAnna('stop')
  t.strictSame(told, [PEOPLE.anna], 'once')
  t.equal((await server.loadCalls()).length, 1, 'what has been is kept')
})

t.test('CH9 a stop unpairs the citizen’s devices at once, whoever wrote it down', async (t) => {
  for (const who of ['anna', 'mette'] as const) {
    const { server } = await connectPair(t)
    const { app, clock } = server
    const mette = await Browser.signedIn(app, 'mette')
    const device = await pairDevice(app, () => clock.now(), mette)
    const socket = await server.connect('anna', device.cookies)
    const answer =
      who === 'anna'
        ? await device.askProven('/api/choice/stop', 'POST')
        : await mette.ask(`/api/${about(PEOPLE.anna, 'stop')}`, { method: 'POST' })
    t.match(answer.json(), { choice: { state: 'withdrawn' } }, 'the answer still arrives')
    t.equal(await socket.closed, CLOSE_CODES.SESSION_ENDED)
    t.equal((await device.askProven('/api/choice/stop', 'POST')).statusCode, 401)
    t.strictSame(await app.devices.listOf(PEOPLE.anna), [])
    const revoked = await app.database
      .selectFrom('audit_events')
      .select(['actor_id', 'details'])
      .where('action', '=', 'device.revoked')
      .execute()
    t.match(revoked, [{ actor_id: PEOPLE[who], details: /withdrawn/ }])
  }
})

t.test('every step but the beginning leaves a line in the audit log, without names', async (t) => {
  const { server, asAnna, asMette } = await connectPair(t)
  await asAnna('pause', { weeks: 1 })
  await asAnna('pause', { weeks: 1 })
  await asAnna('resume')
  await asAnna('stop')
  await asMette('offer')
  await asMette('answer', YES)
  const rows = await server.app.database
    .selectFrom('audit_events')
    .select(['action', 'actor_id', 'actor_role', 'subject_id', 'details'])
    .where('action', 'like', 'choice.%')
    .orderBy('seq')
    .execute()
  const anna = { actor_id: PEOPLE.anna, actor_role: 'citizen', subject_id: PEOPLE.anna }
  const mette = { actor_id: PEOPLE.mette, actor_role: 'worker', subject_id: PEOPLE.anna }
  t.match(rows, [
    { action: 'choice.paused', ...anna, details: /toAt/ },
    { action: 'choice.resumed', ...anna, details: '{}' },
    { action: 'choice.withdrawn', ...anna },
    { action: 'choice.offered', ...mette },
    { action: 'choice.accepted', ...mette, details: '{"textVersion":1}' },
  ])
  t.equal(rows.length, 5)
})

t.test('what cannot be put in the audit log has not happened, and nobody is told', async (t) => {
  const { server, mette, anna, asAnna } = await connectPair(t)
  const { database } = server.app
  await sql`create trigger full before insert on audit_events begin select raise(abort, 'full'); end`.execute(
    database,
  )
  t.equal(await asAnna('stop'), '500 INTERNAL')
  await sql`drop trigger full`.execute(database)
  await anna.request({ type: 'ping' })
  t.notOk(anna.frames.some((frame) => frame.type === 'choice.changed'))
  t.equal(await tryRing(mette), 'inviting')
})

t.test('answers on two devices at once: one history, no gap', async (t) => {
  const { server, asAnna } = await connectPair(t)
  const answers = await Promise.all([
    asAnna('stop'),
    asAnna('pause', { weeks: 1 }),
    asAnna('pause', { weeks: 2 }),
    asAnna('stop'),
  ])
  t.ok(answers.some((answer) => typeof answer !== 'string' && answer.state === 'withdrawn'))
  const steps = await loadSteps(server)
  t.strictSame(
    steps.map(({ number }) => number),
    steps.map((_step, index) => index + 1),
  )
  t.equal(steps.filter(({ kind }) => kind === 'withdrawn').length, 1)
  t.equal(steps.at(-1)?.kind, 'withdrawn')
})
