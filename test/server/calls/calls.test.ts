import t, { type Test } from 'tap'
import { sql } from 'kysely'
import {
  CONNECT_TIMEOUT_MS,
  RETURN_TIMEOUT_MS,
  RING_TIMEOUT_MS,
  SERVER_PING_INTERVAL_MS,
  type AssignmentId,
  type CallId,
  type CallView,
} from '@naervaer/shared'
import type { CallRow } from '../../../server/src/database/schema.ts'
import { listen, type TestServer } from '../../helpers/build-app.ts'
import { PEOPLE } from '../../helpers/people.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

interface Pair {
  readonly server: TestServer
  readonly mette: WsPerson
  readonly anna: WsPerson
}

const on = <T extends string>(type: T, { id }: { id: CallId }) => ({ type, call: id }) as const

async function connectPair(t: Test): Promise<Pair> {
  const server = await listen(t)
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  return { server, mette, anna }
}

async function ring({ mette, anna }: Pair): Promise<CallView> {
  const call = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.waitForState(call.id, 'inviting')
  await anna.must(on('call.ringing', call))
  return call
}

async function answer(pair: Pair): Promise<CallView> {
  const call = await ring(pair)
  pair.server.clock.advance(3_000)
  await pair.anna.must(on('call.accept', call))
  await pair.mette.waitForState(call.id, 'connecting')
  return call
}

async function talk(pair: Pair, generation = 1): Promise<CallView> {
  const call = await answer(pair)
  pair.server.clock.advance(1_000)
  const linked = { ...on('call.connected', call), generation }
  await pair.mette.must({ ...linked, path: 'host' })
  await pair.anna.must({ ...linked, path: 'relay' })
  await pair.mette.waitForState(call.id, 'connected')
  return call
}

/** Lets time pass in steps: one leap would lose the heartbeat of the test's own sockets. */
async function pass({ server, mette, anna }: Pair, durationMs: number): Promise<void> {
  for (let leftMs = durationMs; leftMs > 0; leftMs -= 20_000) {
    server.clock.advance(Math.min(leftMs, 20_000))
    await Promise.all([mette.request({ type: 'ping' }), anna.request({ type: 'ping' })])
  }
}

/** The one row there must be. */
async function loadRow(t: Test, server: TestServer): Promise<CallRow> {
  const [row, ...more] = await server.loadCalls()
  t.equal(more.length, 0, 'exactly one row')
  if (row === undefined) throw new Error('no row')
  return row
}

t.test('CA7 completed: rung, answered, connected, hung up, right to the millisecond', async (t) => {
  const pair = await connectPair(t)
  const startedAt = pair.server.clock.now()
  const call = await talk(pair)
  await pass(pair, 60_000)
  const ended = await pair.anna.must(on('call.hangUp', call))
  t.match(ended, { state: 'ended', outcome: 'completed', endReason: 'hangup_citizen' })
  await pair.mette.waitForState(call.id, 'ended')
  t.match(await loadRow(t, pair.server), {
    id: call.id,
    worker_id: PEOPLE.mette,
    citizen_id: PEOPLE.anna,
    state: 'ended',
    outcome: 'completed',
    end_reason: 'hangup_citizen',
    path: 'relay',
    created_at: startedAt,
    ringing_at: startedAt,
    answered_at: startedAt + 3_000,
    connected_at: startedAt + 4_000,
    ended_at: startedAt + 64_000,
  })
  const legs = await pair.server.app.database.selectFrom('call_legs').selectAll().execute()
  t.match(legs, [{ path: 'relay', started_at: startedAt + 4_000, ended_at: startedAt + 64_000 }])
})

