import { join } from 'node:path'
import t, { type Test } from 'tap'
import {
  CALLBACK_MS,
  MISSED_MS,
  READY_AWAY_MS,
  READY_MS,
  RETURN_TIMEOUT_MS,
  RINGS_IN_A_ROW,
  type Availability,
  type Home,
} from '@naervaer/shared'
import { wallTimeAt } from '@naervaer/shared/wall'
import { listen, makeTempDir, type TestServer } from '../../helpers/build-app.ts'
// For what they declare of Fastify's instance, which is lost on the way through app.ts.
import type {} from '../../../server/src/home/plugin.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { connectPair, talk } from '../../helpers/talking-pair.ts'
import { waitFor } from '../../e2e/support/wait.ts'
import { makeRoleWorld, RELATIONS } from '../../helpers/role-world.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

const MINUTE_MS = 60_000

const SEEN = `/api/citizens/${PEOPLE.anna}/callback/seen`

async function makePair(t: Test) {
  const server = await listen(t, { isUnlimited: true })
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const citizen = await HttpPerson.signIn(server.app, 'anna')
  const say = async (path: 'ready' | 'callback' | 'choice/pause', body: object) => {
    const { status, code } = await citizen.ask('POST', `/api/${path}`, body)
    return code ?? status
  }
  return { server, mette, anna, say }
}

/** The newest of what a window was told; waits until it is so. */
const availability = (mette: WsPerson, wanted: Availability) =>
  mette.waitUntil(() => {
    const told = mette.frames.findLast((frame) => frame.type === 'presence.changed')
    return told?.type === 'presence.changed' && told.availability === wanted ? told : undefined
  }, `presence ${wanted}`)

const home = (anna: WsPerson, isIt: (home: Home) => boolean) =>
  anna.waitUntil(() => {
    const told = anna.frames.findLast((frame) => frame.type === 'home.changed')
    return told?.type === 'home.changed' && isIt(told.home) ? told.home : undefined
  }, 'home as it should be')

const loadReady = ({ app }: TestServer) =>
  app.database.selectFrom('readiness').selectAll().execute()
const loadCallbacks = ({ app }: TestServer) =>
  app.database.selectFrom('callbacks').selectAll().execute()

t.test('HO1 who says that they are ready is shown so, until they take it back', async (t) => {
  const { server, mette, anna, say } = await makePair(t)
  t.equal(await say('ready', { isReady: true }), 204)
  await availability(mette, 'ready')
  const until = server.clock.now() + READY_MS
  t.equal((await home(anna, (each) => each.readyUntil !== null)).readyUntil, until)
  const late = await server.connect('mette')
  const { citizens } = await late.waitFor('welcome')
  t.equal(citizens.find(({ person }) => person.id === PEOPLE.anna)?.availability, 'ready')
  t.equal(await say('ready', { isReady: false }), 204)
  await availability(mette, 'open')
  await home(anna, ({ readyUntil }) => readyUntil === null)
  t.same(await loadReady(server), [])
})

t.test('HO1 readiness ends by itself after half an hour', async (t) => {
  const { server, mette, anna, say } = await makePair(t)
  t.equal(READY_MS, 30 * 60_000)
  await say('ready', { isReady: true })
  await availability(mette, 'ready')
  // The two stay connected: their windows answer the pings of all that time.
  await advanceTo(server.clock, READY_MS - 1, [mette, anna])
  t.equal((await loadReady(server)).length, 1)
  await advanceTo(server.clock, 1, [mette, anna])
  await availability(mette, 'open')
  await home(anna, ({ readyUntil }) => readyUntil === null)
})

/** Lets time pass in steps in which open windows are heard of. */
async function advanceTo(clock: FakeClock, durationMs: number, windows: WsPerson[]): Promise<void> {
  const stepMs = 10_000
  for (let left = durationMs; left > 0; left -= stepMs) {
    clock.advance(Math.min(stepMs, left))
    for (const window of windows) await window.request({ type: 'ping' })
  }
}

