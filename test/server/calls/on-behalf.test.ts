import t, { type Test } from 'tap'
import { CALLBACK_MS, type OwnTalksReply } from '@naervaer/shared'
import { listen } from '../../helpers/build-app.ts'
// For what it declares of Fastify's instance, which is lost on the way through app.ts.
import type {} from '../../../server/src/home/plugin.ts'
import { substitute } from '../../helpers/assign.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

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
})