t.test('CA7 each other outcome is its own, one row each', async (t) => {
  const endings: [outcome: string, reason: string, end: (pair: Pair) => Promise<CallView>][] = [
    [
      'declined',
      'hangup_citizen',
      async (pair) => {
        const call = await ring(pair)
        await pair.anna.must(on('call.decline', call))
        return call
      },
    ],
    [
      'cancelled',
      'hangup_staff',
      async (pair) => {
        const call = await ring(pair)
        await pair.mette.must(on('call.cancel', call))
        return call
      },
    ],
    [
      'missed',
      'timeout',
      async (pair) => {
        const call = await ring(pair)
        pair.server.clock.advance(RING_TIMEOUT_MS)
        return call
      },
    ],
    [
      'unreachable',
      'timeout',
      async (pair) => {
        const call = await pair.mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
        pair.server.clock.advance(RING_TIMEOUT_MS)
        return call
      },
    ],
    [
      'failed',
      'timeout',
      async (pair) => {
        const call = await answer(pair)
        pair.server.clock.advance(CONNECT_TIMEOUT_MS)
        return call
      },
    ],
    [
      'dropped',
      'network',
      async (pair) => {
        const call = await talk(pair)
        await pair.mette.must({ ...on('call.lost', call), generation: 1 })
        await pair.anna.waitForState(call.id, 'reconnecting')
        await pass(pair, RETURN_TIMEOUT_MS)
        return call
      },
    ],
  ]
  for (const [outcome, endReason, end] of endings) {
    await t.test(outcome, async (t) => {
      const pair = await connectPair(t)
      const call = await end(pair)
      for (const person of [pair.mette, pair.anna]) {
        t.match(await person.waitForState(call.id, 'ended'), { outcome, endReason })
      }
      t.match(await loadRow(t, pair.server), { id: call.id, outcome, end_reason: endReason })
    })
  }
})

t.test('CA7 CI3 a citizen who is not there is unreachable at once, with a row', async (t) => {
  const server = await listen(t)
  const mette = await server.connect('mette')
  const call = await mette.must({ type: 'call.invite', citizenId: PEOPLE.jens })
  t.match(call, { state: 'ended', outcome: 'unreachable', endReason: 'citizen_offline' })
  t.match(await loadRow(t, server), { outcome: 'unreachable', end_reason: 'citizen_offline' })
})

t.test(
  'CA7 CI3 two workers, one citizen: the second hears busy, and the citizen nothing',
  async (t) => {
    const pair = await connectPair(t)
    const { server, mette, anna } = pair
    const now = server.clock.now()
    await server.app.database
      .insertInto('assignments')
      .values({
        id: 'x' as AssignmentId,
        worker_id: PEOPLE.ole,
        citizen_id: PEOPLE.anna,
        kind: 'substitute',
        from_at: now,
        to_at: null,
      })
      .execute()
    const ole = await server.connect('ole')
    const call = await answer(pair)
    const busy = await ole.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    t.match(busy, { state: 'ended', outcome: 'busy', endReason: 'citizen_busy' })
    await anna.request({ type: 'ping' })
    t.notOk(anna.frames.some((frame) => frame.type === 'call.changed' && frame.call.id === busy.id))
    await mette.must(on('call.hangUp', call))
    const [first, second] = await Promise.all([
      mette.must({ type: 'call.invite', citizenId: PEOPLE.anna }),
      ole.must({ type: 'call.invite', citizenId: PEOPLE.anna }),
    ])
    t.strictSame([first.outcome, second.outcome].sort(), ['busy', null], 'at once: one rings')
  },
)

t.test('CI2 two tabs of one worker: one call, and a clear refusal', async (t) => {
  const { server, mette } = await connectPair(t)
  const other = await server.connect('mette', mette.cookies)
  const answers = await Promise.all([
    mette.ask({ type: 'call.invite', citizenId: PEOPLE.anna }),
    other.ask({ type: 'call.invite', citizenId: PEOPLE.anna }),
  ])
  t.equal(answers.filter((answer) => answer === 'CALL_ALREADY_IN_ONE').length, 1)
  t.equal(await other.ask({ type: 'call.invite', citizenId: PEOPLE.jens }), 'CALL_ALREADY_IN_ONE')
  t.match(await loadRow(t, server), { state: 'inviting' })
  const view = answers.find((answer) => typeof answer !== 'string')
  if (view === undefined) throw new Error('nobody rings')
  const loser = answers[0] === view ? other : mette
  t.match(await loser.waitForState(view.id, 'inviting'), { seat: 'elsewhere' })
  t.equal(await loser.ask(on('call.hangUp', view)), 'CALL_NOT_A_PARTY')
})

t.test(
  'CI5 CI6 CI7 all devices ring, the first answer wins, the others stop and may not end it',
  async (t) => {
    const pair = await connectPair(t)
    const tablet = await pair.server.connect('anna')
    const call = await ring(pair)
    await tablet.waitForState(call.id, 'ringing')
    const [one, two] = await Promise.all([
      pair.anna.ask(on('call.accept', call)),
      tablet.ask(on('call.accept', call)),
    ])
    t.equal([one, two].filter((answer) => answer === 'CALL_ANSWERED_ELSEWHERE').length, 1)
    const loser = typeof one === 'string' ? pair.anna : tablet
    t.match(await loser.waitForState(call.id, 'connecting'), { seat: 'elsewhere' })
    t.equal(await loser.ask(on('call.decline', call)), 'CALL_ANSWERED_ELSEWHERE')
    t.equal(await loser.ask({ ...on('call.attach', call), former: null }), 'CALL_SEAT_TAKEN')
    t.equal((await loadRow(t, pair.server)).state, 'connecting')
  },
)