t.test('HO2 who leaves is not ready any more; who comes back in time is', async (t) => {
  const { server, mette, anna, say } = await makePair(t)
  await say('ready', { isReady: true })
  await availability(mette, 'ready')
  await anna.vanish()
  await availability(mette, 'unreachable')
  await advanceTo(server.clock, READY_AWAY_MS - 20_000, [mette])
  const back = await server.connect('anna')
  await availability(mette, 'ready')
  await back.vanish()
  await availability(mette, 'unreachable')
  // The time runs from the last loss, not from the first.
  await advanceTo(server.clock, READY_AWAY_MS - 20_000, [mette])
  t.equal((await loadReady(server)).length, 1)
  server.clock.advance(20_000)
  await waitFor('the end', async () => (await loadReady(server)).length === 0 || undefined)
  const again = await server.connect('anna')
  t.equal((await again.waitFor('welcome')).home?.readyUntil, null)
  await availability(mette, 'open')
})

t.test('HO1 after a call nobody is ready any more', async (t) => {
  const { server, mette, anna, say } = await makePair(t)
  await say('ready', { isReady: true })
  await availability(mette, 'ready')
  const { id: call } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await availability(mette, 'busy')
  await anna.must({ type: 'call.ringing', call })
  await anna.must({ type: 'call.decline', call })
  await availability(mette, 'open')
  await home(anna, ({ readyUntil }) => readyUntil === null)
  t.same(await loadReady(server), [])
})

t.test(
  'HO3 a wish to be rung is there for the own worker at once, once, and until it is taken back',
  async (t) => {
    const { server, mette, anna, say } = await makePair(t)
    const ole = await server.connect('ole')
    const askedAt = server.clock.now()
    t.equal(await say('callback', { isWanted: true }), 204)
    t.equal(await say('callback', { isWanted: true }), 204)
    const told = await mette.waitFor('callback.changed')
    t.same([told.citizenId, told.callback], [PEOPLE.anna, { askedAt, seenAt: null }])
    t.same((await home(anna, ({ callback }) => callback !== null)).callback, {
      askedAt,
      seenAt: null,
    })
    const late = await server.connect('mette')
    const { citizens } = await late.waitFor('welcome')
    t.same(citizens.find(({ person }) => person.id === PEOPLE.anna)?.callback, {
      askedAt,
      seenAt: null,
    })
    t.equal(await say('callback', { isWanted: false }), 204)
    await mette.waitFor('callback.changed', ({ callback }) => callback === null)
    await home(anna, ({ callback }) => callback === null)
    t.equal(
      mette.frames.filter(({ type }) => type === 'callback.changed').length,
      2,
      'each change once',
    )
    await ole.request({ type: 'ping' })
    t.notOk(
      ole.frames.some(({ type }) => type === 'callback.changed'),
      'nobody else is told',
    )
    t.same(await loadCallbacks(server), [])
  },
)

t.test('HO4 a worker says that it is seen, and the citizen reads it; the wish stays', async (t) => {
  const { server, mette, anna, say } = await makePair(t)
  const worker = await HttpPerson.signIn(server.app, 'mette')
  t.equal(
    (await worker.ask('POST', SEEN)).status,
    204,
    'of a wish that is not there nothing is said',
  )
  await say('callback', { isWanted: true })
  const seenAt = server.clock.now()
  t.equal((await worker.ask('POST', SEEN)).status, 204)
  t.equal(
    (await home(anna, ({ callback }) => callback?.seenAt === seenAt)).callback?.seenAt,
    seenAt,
  )
  await mette.waitFor('callback.changed', ({ callback }) => callback?.seenAt === seenAt)
  t.equal((await loadCallbacks(server)).length, 1)
})

