import t from 'tap'
import type { PersonId, TeamsReply } from '@naervaer/shared'
import type { FastifyInstance } from 'fastify'
import { listen, makeApp } from '../../helpers/build-app.ts'
import { HttpPerson, ORIGIN } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makeRoleWorld, OTHERS, RELATIONS, TEAM } from '../../helpers/role-world.ts'

const OWN = `/api/citizens/${PEOPLE.anna}/phone`
const OF_TEAM = `/api/teams/${TEAM}/citizens/${PEOPLE.anna}/phone`
const PHONE = '+4520304050'

const loadRows = (app: FastifyInstance) => app.database.selectFrom('phones').selectAll().execute()

/** What the audit log has about telephone numbers. */
const loadLines = (app: FastifyInstance) =>
  app.database
    .selectFrom('audit_events')
    .select(['action', 'actor_role', 'subject_id', 'details'])
    .where('action', 'like', 'phone.%')
    .orderBy('seq')
    .execute()

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

t.test('PH1 PH2 PH3 the own worker writes it down, and all concerned know at once', async (t) => {
  const server = await listen(t)
  const { app } = server
  const [mette, anna, ole] = [
    await server.connect('mette'),
    await server.connect('anna'),
    await server.connect('ole'),
  ]
  t.equal((await anna.waitFor('welcome')).phone, null)
  const worker = await HttpPerson.signIn(app, 'mette')
  const said = [PHONE, PHONE, '+46701234567', null, null]
  for (const phone of said) t.equal((await worker.ask('PUT', OWN, { phone })).status, 204)
  for (const window of [mette, anna]) {
    await window.waitFor('phone.changed', (frame) => frame.phone === null)
    t.strictSame(
      window.frames.flatMap((frame) => (frame.type === 'phone.changed' ? [frame.phone] : [])),
      [PHONE, '+46701234567', null],
      'each change once',
    )
  }
  await ole.request({ type: 'ping' })
  t.notOk(
    ole.frames.some(({ type }) => type === 'phone.changed'),
    'and nobody else',
  )
  const line = { actor_role: 'worker', subject_id: PEOPLE.anna, details: '{}' }
  t.strictSame(await loadLines(app), [
    { action: 'phone.set', ...line },
    { action: 'phone.set', ...line },
    { action: 'phone.cleared', ...line },
  ])
  t.strictSame(await loadRows(app), [])
})

t.test('PH2 a snapshot has it, of the own citizens and of oneself', async (t) => {
  const server = await listen(t)
  const worker = await HttpPerson.signIn(server.app, 'mette')
  t.equal((await worker.ask('PUT', OWN, { phone: PHONE })).status, 204)
  const [mette, anna, jens] = [
    await server.connect('mette'),
    await server.connect('anna'),
    await server.connect('jens'),
  ]
  const welcome = await mette.waitFor('welcome')
  t.equal(welcome.phone, null)
  t.strictSame(
    welcome.citizens.flatMap(({ person, phone }) => (phone === null ? [] : [[person.id, phone]])),
    [[PEOPLE.anna, PHONE]],
  )
  t.equal((await anna.waitFor('welcome')).phone, PHONE)
  t.equal((await jens.waitFor('welcome')).phone, null)
})

t.test('PH1 a leader of the team writes it down as well, and reads it there', async (t) => {
  const server = await listen(t)
  const mette = await server.connect('mette')
  const karen = await HttpPerson.signIn(server.app, 'karen')
  t.equal((await karen.ask('PUT', OF_TEAM, { phone: PHONE })).status, 204)
  await mette.waitFor('phone.changed', (frame) => frame.phone === PHONE)
  const { teams } = (await karen.ask('GET', '/api/teams')).body as TeamsReply
  const found = teams.flatMap(({ citizens }) => citizens.filter(({ phone }) => phone === PHONE))
  t.strictSame(
    found.map(({ id }) => id),
    [PEOPLE.anna],
  )
  t.match(await loadLines(server.app), [{ action: 'phone.set', actor_role: 'leader' }])
})

t.test('PH1 S-14 nobody else does, and nothing that is no number is kept', async (t) => {
  const { app, clock } = await makeApp(t)
  await app.ready()
  await makeRoleWorld(app, clock.now())
  for (const [who, url, code] of [
    [PEOPLE.ole, OWN, 'PERSON_NOT_FOUND'],
    [RELATIONS.formerly, OWN, 'PERSON_NOT_FOUND'],
    [RELATIONS.substitute, OWN, 'SUBSTITUTE_REFUSED'],
    [OTHERS.otherLeader, OF_TEAM, 'PERSON_NOT_FOUND'],
    [PEOPLE.anna, OWN, 'ROLE_REFUSED'],
    [PEOPLE.bo, OF_TEAM, 'ROLE_REFUSED'],
  ] as const) {
    const person = await signInAs(app, who)
    t.equal((await person.ask('PUT', url, { phone: PHONE })).code, code, `${who.slice(-3)} ${url}`)
  }
  const mette = await signInAs(app, PEOPLE.mette)
  for (const phone of ['20304050', '+45112', '+45 20304050', '+4520304050;a', '', 20304050]) {
    t.equal((await mette.ask('PUT', OWN, { phone })).code, 'BODY_INVALID', String(phone))
  }
  t.strictSame(await loadRows(app), [])
  t.strictSame(await loadLines(app), [])
})
