import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { CALLBACK_MS, type OwnTalksReply } from '@naervaer/shared'
import { addDays, toInstant, wallTimeAt } from '@naervaer/shared/wall'
import { listen } from '../../helpers/build-app.ts'
// For what it declares of Fastify's instance, which is lost on the way through app.ts.
import type {} from '../../../server/src/absence/plugin.ts'
import type {} from '../../../server/src/home/plugin.ts'
import { substitute } from '../../helpers/assign.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

const SEEN = `/api/citizens/${PEOPLE.anna}/callback/seen`

/** Ole stands in for Mette, who is Anna's own. */
async function makeWorld(t: Test) {
  const server = await listen(t, { isUnlimited: true })
  const now = server.clock.now()
  const both = { workerId: PEOPLE.ole, citizenId: PEOPLE.anna }
  await substitute(server.app, both, { fromAt: now - 1, toAt: now + 2 * CALLBACK_MS })
  const [mette, ole] = [await server.connect('mette'), await server.connect('ole')]
  const anna = await server.connect('anna')
  const ring = async (worker: WsPerson) => {
    const call = await worker.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    const view = await anna.waitForState(call.id, 'inviting')
    await anna.must({ type: 'call.ringing', call: call.id })
    return view
  }
  return { server, mette, ole, anna, ring }
}

/** What the person's windows were told last of Anna's wish. */
const wish = (person: WsPerson, isIt: (waitsFor: string | undefined) => boolean) =>
  person.waitUntil(() => {
    const told = person.frames.findLast((frame) => frame.type === 'callback.changed')
    if (told?.type !== 'callback.changed') return undefined
    return isIt(told.callback?.waitsFor?.id) ? told : undefined
  }, 'the wish as it should be')

const loadWishes = ({ app }: { app: Awaited<ReturnType<typeof listen>>['app'] }) =>
  app.database.selectFrom('callbacks').select(['citizen_id', 'waits_for']).execute()

t.test('CI16 a ring says in whose place it is, and the record keeps it', async (t) => {
  const { server, mette, ole, anna, ring } = await makeWorld(t)
  const call = await ring(ole)
  t.match(call, { worker: { id: PEOPLE.ole }, insteadOf: { id: PEOPLE.mette } })
  t.match(await server.loadCalls(), [{ on_behalf_of: PEOPLE.mette }])
  await anna.must({ type: 'call.decline', call: call.id })
  t.match(await server.loadCalls(), [{ on_behalf_of: PEOPLE.mette, outcome: 'declined' }])
  t.same(await loadWishes(server), [], '"Ikke nu" is not to wait for anybody')
  const own = await ring(mette)
  t.notOk('insteadOf' in own, 'the own worker stands in for nobody')
  t.equal((await server.loadCalls())[1]?.on_behalf_of, null)
})

t.test('CI17 who would rather wait for the own worker says so, kindly for all', async (t) => {
  const { server, mette, ole, anna, ring } = await makeWorld(t)
  const { id } = await ring(ole)
  await anna.must({ type: 'call.decline', call: id, isAwaiting: true })
  const ended = await ole.waitForState(id, 'ended')
  t.match(ended, { outcome: 'declined', isAwaited: true, insteadOf: { id: PEOPLE.mette } })
  await wish(mette, (waitsFor) => waitsFor === PEOPLE.mette)
  await wish(ole, (waitsFor) => waitsFor === PEOPLE.mette)
  t.same(await loadWishes(server), [{ citizen_id: PEOPLE.anna, waits_for: PEOPLE.mette }])
  const { home } = await (await server.connect('anna')).waitFor('welcome')
  t.match(home?.callback, { seenAt: null, waitsFor: { id: PEOPLE.mette } })
  // A ring of the substitute is not what they wait for.
  const again = await ring(ole)
  await anna.must({ type: 'call.decline', call: again.id })
  t.equal((await loadWishes(server)).length, 1)
  await ring(mette)
  await wish(mette, (waitsFor) => waitsFor === undefined)
  t.same(await loadWishes(server), [])
})

t.test('CI17 only a citizen waits, only for somebody, and only while it rings', async (t) => {
  const { server, mette, ole, anna, ring } = await makeWorld(t)
  const first = await ring(ole)
  const refused = await ole.request({ type: 'call.decline', call: first.id, isAwaiting: true })
  t.match(refused, { type: 'error', code: 'ROLE_REFUSED' })
  await ole.must({ type: 'call.cancel', call: first.id })
  await anna.must({ type: 'call.decline', call: first.id, isAwaiting: true })
  t.same(await loadWishes(server), [], 'it rang no more')
  const own = await ring(mette)
  await anna.must({ type: 'call.decline', call: own.id, isAwaiting: true })
  t.notOk('isAwaited' in (await mette.waitForState(own.id, 'ended')))
  t.same(await loadWishes(server), [])
})