t.test(
  'HO4 a substitute is told and may see it; whoever is not theirs any more is not',
  async (t) => {
    const { server, say } = await makePair(t)
    await makeRoleWorld(server.app, server.clock.now())
    const signInAs = async (personId: string) => {
      const answer = await server.app.inject({
        method: 'POST',
        url: '/api/demo/sign-in',
        headers: { origin: server.origin },
        payload: { personId },
      })
      return new HttpPerson(
        server.app,
        Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value])),
      )
    }
    const substitute = await signInAs(RELATIONS.substitute)
    const window = await server.connect('ole', substitute.jar)
    await say('callback', { isWanted: true })
    await window.waitFor('callback.changed', ({ callback }) => callback !== null)
    const former = await signInAs(RELATIONS.substituteOver)
    const { status, code } = await former.ask('POST', SEEN)
    t.same([status, code], [404, 'PERSON_NOT_FOUND'])
    t.equal((await substitute.ask('POST', SEEN)).status, 204)
  },
)

t.test('HO5 a ring that comes through answers the wish; one that does not leaves it', async (t) => {
  const { server, mette, anna, say } = await makePair(t)
  await say('callback', { isWanted: true })
  await anna.vanish()
  await availability(mette, 'unreachable')
  const missed = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  t.equal(missed.outcome, 'unreachable')
  t.equal((await loadCallbacks(server)).length, 1)
  const back = await server.connect('anna')
  const { id: call } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await back.must({ type: 'call.ringing', call })
  await mette.waitFor('callback.changed', ({ callback }) => callback === null)
  await home(back, ({ callback }) => callback === null)
  await mette.must({ type: 'call.cancel', call })
})

t.test('HO6 both outlive a restart of the server', async (t) => {
  const databaseFile = `${makeTempDir(t)}/test.sqlite`
  const clock = new FakeClock()
  const first = await listen(t, { databaseFile, clock })
  const citizen = await HttpPerson.signIn(first.app, 'anna')
  await citizen.ask('POST', '/api/ready', { isReady: true })
  await citizen.ask('POST', '/api/callback', { isWanted: true })
  const until = clock.now() + READY_MS
  await first.app.close()

  const second = await listen(t, { databaseFile, clock })
  const mette = await second.connect('mette')
  const anna = await second.connect('anna')
  await availability(mette, 'ready')
  const { home: told } = await anna.waitFor('welcome')
  t.equal(told?.readyUntil, until)
  t.not(told?.callback ?? null, null)
  await second.app.close()

  const late = new FakeClock(until)
  const third = await listen(t, { databaseFile, clock: late })
  t.same(await loadReady(third), [], 'what has run out meanwhile is gone')
})

t.test('HO7 whoever pauses is neither ready nor waiting, and cannot be', async (t) => {
  const { server, mette, say } = await makePair(t)
  await say('ready', { isReady: true })
  await say('callback', { isWanted: true })
  t.equal(await say('choice/pause', { weeks: 1 }), 200)
  await mette.waitFor('callback.changed', ({ callback }) => callback === null)
  await availability(mette, 'open')
  t.same([await loadReady(server), await loadCallbacks(server)], [[], []])
  t.equal(await say('ready', { isReady: true }), 'CHOICE_PAUSED')
  t.equal(await say('callback', { isWanted: true }), 'CHOICE_PAUSED')
  t.same([await loadReady(server), await loadCallbacks(server)], [[], []])
})

t.test('HO8 a wish that nobody has answered in a week is forgotten', async (t) => {
  const databaseFile = `${makeTempDir(t)}/test.sqlite`
  const clock = new FakeClock()
  const server = await listen(t, { databaseFile, clock })
  const citizen = await HttpPerson.signIn(server.app, 'anna')
  await citizen.ask('POST', '/api/callback', { isWanted: true })
  t.equal(CALLBACK_MS, 7 * 24 * 3_600_000)
  clock.advance(CALLBACK_MS - 1)
  t.equal((await loadCallbacks(server)).length, 1)
  clock.advance(1)
  const { citizens } = await (await server.connect('mette')).waitFor('welcome')
  t.same(
    citizens.find(({ person }) => person.id === PEOPLE.anna)?.callback,
    null,
    'to the millisecond',
  )
  clock.advance(3_600_000)
  await waitFor(
    'the row to go',
    async () => (await loadCallbacks(server)).length === 0 || undefined,
  )
})

