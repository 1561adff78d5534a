import type { FastifyInstance } from 'fastify'
import BetterSqlite from 'better-sqlite3'
import { sql } from 'kysely'
import t from 'tap'
import type { Created, TeamsReply } from '@naervaer/shared'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { listen, makeTempDir } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import type {} from '../../../server/src/accounts/plugin.ts'
import type {} from '../../../server/src/plugins/database.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'

const HOUR_MS = 3_600_000
/** Shorter than the heartbeat, which a jump of the clock would take for silence. */
const SHORT_MS = 10_000

/** Ole stands in for Mette with Anna, from now and until an instant. */
async function standIn(karen: HttpPerson, toAt: number): Promise<string> {
  const wish = { workerId: PEOPLE.ole, citizenId: PEOPLE.anna, kind: 'substitute' }
  const answer = await karen.ask('POST', '/api/assignments', { ...wish, fromAt: null, toAt })
  if (answer.status !== 201) throw new Error(String(answer.code))
  return (answer.body as Created).id
}

t.test('W-24 a substitute has the citizen for the period, on an open page', async (t) => {
  const server = await listen(t)
  const { app, clock } = server
  const karen = await HttpPerson.signIn(app, 'karen')
  const [ole, anna] = [await server.connect('ole'), await server.connect('anna')]
  t.equal(await ole.ask({ type: 'call.invite', citizenId: PEOPLE.anna }), 'NOT_ASSIGNED')

  await standIn(karen, clock.now() + SHORT_MS)
  const came = await ole.waitFor('directory.changed')
  t.match(
    came.citizens.map(({ person, availability }) => [person.name, availability]),
    [
      ['Anna', 'open'],
      ['Liz', 'unreachable'],
    ],
  )
  const told = await anna.waitFor('directory.changed')
  t.match(
    told.workers.map(({ name }) => name),
    ['Mette Holm', 'Ole Krogh'],
  )

  clock.advance(SHORT_MS)
  const gone = await ole.waitFor('directory.changed', ({ citizens }) => citizens.length === 1)
  t.equal(gone.citizens[0]?.person.name, 'Liz')
  await anna.waitFor('directory.changed', ({ workers }) => workers.length === 1)
  t.equal(await ole.ask({ type: 'call.invite', citizenId: PEOPLE.anna }), 'NOT_ASSIGNED')

  const before = ole.frames.length
  await anna.vanish()
  const mette = await server.connect('mette')
  t.match(mette.frames[0], {
    citizens: [{ person: { name: 'Anna' }, availability: 'unreachable' }],
  })
  await ole.request({ type: 'ping' })
  t.notOk(
    ole.frames.slice(before).some(({ type }) => type === 'presence.changed'),
    'presence of the citizen has stopped, without a reconnect',
  )
  const actions = await app.database
    .selectFrom('audit_events')
    .select(['action', 'actor_kind'])
    .where('action', 'like', 'assignment.%')
    .orderBy('seq')
    .execute()
  t.strictSame(actions, [
    { action: 'assignment.started', actor_kind: 'person' },
    { action: 'assignment.ended', actor_kind: 'system' },
  ])
})

t.test('W-24 at the end of the period a ring stops, and a talk goes on', async (t) => {
  const server = await listen(t)
  const { app, clock } = server
  const karen = await HttpPerson.signIn(app, 'karen')
  const [ole, anna] = [await server.connect('ole'), await server.connect('anna')]
  await standIn(karen, clock.now() + SHORT_MS)
  const ring = await ole.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  clock.advance(SHORT_MS)
  const ended = await ole.waitForState(ring.id, 'ended')
  t.match(ended, { outcome: 'cancelled', endReason: 'revoked' })
  t.equal(await anna.ask({ type: 'call.accept', call: ring.id }), 'CALL_ENDED')

  await standIn(karen, clock.now() + SHORT_MS)
  const talk = await ole.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: talk.id })
  const lists = ole.frames.filter(({ type }) => type === 'directory.changed').length
  clock.advance(SHORT_MS)
  await ole.waitUntil(
    () => ole.frames.filter(({ type }) => type === 'directory.changed').length > lists || undefined,
    'the end of the period',
  )
  t.match(await ole.must({ type: 'call.hangUp', call: talk.id }), { endReason: 'hangup_staff' })
})

