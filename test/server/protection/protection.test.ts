import t, { type Test } from 'tap'
import type { PersonId, TeamsReply } from '@naervaer/shared'
import type { FastifyInstance } from 'fastify'
import { listen, makeApp } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makeRoleWorld, OTHERS, RELATIONS, TEAM } from '../../helpers/role-world.ts'
import { ORIGIN } from '../../helpers/http-person.ts'

const OWN = `/api/citizens/${PEOPLE.anna}/protection`
const OF_TEAM = `/api/teams/${TEAM}/citizens/${PEOPLE.anna}/protection`

/** What the audit log has about protected addresses. */
const loadLines = (app: FastifyInstance) =>
  app.database
    .selectFrom('audit_events')
    .select(['action', 'actor_id', 'actor_role', 'subject_id', 'details'])
    .where('action', 'like', 'protection.%')
    .orderBy('seq')
    .execute()

const loadRows = (app: FastifyInstance) =>
  app.database.selectFrom('protected_addresses').selectAll().execute()

async function signInAs(app: FastifyInstance, personId: PersonId): Promise<HttpPerson> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/demo/sign-in',
    headers: { origin: ORIGIN },
    payload: { personId },
  })
  const cookies = answer.cookies.map(({ name, value }) => [name, value] as const)
  return new HttpPerson(app, Object.fromEntries(cookies))
}

t.test(
  'PA1 PA2 S-23 the own worker sets and clears it, and all concerned know at once',
  async (t) => {
    const server = await listen(t)
    const { app } = server
    const [mette, anna, ole] = [
      await server.connect('mette'),
      await server.connect('anna'),
      await server.connect('ole'),
    ]
    const worker = await HttpPerson.signIn(app, 'mette')
    for (const isAddressProtected of [true, true, false, false]) {
      const answer = await worker.ask('PUT', OWN, { isAddressProtected })
      t.equal(answer.status, 204)
      t.equal((await loadRows(app)).length, isAddressProtected ? 1 : 0)
    }
    for (const window of [mette, anna]) {
      const changes = [true, false].map((isAddressProtected) => ({
        type: 'protection.changed',
        citizenId: PEOPLE.anna,
        isAddressProtected,
      }))
      await window.waitFor('protection.changed', (frame) => !frame.isAddressProtected)
      t.strictSame(
        window.frames.filter(({ type }) => type === 'protection.changed'),
        changes,
        'each change once',
      )
    }
    await ole.request({ type: 'ping' })
    t.notOk(
      ole.frames.some(({ type }) => type === 'protection.changed'),
      'and nobody else',
    )
    const line = { actor_id: PEOPLE.mette, actor_role: 'worker', subject_id: PEOPLE.anna }
    t.strictSame(await loadLines(app), [
      { action: 'protection.set', ...line, details: '{}' },
      { action: 'protection.cleared', ...line, details: '{}' },
    ])
  },
)

t.test('PA2 a snapshot has it, of the own citizens and of oneself', async (t) => {
  const server = await listen(t)
  const worker = await HttpPerson.signIn(server.app, 'mette')
  t.equal((await worker.ask('PUT', OWN, { isAddressProtected: true })).status, 204)
  const [mette, anna, jens] = [
    await server.connect('mette'),
    await server.connect('anna'),
    await server.connect('jens'),
  ]
  const welcome = await mette.waitFor('welcome')
  t.equal(welcome.isAddressProtected, false)
  const found = welcome.citizens.filter((citizen) => citizen.isAddressProtected)
  t.strictSame(
    found.map(({ person }) => person.id),
    [PEOPLE.anna],
  )
  t.equal((await anna.waitFor('welcome')).isAddressProtected, true)
  t.equal((await jens.waitFor('welcome')).isAddressProtected, false)
})

t.test('PA1 a leader of the team sets it as well, and reads it there', async (t) => {
  const server = await listen(t)
  const { app } = server
  const mette = await server.connect('mette')
  const karen = await HttpPerson.signIn(app, 'karen')
  t.equal((await karen.ask('PUT', OF_TEAM, { isAddressProtected: true })).status, 204)
  await mette.waitFor('protection.changed', (frame) => frame.isAddressProtected)
  const { teams } = (await karen.ask('GET', '/api/teams')).body as TeamsReply
  const found = teams.flatMap(({ citizens }) => citizens.filter((each) => each.isAddressProtected))
  t.strictSame(
    found.map(({ id }) => id),
    [PEOPLE.anna],
  )
  t.match(await loadLines(app), [{ action: 'protection.set', actor_role: 'leader' }])
})

t.test('S-14 others’ citizens are not there, and a substitute only reads', async (t: Test) => {
  const { app, clock } = await makeApp(t)
  await app.ready()
  await makeRoleWorld(app, clock.now())
  const body = { isAddressProtected: true }
  for (const [who, url, code] of [
    [PEOPLE.ole, OWN, 'PERSON_NOT_FOUND'],
    [RELATIONS.formerly, OWN, 'PERSON_NOT_FOUND'],
    [RELATIONS.substitute, OWN, 'SUBSTITUTE_REFUSED'],
    [OTHERS.otherLeader, OF_TEAM, 'PERSON_NOT_FOUND'],
    [PEOPLE.anna, OWN, 'ROLE_REFUSED'],
    [PEOPLE.karen, OWN, 'ROLE_REFUSED'],
    [PEOPLE.mette, OF_TEAM, 'ROLE_REFUSED'],
    [PEOPLE.bo, OF_TEAM, 'ROLE_REFUSED'],
  ] as const) {
    const person = await signInAs(app, who)
    t.equal((await person.ask('PUT', url, body)).code, code, `${who.slice(-3)} ${url}`)
  }
  const mette = await signInAs(app, PEOPLE.mette)
  t.equal((await mette.ask('PUT', OWN, {})).code, 'BODY_INVALID')
  t.strictSame(await loadRows(app), [])
  t.strictSame(await loadLines(app), [])
})

t.test('PA1 where the log cannot be written, nothing has been set', async (t) => {
  const { app } = await makeApp(t)
  await app.ready()
  const mette = await HttpPerson.signIn(app, 'mette')
  t.intercept(app.audit, 'record', { value: () => Promise.reject(new Error('no room')) })
  t.equal((await mette.ask('PUT', OWN, { isAddressProtected: true })).code, 'INTERNAL')
  t.strictSame(await loadRows(app), [])
})