t.test('HO9 home says who has rung in vain, for a day, and nothing after an answer', async (t) => {
  const { server, mette, anna } = await makePair(t)
  const rang = server.clock.now()
  const first = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.ringing', call: first.id })
  await mette.must({ type: 'call.cancel', call: first.id })
  const missed = { worker: { id: PEOPLE.mette, name: 'Mette Holm' }, at: rang }
  t.same((await home(anna, (each) => each.missed !== null)).missed, missed)
  t.same((await (await server.connect('anna')).waitFor('welcome')).home?.missed, missed)

  // A window that never rang has missed nothing: what is known stays.
  server.clock.advance(1_000)
  const unheard = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await mette.must({ type: 'call.cancel', call: unheard.id })
  t.same((await (await server.connect('anna')).waitFor('welcome')).home?.missed, missed)

  server.clock.advance(1_000)
  const { id: call } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.ringing', call })
  await anna.must({ type: 'call.decline', call })
  await home(anna, (each) => each.missed === null)
  t.equal(MISSED_MS, 24 * 3_600_000)
})

t.test('W-20 who has asked to be rung is not rung down', async (t) => {
  const { server, mette, anna, say } = await makePair(t)
  const invite = { type: 'call.invite', citizenId: PEOPLE.anna } as const
  const ringInVain = async () => {
    const { id } = await mette.must(invite)
    await anna.must({ type: 'call.ringing', call: id })
    await mette.must({ type: 'call.cancel', call: id })
  }
  for (let rings = 0; rings < RINGS_IN_A_ROW; rings += 1) await ringInVain()
  t.equal(await mette.ask(invite), 'CALL_RUNG_OFTEN')
  t.equal(await say('callback', { isWanted: true }), 204)
  await ringInVain()
  t.equal((await server.loadCalls()).length, RINGS_IN_A_ROW + 1)
  t.equal(await mette.ask(invite), 'CALL_RUNG_OFTEN')
  t.equal(await say('ready', { isReady: true }), 204)
  await ringInVain()
})

t.test(
  'HO10 whose worker talks with somebody else reads that they are busy, and no more',
  async (t) => {
    const { server, mette, anna } = await makePair(t)
    const jens = await server.connect('jens')
    const liz = await server.connect('liz')
    const isBusy = (home: Home) => home.busyWorkers.length > 0
    const call = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await anna.waitForState(call.id, 'inviting')
    await anna.must({ type: 'call.accept', call: call.id })
    t.same(
      (await (await server.connect('jens')).waitFor('welcome')).home?.busyWorkers,
      [],
      'a ring',
    )
    const linked = { type: 'call.connected', call: call.id, generation: 1, path: 'host' } as const
    await mette.must(linked)
    await anna.must(linked)
    t.same((await home(jens, isBusy)).busyWorkers, [PEOPLE.mette])
    const late = await server.connect('max')
    t.same((await late.waitFor('welcome')).home?.busyWorkers, [PEOPLE.mette])
    t.same(
      (await (await server.connect('anna')).waitFor('welcome')).home?.busyWorkers,
      [],
      'herself',
    )
    await mette.must({ type: 'call.hangUp', call: call.id })
    await home(jens, (each) => !isBusy(each))
    await liz.request({ type: 'ping' })
    t.notOk(
      liz.frames.some(({ type }) => type === 'home.changed'),
      'nothing is told to citizens of others',
    )
    const told = jens.frames.filter(({ type }) => type === 'home.changed')
    t.equal(told.length, 2, 'once at the beginning and once at the end')
  },
)

t.test('HO10 a talk that nobody comes back to after a restart leaves nobody busy', async (t) => {
  const databaseFile = join(makeTempDir(t), 'naervaer.sqlite')
  const pair = await connectPair(t, { databaseFile })
  await talk(pair)
  const { clock } = pair.server
  const second = await listen(t, { databaseFile, clock })
  const jens = await second.connect('jens')
  t.same((await jens.waitFor('welcome')).home?.busyWorkers, [PEOPLE.mette])
  await advanceTo(clock, RETURN_TIMEOUT_MS, [jens])
  await home(jens, ({ busyWorkers }) => busyWorkers.length === 0)
})

