import t, { type Test } from 'tap'
import { LATEST_TALKS_MS, REPLACED, type OwnTalksReply } from '@naervaer/shared'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { connectPair, hangUp, on, talk } from '../../helpers/talking-pair.ts'

async function makeTalk(t: Test) {
  const pair = await connectPair(t)
  const worker = await HttpPerson.signIn(pair.server.app, 'mette')
  const call = await talk(pair)
  const url = `/api/calls/${call.id}/replaced`
  const loadTalks = async (who = worker) => {
    const { body } = await who.ask('GET', '/api/own/talks')
    return (body as OwnTalksReply).talks
  }
  return { pair, worker, call, url, loadTalks }
}

t.test('AR4 what a talk replaced is kept with it, and the last word counts', async (t) => {
  const { pair, worker, call, url, loadTalks } = await makeTalk(t)
  t.same(await loadTalks(), [], 'nothing is told of a talk that goes on')
  await hangUp(pair, call)
  t.match(await loadTalks(), [
    { id: call.id, citizen: { id: PEOPLE.anna }, connectedAt: call.connectedAt, replaced: null },
  ])
  for (const replaced of REPLACED) {
    t.equal((await worker.ask('PUT', url, { replaced })).status, 204)
    t.match(await loadTalks(), [{ id: call.id, replaced }])
    t.match(await pair.server.loadCalls(), [{ id: call.id, replaced, outcome: 'completed' }])
  }
  t.equal((await worker.ask('PUT', url, { replaced: 'no' })).code, 'BODY_INVALID')
})

t.test('AR4 said while the two still talk, it is kept over the end', async (t) => {
  const { pair, worker, call, url } = await makeTalk(t)
  t.equal((await worker.ask('PUT', url, { replaced: 'partly' })).status, 204)
  await hangUp(pair, call)
  t.match(await pair.server.loadCalls(), [{ replaced: 'partly', state: 'ended' }])
})

t.test('AR4 it is the worker’s own word, and only of a talk', async (t) => {
  const { pair, worker, call, url } = await makeTalk(t)
  await hangUp(pair, call)
  const ole = await HttpPerson.signIn(pair.server.app, 'ole')
  t.equal((await ole.ask('PUT', url, { replaced: 'visit' })).code, 'CALL_NOT_FOUND')
  const citizen = await HttpPerson.signIn(pair.server.app, 'anna')
  t.equal((await citizen.ask('PUT', url, { replaced: 'visit' })).code, 'ROLE_REFUSED')
  const rung = await pair.mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await pair.anna.waitForState(rung.id, 'inviting')
  await pair.anna.must(on('call.decline', rung))
  const declined = `/api/calls/${rung.id}/replaced`
  t.equal((await worker.ask('PUT', declined, { replaced: 'visit' })).code, 'CALL_NOT_ANSWERED')
  const replaced = (await pair.server.loadCalls()).map((row) => row.replaced)
  t.same(replaced, [null, null])
})

t.test(
  'AR5 own talks are listed for a week, newest first, while the citizen is theirs',
  async (t) => {
    const { pair, call, loadTalks } = await makeTalk(t)
    const { app, clock } = pair.server
    await hangUp(pair, call)
    clock.advance(1_000)
    const next = await talk(pair)
    await hangUp(pair, next)
    const ids = async (who?: HttpPerson) => (await loadTalks(who)).map(({ id }) => id)
    t.same(await ids(), [next.id, call.id])
    t.same(await ids(await HttpPerson.signIn(app, 'ole')), [])
    await app.database
      .updateTable('assignments')
      .set({ to_at: clock.now() })
      .where('citizen_id', '=', PEOPLE.anna)
      .execute()
    t.same(await ids(), [], 'not whose they have been')
    await app.database
      .updateTable('assignments')
      .set({ to_at: null })
      .where('citizen_id', '=', PEOPLE.anna)
      .execute()
    clock.advance(LATEST_TALKS_MS - 4_000)
    t.same(
      await ids(await HttpPerson.signIn(app, 'mette')),
      [next.id],
      'the older is out of the week',
    )
    clock.advance(4_000)
    t.same(await ids(await HttpPerson.signIn(app, 'mette')), [])
  },
)