t.test('W-24 a period that is ended early ends now', async (t) => {
  const server = await listen(t)
  const { app, clock } = server
  const karen = await HttpPerson.signIn(app, 'karen')
  const [ole, anna] = [await server.connect('ole'), await server.connect('anna')]
  const id = await standIn(karen, clock.now() + HOUR_MS)
  clock.advance(1_000)
  const ring = await ole.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  const answer = await karen.ask('PUT', `/api/assignments/${id}/end`, { toAt: null })
  t.equal(answer.status, 204)
  t.match(await anna.waitForState(ring.id, 'ended'), { outcome: 'cancelled' })
  t.equal((await karen.ask('PUT', `/api/assignments/${id}/end`, { toAt: null })).status, 404)
})

const loadEnds = (app: FastifyInstance) =>
  app.database
    .selectFrom('audit_events')
    .select(['actor_kind', 'subject_id', 'details'])
    .where('action', '=', 'assignment.ended')
    .orderBy('seq')
    .execute()

t.test('a period that ends while no server runs has its line, and only one', async (t) => {
  const databaseFile = join(makeTempDir(t), 'naervaer.sqlite')
  const clock = new FakeClock()
  const env = { MASTER_KEY: randomBytes(32).toString('hex') }
  const first = await listen(t, { databaseFile, clock, env })
  const karen = await HttpPerson.signIn(first.app, 'karen')
  const toAt = clock.now() + HOUR_MS
  const id = await standIn(karen, toAt)
  t.strictSame(await loadEnds(first.app), [])
  await first.app.close()

  clock.advance(2 * HOUR_MS)
  const second = await listen(t, { databaseFile, clock, env })
  const line = { assignmentId: id, kind: 'substitute', toAt }
  const [end, ...others] = await loadEnds(second.app)
  t.match(end, { actor_kind: 'system', subject_id: PEOPLE.anna })
  t.strictSame(JSON.parse(end?.details ?? ''), line)
  t.strictSame(others, [])
  await second.app.close()

  clock.advance(HOUR_MS)
  const third = await listen(t, { databaseFile, clock, env })
  t.equal((await loadEnds(third.app)).length, 1, 'not again at the next start')
  const soon = clock.now() + SHORT_MS
  const leader = await HttpPerson.signIn(third.app, 'karen')
  await standIn(leader, soon)
  const ole = await third.connect('ole')
  clock.advance(SHORT_MS)
  await ole.waitFor('directory.changed')
  t.equal((await loadEnds(third.app)).length, 2)
  const byHand = await standIn(leader, clock.now() + HOUR_MS)
  clock.advance(1)
  await leader.ask('PUT', `/api/assignments/${byHand}/end`, { toAt: null })
  t.equal((await loadEnds(third.app)).length, 3)
  await third.app.close()
  clock.advance(2 * HOUR_MS)
  const fourth = await listen(t, { databaseFile, clock, env })
  t.equal((await loadEnds(fourth.app)).length, 3, 'nor what was told or ended by hand')
})

t.test('the note of an end and its line are written together', async (t) => {
  const databaseFile = join(makeTempDir(t), 'naervaer.sqlite')
  const clock = new FakeClock()
  const env = { MASTER_KEY: randomBytes(32).toString('hex') }
  const first = await listen(t, { databaseFile, clock, env })
  const karen = await HttpPerson.signIn(first.app, 'karen')
  await standIn(karen, clock.now() + HOUR_MS)
  // The log takes no more lines: as if the machine went away between the two.
  await sql`create trigger full before insert on audit_events
    begin select raise(abort, 'no room'); end`.execute(first.app.database)
  await first.app.close()
  clock.advance(HOUR_MS)
  await t.rejects(listen(t, { databaseFile, clock, env }), /no room/)
  const raw = new BetterSqlite(databaseFile)
  raw.exec('drop trigger full')
  raw.close()
  const second = await listen(t, { databaseFile, clock, env })
  t.equal((await loadEnds(second.app)).length, 1)
})