t.test('CI17 who waits for one worker is rung down by others as before', async (t) => {
  const { server, ole, anna, ring } = await makeWorld(t)
  const { id } = await ring(ole)
  await anna.must({ type: 'call.decline', call: id, isAwaiting: true })
  t.equal(await server.app.home.hasAsked(PEOPLE.anna, PEOPLE.mette), true)
  t.equal(await server.app.home.hasAsked(PEOPLE.anna, PEOPLE.ole), false)
  server.clock.advance(1_000)
  await server.app.database
    .updateTable('assignments')
    .set({ to_at: server.clock.now() })
    .where('worker_id', '=', PEOPLE.mette)
    .where('citizen_id', '=', PEOPLE.anna)
    .execute()
  t.equal(
    await server.app.home.hasAsked(PEOPLE.anna, PEOPLE.ole),
    true,
    'nobody is left to wait for',
  )
})

t.test('CI17 decline and wish are written together, or neither is', async (t) => {
  const { server, mette, ole, anna, ring } = await makeWorld(t)
  const { database } = server.app
  const { id } = await ring(ole)
  const refuse = (table: 'callbacks' | 'calls', what: 'insert' | 'update') =>
    sql`create trigger refuse before ${sql.raw(what)} on ${sql.raw(table)}
      begin select raise(abort, 'no room'); end`.execute(database)
  const allow = () => sql`drop trigger refuse`.execute(database)

  await refuse('callbacks', 'insert')
  const failed = await anna.request({ type: 'call.decline', call: id, isAwaiting: true })
  t.match(failed, { type: 'error', code: 'INTERNAL' })
  t.match(await server.loadCalls(), [{ state: 'ringing' }], 'it rings on')
  await allow()
  await anna.must({ type: 'call.decline', call: id, isAwaiting: true })
  t.match(await ole.waitForState(id, 'ended'), { isAwaited: true })
  await wish(mette, (waitsFor) => waitsFor === PEOPLE.mette)
  t.same(await loadWishes(server), [{ citizen_id: PEOPLE.anna, waits_for: PEOPLE.mette }])

  const other = await ring(ole)
  await refuse('calls', 'insert')
  await anna.request({ type: 'call.decline', call: other.id, isAwaiting: true })
  await allow()
  await ole.must({ type: 'call.cancel', call: other.id })
  t.notOk('isAwaited' in (await ole.waitForState(other.id, 'ended')), 'they have not said it')
})

t.test('HO4 a substitute has not seen what waits for the own worker', async (t) => {
  const { server, ole, anna, ring } = await makeWorld(t)
  const { id } = await ring(ole)
  await anna.must({ type: 'call.decline', call: id, isAwaiting: true })
  const see = async (who: 'mette' | 'ole') =>
    (await HttpPerson.signIn(server.app, who)).ask('POST', SEEN).then(({ status }) => status)
  const loadSeen = async () => {
    const rows = await server.app.database.selectFrom('callbacks').select('seen_at').execute()
    return rows.map((row) => row.seen_at)
  }
  t.equal(await see('ole'), 204)
  t.same(await loadSeen(), [null])
  t.equal(await see('mette'), 204)
  t.same(await loadSeen(), [server.clock.now()])
})

t.test('HO3 who asks for anybody waits for nobody in particular any more', async (t) => {
  const { server, ole, anna, ring } = await makeWorld(t)
  const { id } = await ring(ole)
  await anna.must({ type: 'call.decline', call: id, isAwaiting: true })
  await wish(ole, (waitsFor) => waitsFor === PEOPLE.mette)
  const citizen = await HttpPerson.signIn(server.app, 'anna')
  server.clock.advance(1_000)
  await citizen.ask('POST', '/api/callback', { isWanted: true })
  await wish(ole, (waitsFor) => waitsFor === undefined)
  t.same(await loadWishes(server), [{ citizen_id: PEOPLE.anna, waits_for: null }])
  const { home } = await (await server.connect('anna')).waitFor('welcome')
  t.same(home?.callback, { askedAt: server.clock.now(), seenAt: null }, 'it is a new wish')
  server.clock.advance(1_000)
  await citizen.ask('POST', '/api/callback', { isWanted: true })
  const { home: again } = await (await server.connect('anna')).waitFor('welcome')
  t.same(again?.callback, home?.callback, 'asked twice it is the first that stays')
})