t.test('CI8 crossings: cancel against accept, and decline after the end', async (t) => {
  const pair = await connectPair(t)
  const call = await ring(pair)
  const [cancelled, accepted] = await Promise.all([
    pair.mette.must(on('call.cancel', call)),
    pair.anna.ask(on('call.accept', call)),
  ])
  t.match(cancelled, { state: 'ended', outcome: 'cancelled' })
  const isFirst = typeof accepted !== 'string'
  t.ok(isFirst || accepted === 'CALL_ENDED')
  t.match(await pair.anna.must(on('call.decline', call)), { outcome: 'cancelled' })
  t.match(await pair.anna.must(on('call.hangUp', call)), { outcome: 'cancelled' })
  t.equal(await pair.anna.ask({ ...on('call.attach', call), former: null }), 'CALL_ENDED')
  t.match(await loadRow(t, pair.server), { outcome: 'cancelled', end_reason: 'hangup_staff' })
})

t.test('SE2 a window that comes back takes its seat again; another device may not', async (t) => {
  const pair = await connectPair(t)
  const call = await talk(pair)
  await pair.anna.vanish()
  await pair.mette.waitFor(
    'call.changed',
    ({ call }) => call.state === 'connected' && !call.isCounterpartPresent,
  )
  const tablet = await pair.server.connect('anna')
  t.equal(await tablet.ask({ ...on('call.attach', call), former: null }), 'CALL_SEAT_TAKEN')
  const back = await pair.server.connect('anna', pair.anna.cookies)
  const welcome = await back.waitFor('welcome')
  t.match(welcome.call, { id: call.id, seat: 'vacant', state: 'connected' })
  t.match(await back.must({ ...on('call.attach', call), former: null }), {
    seat: 'here',
    isCounterpartPresent: true,
  })
})

t.test('SE6 a dead socket of the same device gives its seat up when it is asked', async (t) => {
  const pair = await connectPair(t)
  const { server } = pair
  // As after a change of network: the old socket swallows everything and answers nothing.
  const lost = await server.connect('mette', pair.mette.cookies, { autoPong: false })
  pair.mette.socket.terminate()
  await pair.mette.closed
  const call = await answer({ ...pair, mette: lost })
  const back = await server.connect('mette', lost.cookies)
  t.equal(await back.ask({ ...on('call.attach', call), former: null }), 'CALL_SEAT_TAKEN')
  server.clock.advance(2_000)
  await back.waitFor('call.changed', (frame) => frame.call.seat === 'vacant')
  t.match(await back.must({ ...on('call.attach', call), former: null }), {
    seat: 'here',
    state: 'connecting',
  })
})

t.test('SE6 a living window keeps its seat, whoever asks', async (t) => {
  const pair = await connectPair(t)
  const call = await answer(pair)
  const tab = await pair.server.connect('mette', pair.mette.cookies)
  t.equal(await tab.ask({ ...on('call.attach', call), former: null }), 'CALL_SEAT_TAKEN')
  await pair.mette.request({ type: 'ping' })
  pair.server.clock.advance(2_000)
  t.equal(await tab.ask({ ...on('call.attach', call), former: null }), 'CALL_SEAT_TAKEN')
  t.match(await pair.mette.must(on('call.hangUp', call)), { state: 'ended' })
})

t.test(
  'SE6 however often it is asked, a living window is neither cut off nor burdened',
  async (t) => {
    const warnings: string[] = []
    const onWarning = (warning: Error) => warnings.push(warning.name)
    process.on('warning', onWarning)
    t.teardown(() => process.off('warning', onWarning))
    const pair = await connectPair(t)
    const { server, mette } = pair
    const call = await answer(pair)
    const tab = await server.connect('mette', mette.cookies)
    const toHeartbeat = SERVER_PING_INTERVAL_MS - 3_000
    server.clock.advance(toHeartbeat - 1)
    await Promise.all([mette.request({ type: 'ping' }), tab.request({ type: 'ping' })])
    for (let times = 0; times < 20; times += 1) {
      t.equal(await tab.ask({ ...on('call.attach', call), former: null }), 'CALL_SEAT_TAKEN')
    }
    // The heartbeat falls due while the answer to the question is still on its way.
    const asked = tab.ask({ ...on('call.attach', call), former: null })
    mette.socket.pause()
    t.equal(await asked, 'CALL_SEAT_TAKEN')
    server.clock.advance(1)
    mette.socket.resume()
    t.match(await mette.must(on('call.hangUp', call)), { state: 'ended' })
    t.strictSame(warnings, [])
  },
)