t.test('no ring is left by a period that ends while the ring is written', async (t) => {
  const server = await listen(t)
  const { app, clock } = server
  const karen = await HttpPerson.signIn(app, 'karen')
  const [ole, anna] = [await server.connect('ole'), await server.connect('anna')]
  await standIn(karen, clock.now() + SHORT_MS)
  const { assignments } = app.accounts
  const isAssigned = assignments.isAssigned.bind(assignments)
  // The period ends when the worker has just been found to be the citizen's.
  assignments.isAssigned = async (...question) => {
    const isOwn = await isAssigned(...question)
    if (isOwn) clock.advance(SHORT_MS)
    return isOwn
  }
  t.equal(await ole.ask({ type: 'call.invite', citizenId: PEOPLE.anna }), 'NOT_ASSIGNED')
  t.strictSame(await server.loadCalls(), [], 'and nothing was written')
  await anna.request({ type: 'ping' })
  t.notOk(anna.frames.some(({ type }) => type === 'call.changed'))
})

t.test('a ring that was written just before the period ended stops', async (t) => {
  const server = await listen(t)
  const { app, clock } = server
  const karen = await HttpPerson.signIn(app, 'karen')
  const [ole, anna] = [await server.connect('ole'), await server.connect('anna')]
  await standIn(karen, clock.now() + SHORT_MS)
  const { assignments } = app.accounts
  const isAssigned = assignments.isAssigned.bind(assignments)
  // The period ends after the look inside the transaction, before anybody knows of the ring.
  assignments.isAssigned = async (workerId, citizenId, now, within) => {
    const isOwn = await isAssigned(workerId, citizenId, now, within)
    if (isOwn && within !== undefined) clock.advance(SHORT_MS)
    return isOwn
  }
  const ring = await ole.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  t.match(await anna.waitForState(ring.id, 'ended'), { outcome: 'cancelled', endReason: 'revoked' })
})

t.test('assignments hold together', async (t) => {
  const server = await listen(t)
  const { app, clock } = server
  const karen = await HttpPerson.signIn(app, 'karen')
  const now = clock.now()
  const wish = { workerId: PEOPLE.ole, citizenId: PEOPLE.anna, kind: 'substitute', fromAt: null }
  const assign = async (change: object) => {
    const { code, status } = await karen.ask('POST', '/api/assignments', { ...wish, ...change })
    return code ?? status
  }
  t.equal(await assign({ toAt: null }), 'ASSIGNMENT_PERIOD_INVALID', 'substitutes have an end')
  t.equal(await assign({ toAt: now }), 'ASSIGNMENT_PERIOD_INVALID')
  t.equal(await assign({ fromAt: now + 20, toAt: now + 10 }), 'ASSIGNMENT_PERIOD_INVALID')
  t.equal(await assign({ workerId: PEOPLE.mette, toAt: now + 10 }), 'ASSIGNMENT_OVERLAPS')
  t.equal(await assign({ workerId: PEOPLE.karen, toAt: now + 10 }), 'PERSON_NOT_FOUND')
  t.equal(await assign({ workerId: PEOPLE.liz, toAt: now + 10 }), 'PERSON_NOT_FOUND')
  t.equal(await assign({ citizenId: PEOPLE.mette, toAt: now + 10 }), 'PERSON_NOT_FOUND')
  t.equal(await assign({ toAt: now + HOUR_MS }), 201)
  t.equal(await assign({ toAt: now + HOUR_MS }), 'ASSIGNMENT_OVERLAPS')
  t.equal(
    await assign({ fromAt: now + HOUR_MS, toAt: now + 2 * HOUR_MS }),
    201,
    'one after the other',
  )

  const change = { kind: 'primary', citizenId: PEOPLE.jens, fromAt: now + HOUR_MS, toAt: null }
  t.equal(await assign(change), 201)
  const { teams } = (await karen.ask('GET', '/api/teams')).body as TeamsReply
  const ofJens = teams[0]?.assignments.filter(({ citizenId }) => citizenId === PEOPLE.jens)
  t.match(
    ofJens,
    [
      { workerId: PEOPLE.mette, kind: 'primary', toAt: now + HOUR_MS },
      { workerId: PEOPLE.ole, kind: 'primary', fromAt: now + HOUR_MS, toAt: null },
    ],
    'a new primary worker takes over from the former one',
  )
  t.equal(await assign({ ...change, workerId: PEOPLE.mette, fromAt: now }), 'ASSIGNMENT_OVERLAPS')
})