/** Days from today on the wall, which is a Monday at ten. */
const dayIn = (server: { clock: { now(): number } }, days: number) =>
  addDays(wallTimeAt(server.clock.now()).day, days)

for (const [how, waitedDays] of [
  ['lasts to its end', 14 + 7],
  ['is ended early', 9 + 7],
] as const) {
  t.test(`HO8 who waits for somebody absent waits a week longer: it ${how}`, async (t) => {
    const { server, ole, anna, ring } = await makeWorld(t)
    const { app, clock } = server
    const days = { firstDay: dayIn(server, 0), lastDay: dayIn(server, 13) }
    const worker = await HttpPerson.signIn(app, 'mette')
    const { body } = await worker.ask('POST', '/api/own/absences', days)
    const { id } = await ring(ole)
    await anna.must({ type: 'call.decline', call: id, isAwaiting: true })
    const midnight = (day: string) => toInstant({ day, minute: 0 })
    const endsAt = midnight(dayIn(server, waitedDays))
    const endedAt = midnight(dayIn(server, 9)) + 3_600_000
    const sweep = async (at: number) => {
      clock.sleep(at - clock.now())
      await app.absences.removeOld()
      await app.home.removeOld()
    }
    await sweep(clock.now() + CALLBACK_MS)
    t.equal((await loadWishes(server)).length, 1, 'they are still away')
    await sweep(endedAt)
    if (how === 'is ended early') {
      const back = await HttpPerson.signIn(app, 'mette')
      const { status } = await back.ask(
        'DELETE',
        `/api/own/absences/${(body as { id: string }).id}`,
      )
      t.equal(status, 204)
      t.same((await back.ask('GET', '/api/own/absences')).body, { absences: [] }, 'it is over')
    }
    await sweep(endsAt - 1)
    t.same(await loadWishes(server), [{ citizen_id: PEOPLE.anna, waits_for: PEOPLE.mette }])
    const { home } = await (await server.connect('anna')).waitFor('welcome')
    t.match(home?.callback, { waitsFor: { id: PEOPLE.mette } })
    await sweep(endsAt)
    t.same(await loadWishes(server), [])
    await sweep(endsAt + 3 * 24 * 3_600_000)
    const left = await app.database.selectFrom('absences').select('id').execute()
    t.same(left, [], 'and then nobody knows when they were away')
  })
}

t.test('AR5 own talks say in whose place they were', async (t) => {
  const { server, ole, anna, ring } = await makeWorld(t)
  const { id } = await ring(ole)
  await anna.must({ type: 'call.accept', call: id })
  const linked = { type: 'call.connected', call: id, generation: 1, path: 'host' } as const
  await ole.must(linked)
  await anna.must(linked)
  server.clock.advance(2_000)
  await ole.must({ type: 'call.hangUp', call: id })
  const worker = await HttpPerson.signIn(server.app, 'ole')
  const { body } = await worker.ask('GET', '/api/own/talks')
  const [talk] = (body as OwnTalksReply).talks
  t.match(talk, { id, insteadOf: { id: PEOPLE.mette } })
  const own = await HttpPerson.signIn(server.app, 'mette')
  const loadOwn = async (who: HttpPerson) =>
    (await who.ask('GET', '/api/own/talks')).body as OwnTalksReply
  const told = await loadOwn(own)
  t.same(told.talks, [], 'it is nobody else’s to write down')
  const connectedAt = talk?.connectedAt
  t.same(
    told.covered,
    [{ id, citizen: talk?.citizen, worker: { id: PEOPLE.ole, name: 'Ole Krogh' }, connectedAt }],
    'the own worker reads that there was one, and no more',
  )
  t.same((await loadOwn(worker)).covered, [])
  await server.app.database
    .updateTable('assignments')
    .set({ to_at: server.clock.now() })
    .where('worker_id', '=', PEOPLE.mette)
    .execute()
  t.same((await loadOwn(own)).covered, [], 'whose citizen it is no more')
})

t.test('PR6 a substitute is told for whom they stand in, and until when', async (t) => {
  const { server, mette, ole } = await makeWorld(t)
  const find = async (person: WsPerson) =>
    (await person.waitFor('welcome')).citizens.find((each) => each.person.id === PEOPLE.anna)
  const until = server.clock.now() + 2 * CALLBACK_MS
  t.match(await find(ole), {
    assignment: 'substitute',
    standsIn: { insteadOf: { id: PEOPLE.mette }, until },
  })
  t.notOk('standsIn' in ((await find(mette)) ?? {}), 'the own worker stands in for nobody')
})