t.test('SE7 a worker who closes the page while it rings cancels after ten seconds', async (t) => {
  const pair = await connectPair(t)
  const call = await ring(pair)
  await pair.mette.vanish()
  await pair.anna.waitFor('call.changed', (frame) => !frame.call.isCounterpartPresent)
  pair.server.clock.advance(10_000)
  t.match(await pair.anna.waitForState(call.id, 'ended'), {
    outcome: 'cancelled',
    endReason: 'network',
  })
})

t.test('PR2 PR5 a worker sees their own citizens only, and what changes about them', async (t) => {
  const server = await listen(t)
  const [mette, ole] = [await server.connect('mette'), await server.connect('ole')]
  const { citizens } = await mette.waitFor('welcome')
  t.strictSame(
    citizens.map(({ person, availability }) => `${person.name} ${availability}`),
    ['Anna unreachable', 'Jens unreachable', 'Max unreachable'],
  )
  const anna = await server.connect('anna')
  t.strictSame((await anna.waitFor('welcome')).workers, [{ id: PEOPLE.mette, name: 'Mette Holm' }])
  await mette.waitFor('presence.changed', (frame) => frame.availability === 'open')
  const call = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await mette.waitFor('presence.changed', (frame) => frame.availability === 'busy')
  await mette.must(on('call.cancel', call))
  await anna.vanish()
  await mette.waitFor('presence.changed', (frame) => frame.availability === 'unreachable')
  await ole.request({ type: 'ping' })
  t.strictSame(
    ole.frames.map((frame) => frame.type),
    ['welcome', 'pong'],
    'Ole hears nothing of Anna',
  )

  await server.app.database
    .updateTable('assignments')
    .set({ to_at: server.clock.now() + 1 })
    .execute()
  server.clock.advance(1)
  t.equal(
    await mette.ask({ type: 'call.invite', citizenId: PEOPLE.anna }),
    'NOT_ASSIGNED',
    'from that moment',
  )
  const before = mette.frames.length
  await (await server.connect('anna')).request({ type: 'ping' })
  await mette.request({ type: 'ping' })
  t.strictSame(
    mette.frames.slice(before).map((frame) => frame.type),
    ['pong'],
  )
})

t.test('CA5 what cannot be written has not happened, and nobody is told', async (t) => {
  const pair = await connectPair(t)
  const { database } = pair.server.app
  const refuse = (what: string) =>
    sql`create trigger full before ${sql.raw(what)} on calls begin select raise(abort, 'disk full'); end`.execute(
      database,
    )
  await refuse('insert')
  t.equal(await pair.mette.ask({ type: 'call.invite', citizenId: PEOPLE.anna }), 'INTERNAL')
  await pair.anna.request({ type: 'ping' })
  t.notOk(pair.anna.frames.some((frame) => frame.type === 'call.changed'))
  await sql`drop trigger full`.execute(database)

  const call = await ring(pair)
  await refuse('update')
  const told = pair.mette.frames.length
  t.equal(await pair.anna.ask(on('call.accept', call)), 'INTERNAL')
  await pair.mette.request({ type: 'ping' })
  t.strictSame(
    pair.mette.frames.slice(told).map((frame) => frame.type),
    ['pong'],
  )
  pair.server.clock.advance(RING_TIMEOUT_MS)
  await pair.anna.request({ type: 'ping' })
  await sql`drop trigger full`.execute(database)
  t.equal((await loadRow(t, pair.server)).state, 'ringing')

  // The deadline that could not be written is tried again.
  await pair.anna.waitUntil(() => {
    pair.server.clock.advance(1_000)
    pair.anna.send({ type: 'ping', id: 'again' })
    return pair.anna.frames.find(
      (frame) => frame.type === 'call.changed' && frame.call.outcome === 'missed',
    )
  }, 'the end')
  t.match(await loadRow(t, pair.server), { outcome: 'missed' })
})