t.test('HT41 an end that moves later meets the same rules as a new period', async (t) => {
  const { app, clock } = await listen(t)
  const karen = await HttpPerson.signIn(app, 'karen')
  const now = clock.now()
  const assign = async (wish: object) => {
    const { body } = await karen.ask('POST', '/api/assignments', wish)
    return (body as Created).id
  }
  const move = async (id: string, toAt: number | null) => {
    const { code, status } = await karen.ask('PUT', `/api/assignments/${id}/end`, { toAt })
    return code ?? status
  }
  const list = async (citizenId: string) => {
    const { teams } = (await karen.ask('GET', '/api/teams')).body as TeamsReply
    return teams.flatMap(({ assignments }) =>
      assignments.filter((each) => each.citizenId === citizenId),
    )
  }
  const [mettes] = await list(PEOPLE.jens)
  const olesFrom = now + HOUR_MS
  const ofJens = { workerId: PEOPLE.ole, citizenId: PEOPLE.jens, kind: 'primary' }
  await assign({ ...ofJens, fromAt: olesFrom, toAt: null })
  const former = mettes?.id ?? ''
  t.equal(await move(former, now + 2 * HOUR_MS), 'ASSIGNMENT_OVERLAPS', 'two at a time')
  t.match(await list(PEOPLE.jens), [{ toAt: olesFrom }, { fromAt: olesFrom, toAt: null }])
  t.equal(await move(former, olesFrom - 1), 204, 'earlier is no matter')
  t.equal(await move(former, olesFrom), 204, 'up to the next one')

  const stand = { workerId: PEOPLE.ole, citizenId: PEOPLE.anna, kind: 'substitute' }
  const first = await assign({ ...stand, fromAt: null, toAt: now + HOUR_MS })
  await assign({ ...stand, fromAt: now + 2 * HOUR_MS, toAt: now + 3 * HOUR_MS })
  t.equal(await move(first, now + 2 * HOUR_MS + 1), 'ASSIGNMENT_OVERLAPS', 'the same two twice')
  t.equal(await move(first, now + 2 * HOUR_MS), 204)
  const moves = await Promise.all([move(former, olesFrom + 1), move(former, null)])
  t.strictSame(moves, ['ASSIGNMENT_OVERLAPS', 204])
  t.strictSame((await list(PEOPLE.jens)).length, 1)
})

t.test(
  'a leader takes a citizen into their team, and sees no figures of calls (W-27)',
  async (t) => {
    const server = await listen(t)
    const karen = await HttpPerson.signIn(server.app, 'karen')
    const first = (await karen.ask('GET', '/api/teams')).body as TeamsReply
    t.match(
      first.teams.map(({ name, workers, citizens }) => [
        name,
        ...[workers, citizens].map((people) => people.map((person) => person.name)),
      ]),
      [['Team Havnen', ['Mette Holm', 'Ole Krogh'], ['Anna', 'Jens', 'Liz', 'Max']]],
    )
    t.strictSame(Object.keys(first.teams[0] ?? {}).sort(), [
      'assignments',
      'citizens',
      'id',
      'name',
      'workers',
    ])
    const url = `/api/teams/${first.teams[0]?.id ?? ''}/citizens`
    t.equal((await karen.ask('POST', url, { name: 'Nina' })).status, 201)
    const { teams } = (await karen.ask('GET', '/api/teams')).body as TeamsReply
    t.ok(teams[0]?.citizens.some(({ name }) => name === 'Nina'))
    const anna = await HttpPerson.signIn(server.app, 'anna')
    const { body } = await anna.ask('GET', '/api/own/lookups')
    const reading = { at: server.clock.now(), action: 'team.read', role: 'leader' }
    t.match(
      body,
      { lookups: [reading, reading] },
      'the citizen sees when, and by which kind of staff',
    )
    t.notOk(JSON.stringify(body).includes(PEOPLE.karen), 'and not by whom')
  },
)