t.test(
  'HO10 a worker on a visit is busy for the others, from its beginning to its end',
  async (t) => {
    const { server, mette, anna } = await makePair(t)
    const jens = await server.connect('jens')
    const { clock } = server
    const worker = await HttpPerson.signIn(server.app, 'mette')
    const isBusy = ({ busyWorkers }: Home) => busyWorkers.length > 0
    const isFree = (each: Home) => !isBusy(each)
    const told = () => jens.frames.filter(({ type }) => type === 'home.changed').length
    const start = clock.now() + 10 * MINUTE_MS
    const { day, minute } = wallTimeAt(start)
    const wish = { citizenId: PEOPLE.anna, kind: 'visit', day, minute, lengthMinutes: 30 }
    const { body } = await worker.ask('POST', '/api/appointments', { ...wish, repeat: null })
    const at = `/api/appointments/${(body as { id: string }).id}/${day}`

    await advanceTo(clock, 10 * MINUTE_MS, [jens, anna, mette])
    t.same((await home(jens, isBusy)).busyWorkers, [PEOPLE.mette])
    const later = await server.connect('anna')
    t.same((await later.waitFor('welcome')).home?.busyWorkers, [], 'whoever is visited')

    t.equal((await worker.ask('POST', `${at}/late`, { minutes: 10 })).status, 204)
    await home(jens, isFree)
    await advanceTo(clock, 10 * MINUTE_MS, [jens, anna, mette])
    await home(jens, isBusy)
    await advanceTo(clock, 30 * MINUTE_MS, [jens, anna, mette])
    await home(jens, isFree)
    t.equal(told(), 4, 'of each beginning and end, and of nothing in between')
  },
)

t.test('HO10 a visit that is called off leaves nobody busy, nor does a video', async (t) => {
  const { server, mette, anna } = await makePair(t)
  const jens = await server.connect('jens')
  const { clock } = server
  const worker = await HttpPerson.signIn(server.app, 'mette')
  const { day, minute } = wallTimeAt(clock.now() + 30 * MINUTE_MS)
  const wish = { citizenId: PEOPLE.anna, day, minute, lengthMinutes: 60, repeat: null }
  await worker.ask('POST', '/api/appointments', { ...wish, kind: 'video' })
  const { body } = await worker.ask('POST', '/api/appointments', { ...wish, kind: 'visit' })
  await advanceTo(clock, 45 * MINUTE_MS, [jens, anna, mette])
  await home(jens, ({ busyWorkers }) => busyWorkers.length === 1)
  const name = `/api/appointments/${(body as { id: string }).id}/${day}`
  const { status } = await worker.ask('PUT', name, { scope: 'this', revision: 1, to: null })
  t.equal(status, 200)
  await home(jens, ({ busyWorkers }) => busyWorkers.length === 0)
})

t.test('HO10 over a restart a visit goes on, and its end is told', async (t) => {
  const databaseFile = join(makeTempDir(t), 'naervaer.sqlite')
  const first = await listen(t, { databaseFile, isUnlimited: true })
  const { clock } = first
  const worker = await HttpPerson.signIn(first.app, 'mette')
  const { day, minute } = wallTimeAt(clock.now() + 30 * MINUTE_MS)
  const wish = { citizenId: PEOPLE.anna, day, minute, lengthMinutes: 60, repeat: null }
  await worker.ask('POST', '/api/appointments', { ...wish, kind: 'visit' })
  await first.app.close()
  clock.advance(45 * MINUTE_MS)
  const second = await listen(t, { databaseFile, clock })
  const jens = await second.connect('jens')
  t.same((await jens.waitFor('welcome')).home?.busyWorkers, [PEOPLE.mette])
  await advanceTo(clock, 45 * MINUTE_MS, [jens])
  await home(jens, ({ busyWorkers }) => busyWorkers.length === 0)
})
