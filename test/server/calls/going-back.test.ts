import { setImmediate } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { GO_BACK_MS, PEACE_MS, type CallId } from '@naervaer/shared'
import { listen, type TestServer } from '../../helpers/build-app.ts'
import { PEOPLE } from '../../helpers/people.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

interface Pair {
  readonly server: TestServer
  readonly mette: WsPerson
  readonly anna: WsPerson
}

const INVITE = { type: 'call.invite', citizenId: PEOPLE.anna } as const
const goBack = (call: CallId, isWanted = true) => ({ type: 'call.goBack', call, isWanted }) as const

async function connectPair(t: Test): Promise<Pair> {
  const server = await listen(t)
  return { server, mette: await server.connect('mette'), anna: await server.connect('anna') }
}

/** A talk that one of the two has hung up. */
async function hungUpBy(pair: Pair, name: 'mette' | 'anna'): Promise<CallId> {
  const { id } = await pair.mette.must(INVITE)
  await pair.anna.must({ type: 'call.accept', call: id })
  const linked = { type: 'call.connected', call: id, generation: 1, path: 'host' } as const
  await pair.mette.must(linked)
  await pair.anna.must(linked)
  await pair[name].must({ type: 'call.hangUp', call: id })
  await pair.mette.waitForState(id, 'ended')
  return id
}

/** Lets time pass in steps: one leap would lose the heartbeat of the test's own sockets. */
async function pass({ server, mette, anna }: Pair, durationMs: number): Promise<void> {
  for (let leftMs = durationMs; leftMs > 0; leftMs -= 20_000) {
    server.clock.advance(Math.min(leftMs, 20_000))
    await Promise.all([mette.request({ type: 'ping' }), anna.request({ type: 'ping' })])
  }
}

const listAsked = (person: WsPerson) =>
  person.frames.flatMap((frame) => (frame.type === 'call.backAsked' ? [frame.leftMs] : []))

t.test('CI11 a citizen who has hung up has a minute of peace, and then is rung', async (t) => {
  const pair = await connectPair(t)
  await hungUpBy(pair, 'anna')
  t.equal(await pair.mette.ask(INVITE), 'CALL_JUST_ENDED')
  await pass(pair, PEACE_MS - 1)
  t.equal(await pair.mette.ask(INVITE), 'CALL_JUST_ENDED')
  t.equal((await pair.server.loadCalls()).length, 1, 'a refused ring leaves no row')
  await pass(pair, 1)
  t.match(await pair.mette.must(INVITE), { state: 'inviting' })
})

t.test('CI11 a worker who has hung up may ring at once, also after "Ikke nu"', async (t) => {
  const pair = await connectPair(t)
  await hungUpBy(pair, 'mette')
  const { id } = await pair.mette.must(INVITE)
  await pair.anna.must({ type: 'call.decline', call: id })
  t.match(await pair.mette.must(INVITE), { state: 'inviting' })
})

t.test('CI12 the citizen asks to go back: the worker is told everywhere, and rings', async (t) => {
  const pair = await connectPair(t)
  const otherTab = await pair.server.connect('mette', pair.mette.cookies)
  const stranger = await pair.server.connect('ole')
  const id = await hungUpBy(pair, 'anna')
  await pass(pair, 2_000)
  t.match(await pair.anna.must(goBack(id)), { id, state: 'ended' })
  for (const window of [pair.mette, otherTab]) {
    const asked = await window.waitFor('call.backAsked', ({ leftMs }) => leftMs > 0)
    t.match(asked, { call: id, citizen: { id: PEOPLE.anna }, leftMs: GO_BACK_MS - 2_000 })
  }
  const late = await pair.server.connect('mette', pair.mette.cookies)
  await late.waitFor('call.backAsked', ({ leftMs }) => leftMs > 0)
  t.equal(late.frames[0]?.type, 'welcome', 'after the snapshot')

  t.match(await pair.mette.must(INVITE), { state: 'inviting' }, 'within the minute of peace')
  await otherTab.waitFor('call.backAsked', ({ leftMs }) => leftMs === 0)
  await stranger.request({ type: 'ping' })
  t.same(listAsked(stranger), [], 'nobody else is told')
  t.same(listAsked(pair.anna), [])
})

t.test(
  'CI11 whoever was gone back to has not been left in peace: what counts is the last talk',
  async (t) => {
    const pair = await connectPair(t)
    await pair.anna.must(goBack(await hungUpBy(pair, 'anna')))
    await hungUpBy(pair, 'mette')
    t.match(await pair.mette.must(INVITE), { state: 'inviting' })
  },
)

