import { join } from 'node:path'
import t, { type Test } from 'tap'
import { PICK_UP_MS, PICK_UPS, type PickUp } from '@naervaer/shared'
// For what it declares of Fastify's instance, which is lost on the way through app.ts.
import type {} from '../../../server/src/around/plugin.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makeRoleWorld, RELATIONS } from '../../helpers/role-world.ts'
import { connectPair, hangUp, on, talk, type Pair } from '../../helpers/talking-pair.ts'
import { waitFor } from '../../e2e/support/wait.ts'

const LINE = `/api/citizens/${PEOPLE.anna}/pick-up`
const OWN = '/api/own/pick-up'

async function makePair(t: Test) {
  const pair = await connectPair(t)
  const worker = await HttpPerson.signIn(pair.server.app, 'mette')
  const citizen = await HttpPerson.signIn(pair.server.app, 'anna')
  return { pair, worker, citizen }
}

const agree = (worker: HttpPerson, line: PickUp | null) => worker.ask('PUT', LINE, { line })
const read = async (person: HttpPerson, url = OWN) => (await person.ask('GET', url)).body
const loadRows = ({ server }: Pair) =>
  server.app.database.selectFrom('pick_ups').selectAll().execute()

const isForgotten = (pair: Pair) =>
  waitFor('that it is forgotten', async () => (await loadRows(pair)).length === 0 || undefined)

t.test('AR1 every line may be agreed, changed and taken back, and nothing else', async (t) => {
  const { worker } = await makePair(t)
  for (const line of PICK_UPS) {
    t.equal((await agree(worker, line)).status, 204)
    t.same(await read(worker, LINE), { line })
  }
  t.equal((await worker.ask('PUT', LINE, { line: 'Anna er ked af det' })).code, 'BODY_INVALID')
  t.same(await read(worker, LINE), { line: PICK_UPS.at(-1) }, 'nothing is lost by it')
  t.equal((await agree(worker, null)).status, 204)
  t.same(await read(worker, LINE), { line: null })
})

t.test('AR2 N23 it is told to both when the talk opens, and is gone after it', async (t) => {
  const { pair, worker, citizen } = await makePair(t)
  await agree(worker, 'outing')
  t.same(await read(citizen), { line: null }, 'not before the talk')
  const call = await talk(pair)
  t.same([await read(citizen), await read(worker)], [{ line: 'outing' }, { line: 'outing' }])
  await hangUp(pair, call)
  await isForgotten(pair)
  const next = await talk(pair)
  t.same([await read(citizen), await read(worker)], [{ line: null }, { line: null }])
  await hangUp(pair, next)
})

t.test('AR2 a ring that nobody answered takes nothing up', async (t) => {
  const { pair, worker, citizen } = await makePair(t)
  await agree(worker, 'home')
  const rung = await pair.mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await pair.anna.waitForState(rung.id, 'inviting')
  t.same(await read(citizen), { line: null }, 'not while it rings')
  await pair.anna.must(on('call.decline', rung))
  await pair.mette.waitForState(rung.id, 'ended')
  const call = await talk(pair)
  t.same(await read(citizen), { line: 'home' })
  await hangUp(pair, call)
  await isForgotten(pair)
})

t.test('AR3 what is agreed during a talk is for the next one', async (t) => {
  const { pair, worker, citizen } = await makePair(t)
  const call = await talk(pair)
  pair.server.clock.advance(1_000)
  await agree(worker, 'letter')
  t.same(await read(citizen), { line: null })
  await hangUp(pair, call)
  const next = await talk(pair)
  t.same(await read(citizen), { line: 'letter' }, 'the end of the first has not taken it along')
  await hangUp(pair, next)
  await isForgotten(pair)
})

