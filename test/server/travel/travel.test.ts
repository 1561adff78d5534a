import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { MAX_TRAVEL_KM, MAX_TRAVEL_MINUTES, type TeamsReply } from '@naervaer/shared'
// For what it declares of Fastify's instance, which is lost on the way through app.ts.
import type {} from '../../../server/src/travel/plugin.ts'
import { MileageRates } from '../../../server/src/travel/mileage-rates.ts'
import { makeApp } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { TEAM } from '../../helpers/role-world.ts'

const OWN = `/api/citizens/${PEOPLE.anna}/travel`
const OF_TEAM = `/api/teams/${TEAM}/citizens/${PEOPLE.anna}/travel`
const WAY = { minutes: 40, km: 22 }

const loadLines = (app: FastifyInstance) =>
  app.database
    .selectFrom('audit_events')
    .select(['action', 'actor_role', 'subject_id', 'details'])
    .where('action', 'like', 'travel.%')
    .orderBy('seq')
    .execute()

t.test('TR1 the own worker says how far it is, changes it and takes it back', async (t) => {
  const { app } = await makeApp(t)
  const worker = await HttpPerson.signIn(app, 'mette')
  const read = async () => (await worker.ask('GET', OWN)).body
  t.same(await read(), { travel: null })
  for (const travel of [WAY, WAY, { minutes: 35, km: 22 }, null, null]) {
    t.equal((await worker.ask('PUT', OWN, { travel })).status, 204)
    t.same(await read(), { travel })
  }
  const line = { actor_role: 'worker', subject_id: PEOPLE.anna, details: '{}' }
  t.strictSame(
    await loadLines(app),
    ['travel.set', 'travel.set', 'travel.cleared'].map((action) => ({ action, ...line })),
    'each change once, and no figure in it',
  )
})

t.test('TR2 its bounds are held, and what is outside changes nothing', async (t) => {
  const { app } = await makeApp(t)
  const worker = await HttpPerson.signIn(app, 'mette')
  for (const travel of [
    { minutes: 0, km: 0 },
    { minutes: MAX_TRAVEL_MINUTES, km: MAX_TRAVEL_KM },
  ]) {
    t.equal((await worker.ask('PUT', OWN, { travel })).status, 204)
    t.same((await worker.ask('GET', OWN)).body, { travel })
  }
  for (const travel of [
    { minutes: -1, km: 1 },
    { minutes: MAX_TRAVEL_MINUTES + 1, km: 1 },
    { minutes: 1, km: MAX_TRAVEL_KM + 1 },
    { minutes: 1, km: -1 },
    { minutes: 1.5, km: 1 },
    { minutes: '40', km: 1 },
    { minutes: 40 },
    { minutes: 40, km: 22, address: 'Havnegade 4' },
  ]) {
    t.equal((await worker.ask('PUT', OWN, { travel })).code, 'BODY_INVALID')
  }
  t.same((await worker.ask('GET', OWN)).body, {
    travel: { minutes: MAX_TRAVEL_MINUTES, km: MAX_TRAVEL_KM },
  })
})

t.test('TR1 a leader of the team says it as well, and reads it there', async (t) => {
  const { app } = await makeApp(t)
  const karen = await HttpPerson.signIn(app, 'karen')
  t.equal((await karen.ask('PUT', OF_TEAM, { travel: WAY })).status, 204)
  const { teams } = (await karen.ask('GET', '/api/teams')).body as TeamsReply
  const citizens = teams.flatMap((team) => team.citizens)
  t.match(
    citizens.find(({ id }) => id === PEOPLE.anna),
    { travel: WAY },
  )
  t.match(
    citizens.find(({ id }) => id === PEOPLE.jens),
    { travel: null },
  )
  t.match(await loadLines(app), [{ action: 'travel.set', actor_role: 'leader' }])
  const worker = await HttpPerson.signIn(app, 'mette')
  t.same((await worker.ask('GET', OWN)).body, { travel: WAY })
})

t.test('TR3 the known rates are there from the start, and each day has one at most', async (t) => {
  const { app } = await makeApp(t)
  const rates = new MileageRates({ database: app.database, audit: app.audit })
  t.same(await rates.list(), [
    { validFrom: '2024-01-01', orePerKm: 379 },
    { validFrom: '2025-01-01', orePerKm: 381 },
    { validFrom: '2026-01-01', orePerKm: 394 },
  ])
  t.ok(await rates.add({ validFrom: '2027-01-01', orePerKm: 399 }))
  t.notOk(await rates.add({ validFrom: '2027-01-01', orePerKm: 400 }), 'and it is not changed')
  t.same((await rates.list()).at(-1), { validFrom: '2027-01-01', orePerKm: 399 })
  t.ok(await rates.remove('2027-01-01'))
  t.notOk(await rates.remove('2027-01-01'))
  const lines = await app.database
    .selectFrom('audit_events')
    .select(['action', 'details'])
    .where('action', 'like', 'rate.%')
    .orderBy('seq')
    .execute()
  t.strictSame(lines, [
    { action: 'rate.added', details: '{"kind":"2027-01-01"}' },
    { action: 'rate.removed', details: '{"kind":"2027-01-01"}' },
  ])
})