t.test('CI12 the citizen may think better of it: the peace is back', async (t) => {
  const pair = await connectPair(t)
  const id = await hungUpBy(pair, 'anna')
  await pair.anna.must(goBack(id))
  await pair.anna.must(goBack(id, false))
  await pair.mette.waitFor('call.backAsked', ({ leftMs }) => leftMs === 0)
  t.equal(await pair.mette.ask(INVITE), 'CALL_JUST_ENDED')
  await pair.anna.must(goBack(id, false))
  t.equal(listAsked(pair.mette).length, 2, 'said once')
})

t.test(
  'CI12 the worker cannot now: the citizen is told, and may be rung all the same',
  async (t) => {
    const pair = await connectPair(t)
    const otherTab = await pair.server.connect('mette', pair.mette.cookies)
    const otherPhone = await pair.server.connect('anna', pair.anna.cookies)
    const id = await hungUpBy(pair, 'anna')
    t.match(await pair.mette.must(goBack(id, false)), { id }, 'nothing to put off')
    await pair.anna.must(goBack(id))
    await pair.mette.waitFor('call.backAsked', ({ leftMs }) => leftMs > 0)
    t.equal(await pair.mette.ask(goBack(id)), 'ROLE_REFUSED', 'only the citizen asks')
    await pair.mette.must(goBack(id, false))
    await otherTab.waitFor('call.backAsked', ({ leftMs }) => leftMs === 0)
    for (const window of [pair.anna, otherPhone]) {
      const told = await window.waitFor('call.backAsked', () => true)
      t.match(told, { call: id, citizen: { id: PEOPLE.anna }, leftMs: 0 })
    }
    await pair.mette.must(goBack(id, false))
    t.equal(listAsked(pair.anna).length, 1, 'said once')
    const late = await pair.server.connect('mette', pair.mette.cookies)
    await late.request({ type: 'ping' })
    t.same(listAsked(late), [], 'it is not asked again')
    t.match(await pair.mette.must(INVITE), { state: 'inviting' }, 'within the minute of peace')
  },
)

t.test('CI12 a citizen who has been put off may ask again', async (t) => {
  const pair = await connectPair(t)
  const id = await hungUpBy(pair, 'anna')
  await pair.anna.must(goBack(id))
  await pair.mette.must(goBack(id, false))
  await pair.anna.must(goBack(id))
  await pair.mette.request({ type: 'ping' })
  t.match(listAsked(pair.mette), [Number, 0, Number])
})

t.test('CI12 only who has hung up, only for two minutes, only to somebody there', async (t) => {
  const pair = await connectPair(t)
  const byWorker = await hungUpBy(pair, 'mette')
  t.equal(await pair.anna.ask(goBack(byWorker)), 'CALL_NOT_RESUMABLE')
  t.equal(await pair.mette.ask(goBack(byWorker)), 'ROLE_REFUSED')

  const id = await hungUpBy(pair, 'anna')
  const stranger = await pair.server.connect('jens')
  t.equal(await stranger.ask(goBack(id)), 'CALL_NOT_FOUND')
  await pass(pair, GO_BACK_MS - 1)
  await pair.anna.must(goBack(id))
  await pass(pair, 1)
  t.equal(await pair.anna.ask(goBack(id)), 'CALL_NOT_RESUMABLE')

  const live = await pair.mette.must(INVITE)
  await pair.anna.must({ type: 'call.accept', call: live.id })
  t.equal(await pair.anna.ask(goBack(live.id)), 'CALL_NOT_RESUMABLE')
  await pair.anna.must({ type: 'call.hangUp', call: live.id })
  await pair.mette.vanish()
  const { presence } = pair.server.app
  while (presence.listConnections(PEOPLE.mette).length > 0) await setImmediate()
  t.equal(await pair.anna.ask(goBack(live.id)), 'CALL_WORKER_AWAY')
})

t.test('CI12 whoever is not assigned any more hears of no wish', async (t) => {
  const pair = await connectPair(t)
  const id = await hungUpBy(pair, 'anna')
  await pair.server.app.database.deleteFrom('assignments').execute()
  t.equal(await pair.anna.ask(goBack(id)), 'NOT_ASSIGNED')
  t.same(listAsked(pair.mette), [])
})