t.test('AR3 it belongs to the two: a substitute neither reads nor shows it', async (t) => {
  const { pair, worker } = await makePair(t)
  const { app, clock } = pair.server
  await makeRoleWorld(app, clock.now())
  await agree(worker, 'people')
  const answer = await app.inject({
    method: 'POST',
    url: '/api/demo/sign-in',
    headers: { origin: 'http://localhost:8080' },
    payload: { personId: RELATIONS.substitute },
  })
  const jar = answer.cookies.map(({ name, value }) => [name, value] as const)
  const substitute = new HttpPerson(app, Object.fromEntries(jar))
  t.same(await read(substitute, LINE), { line: null })
  t.equal((await agree(substitute, 'rest')).status, 204, 'but may agree on one of their own')
  t.same(await read(worker, LINE), { line: 'people' })
})

t.test('AR3 it is forgotten after its time, and when the citizen stops', async (t) => {
  const { pair, worker, citizen } = await makePair(t)
  const { app, clock } = pair.server
  await agree(worker, 'rest')
  clock.advance(PICK_UP_MS - 1)
  t.same(await loadRows(pair), [
    {
      worker_id: PEOPLE.mette,
      citizen_id: PEOPLE.anna,
      line: 'rest',
      agreed_at: clock.now() - PICK_UP_MS + 1,
    },
  ])
  clock.advance(1)
  t.same((await app.pickUps.findAgreed(PEOPLE.mette, PEOPLE.anna)) ?? 'none', 'none')
  await app.pickUps.removeOld()
  t.same(await loadRows(pair), [])
  const anew = await HttpPerson.signIn(app, 'mette')
  await agree(anew, 'rest')
  const again = await HttpPerson.signIn(app, 'anna')
  t.ok(citizen.jar !== again.jar)
  t.equal((await again.ask('POST', '/api/choice/stop')).status, 200)
  await isForgotten(pair)
})

t.test('AR3 a talk that ended as the server went away has taken it along', async (t) => {
  const databaseFile = join(makeTempDir(t), 'naervaer.sqlite')
  const pair = await connectPair(t, { databaseFile })
  const { app } = pair.server
  const worker = await HttpPerson.signIn(app, 'mette')
  await agree(worker, 'wentWell')
  const [row] = await loadRows(pair)
  const call = await talk(pair)
  await hangUp(pair, call)
  await isForgotten(pair)
  // As it is when the process ends between the two writes.
  if (row === undefined) throw new Error('no row')
  await app.database.insertInto('pick_ups').values(row).execute()
  const second = await connectPair(t, { databaseFile, clock: pair.server.clock })
  t.same(await loadRows(second), [])
})

t.test(
  'CI15 the worker’s word that they are alone is told with the ring, and kept no longer',
  async (t) => {
    const { pair } = await makePair(t)
    const { mette, anna, server } = pair
    const silent = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    t.equal((await anna.waitForState(silent.id, 'inviting')).isWorkerAlone, false)
    await mette.must(on('call.cancel', silent))
    const call = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna, isAlone: true })
    t.equal(call.isWorkerAlone, true)
    t.equal((await anna.waitForState(call.id, 'inviting')).isWorkerAlone, true)
    const tablet = await server.connect('anna')
    t.equal(
      (await tablet.waitFor('welcome')).call?.isWorkerAlone,
      true,
      'also a device that comes later',
    )
    await anna.must(on('call.decline', call))
    await mette.waitForState(call.id, 'ended')
    const rows = await server.app.database.selectFrom('calls').select('is_worker_alone').execute()
    t.same(rows, [{ is_worker_alone: 0 }, { is_worker_alone: 0 }])
  },
)

t.test('CI15 it outlives a restart of the server while it rings', async (t) => {
  const databaseFile = join(makeTempDir(t), 'naervaer.sqlite')
  const { server, mette } = await connectPair(t, { databaseFile })
  const call = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna, isAlone: true })
  const second = await connectPair(t, { databaseFile, clock: server.clock })
  t.match((await second.anna.waitFor('welcome')).call, { id: call.id, isWorkerAlone: true })
})
