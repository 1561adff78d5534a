import t from 'tap'
import {
  CLOSE_CODES,
  type AuditReply,
  type Created,
  type InvitationLinkReply,
  type ItPeopleReply,
  type ItSessionsReply,
  type PersonId,
  type SessionReply,
} from '@naervaer/shared'
import { makePseudonyms } from '../../../server/src/administration/pseudonyms.ts'
import { listen, makeApp } from '../../helpers/build-app.ts'
import { Browser } from '../../helpers/paired-device.ts'
import { FORMER_TOKEN_MS } from '../../../server/src/accounts/session-life.ts'
import type {} from '../../../server/src/plugins/database.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'

const people = async (it: HttpPerson) =>
  (await it.ask('GET', '/api/it/people')).body as ItPeopleReply

t.test('IT sees staff by name and citizens by pseudonyms that stay the same', async (t) => {
  const { app } = await makeApp(t)
  const bo = await HttpPerson.signIn(app, 'bo')
  const { staff, citizens, teams } = await people(bo)
  t.strictSame(
    staff.map(({ person, roles, isYou }) => `${person.name} ${roles.join(' ')} ${isYou}`),
    [
      'Bo Iversen it true',
      'Karen Leth leader false',
      'Mette Holm worker false',
      'Ole Krogh worker false',
    ],
  )
  t.match(teams, [{ name: 'Team Havnen', memberIds: [PEOPLE.mette, PEOPLE.ole, PEOPLE.karen] }])
  t.strictSame(
    citizens.map(({ id }) => id),
    [PEOPLE.anna, PEOPLE.jens, PEOPLE.max, PEOPLE.liz],
  )
  for (const { code } of citizens) t.match(code, /^[0-9A-F]{4}$/)
  t.strictSame((await people(bo)).citizens, citizens)
  const said = JSON.stringify({ citizens, teams })
  for (const name of ['Anna', 'Jens', 'Max', 'Liz']) t.notOk(said.includes(name), name)
})

t.test('each look at the list of people is a line, without anybody in it', async (t) => {
  const { app } = await makeApp(t)
  const bo = await HttpPerson.signIn(app, 'bo')
  const { staff, citizens } = await people(bo)
  await people(bo)
  const rows = await app.database
    .selectFrom('audit_events')
    .selectAll()
    .where('action', '=', 'people.listed')
    .execute()
  t.strictSame(
    rows.map((row) => [row.actor_id, row.actor_role, row.subject_id, row.details]),
    [1, 2].map(() => [
      PEOPLE.bo,
      'it',
      null,
      JSON.stringify({ count: staff.length + citizens.length }),
    ]),
  )
})

t.test('pseudonyms depend on the key, and two who would share one get a digit more', (t) => {
  const ids = Array.from({ length: 600 }, (_none, at) => `person-${at}` as PersonId)
  const names = makePseudonyms(ids, Buffer.alloc(32, 1))
  t.equal(new Set(names.map(({ code }) => code)).size, ids.length)
  t.ok(
    names.some(({ code }) => code.length > 4),
    'some of six hundred would share theirs',
  )
  t.strictSame(makePseudonyms(ids, Buffer.alloc(32, 1)), names)
  t.notSame(makePseudonyms(ids, Buffer.alloc(32, 2)), names)
  t.end()
})

t.test('S-05 closing an account ends its sessions and sockets, and nobody gets in', async (t) => {
  const server = await listen(t)
  const bo = await HttpPerson.signIn(server.app, 'bo')
  const mette = await HttpPerson.signIn(server.app, 'mette')
  const window = await server.connect('mette', mette.jar)
  const url = `/api/it/staff/${PEOPLE.mette}/disabled`
  const startedAt = performance.now()
  t.equal((await bo.ask('PUT', url, { isDisabled: true })).status, 204)
  t.equal(await window.closed, CLOSE_CODES.SESSION_ENDED)
  t.ok(performance.now() - startedAt < 5_000)
  t.match((await mette.ask('GET', '/api/session')).body, { you: null, roles: [] })
  await t.rejects(HttpPerson.signIn(server.app, 'mette'), /404/)
  t.equal((await bo.ask('PUT', url, { isDisabled: false })).status, 204)
  await t.resolves(HttpPerson.signIn(server.app, 'mette'))
})

t.test('an account with citizens cannot be deleted before they have been moved', async (t) => {
  const { app } = await makeApp(t)
  const [bo, karen] = [await HttpPerson.signIn(app, 'bo'), await HttpPerson.signIn(app, 'karen')]
  const url = `/api/it/staff/${PEOPLE.ole}`
  t.equal((await bo.ask('DELETE', url)).code, 'ASSIGNMENTS_LEFT')
  t.equal((await bo.ask('PUT', `${url}/roles`, { roles: [] })).code, 'ASSIGNMENTS_LEFT')
  const wish = { workerId: PEOPLE.mette, citizenId: PEOPLE.liz, kind: 'primary' }
  const answer = await karen.ask('POST', '/api/assignments', { ...wish, fromAt: null, toAt: null })
  t.equal(answer.status, 201)
  const ole = await HttpPerson.signIn(app, 'ole')
  t.equal((await bo.ask('DELETE', url)).status, 204)
  t.match((await ole.ask('GET', '/api/session')).body, { you: null })
  t.notOk((await people(bo)).staff.some(({ person }) => person.id === PEOPLE.ole))
  t.equal((await bo.ask('DELETE', url)).code, 'PERSON_NOT_FOUND')
  await t.rejects(HttpPerson.signIn(app, 'ole'), /404/)
  const row = await app.database
    .selectFrom('people')
    .select('name')
    .where('id', '=', PEOPLE.ole)
    .executeTakeFirst()
  t.notMatch(row?.name, /Ole/)
})

t.test('whoever is called like nobody is somebody, and nobody is called by blanks', async (t) => {
  const { app } = await makeApp(t)
  const [bo, karen] = [await HttpPerson.signIn(app, 'bo'), await HttpPerson.signIn(app, 'karen')]
  const listStaff = async () => (await people(bo)).staff.map(({ person }) => person)
  const dash = { name: '–', roles: ['leader'] }
  const { body } = await bo.ask('POST', '/api/it/staff', dash)
  const { id } = body as Created
  const url = `/api/it/staff/${id}`
  t.match(await listStaff(), [{}, {}, {}, {}, { id, name: '–' }])
  t.equal((await bo.ask('PUT', `${url}/disabled`, { isDisabled: true })).status, 204)
  t.equal((await bo.ask('DELETE', url)).status, 204)
  t.equal((await listStaff()).length, 4)
  t.equal((await bo.ask('PUT', `${url}/disabled`, { isDisabled: false })).status, 404)

  const [team] = (await people(bo)).teams
  const citizensUrl = `/api/teams/${team?.id ?? ''}/citizens`
  for (const name of ['   ', '\t', '\u00a0']) {
    t.equal((await bo.ask('POST', '/api/it/staff', { name, roles: [] })).code, 'BODY_INVALID')
    t.equal((await bo.ask('POST', '/api/it/teams', { name })).code, 'BODY_INVALID')
    t.equal((await karen.ask('POST', citizensUrl, { name })).code, 'BODY_INVALID')
  }
  t.equal((await karen.ask('POST', citizensUrl, { name: 'Bo Ø' })).status, 201)
})

t.test(
  'nobody closes, deletes or takes `it` from their own account, nor touches citizens',
  async (t) => {
    const { app } = await makeApp(t)
    const bo = await HttpPerson.signIn(app, 'bo')
    const own = `/api/it/staff/${PEOPLE.bo}`
    t.equal((await bo.ask('PUT', `${own}/disabled`, { isDisabled: true })).code, 'ACCOUNT_OWN')
    t.equal((await bo.ask('PUT', `${own}/roles`, { roles: ['auditor'] })).code, 'ACCOUNT_OWN')
    t.equal((await bo.ask('DELETE', own)).code, 'ACCOUNT_OWN')
    const annas = `/api/it/staff/${PEOPLE.anna}`
    t.equal((await bo.ask('PUT', `${annas}/disabled`, { isDisabled: true })).status, 404)
    t.equal((await bo.ask('PUT', `${annas}/roles`, { roles: ['it'] })).code, 'ROLES_MIXED')
    t.equal((await bo.ask('DELETE', annas)).status, 404)
    t.equal((await bo.ask('POST', `${annas}/invitations`)).status, 404)
    const nobodys = '/api/it/people/01900000-0000-7000-8000-00000000ffff'
    t.equal((await bo.ask('GET', `${nobodys}/sessions`)).code, 'PERSON_NOT_FOUND')
    t.equal((await bo.ask('GET', `${nobodys}/devices`)).code, 'PERSON_NOT_FOUND')
  },
)

t.test('roles change at once, and several are held together', async (t) => {
  const { app } = await makeApp(t)
  const bo = await HttpPerson.signIn(app, 'bo')
  const before = await HttpPerson.signIn(app, 'karen')
  const url = `/api/it/staff/${PEOPLE.karen}/roles`
  t.equal((await bo.ask('PUT', url, { roles: ['auditor', 'leader'] })).status, 204)
  t.match((await before.ask('GET', '/api/session')).body, { you: null }, 'the old session is over')
  const karen = await HttpPerson.signIn(app, 'karen')
  const { roles, role } = (await karen.ask('GET', '/api/session')).body as SessionReply
  t.strictSame([roles, role], [['leader', 'auditor'], null])
  t.equal((await karen.ask('GET', '/api/teams')).status, 200)
  const { lines } = (await karen.ask('GET', '/api/audit')).body as AuditReply
  t.ok(
    lines.some(
      ({ action, subjectId }) => action === 'staff.rolesChanged' && subjectId === PEOPLE.karen,
    ),
  )
  t.match((await karen.ask('GET', '/api/audit/integrity')).body, { isWhole: true })
  const [last] = lines
  const older = (await karen.ask('GET', `/api/audit?before=${last?.seq ?? 0}`)).body as AuditReply
  t.ok(older.lines.every(({ seq }) => seq < (last?.seq ?? 0)))
})

t.test('nobody gives themselves a role: another of IT does', async (t) => {
  const { app } = await makeApp(t)
  const bo = await HttpPerson.signIn(app, 'bo')
  const url = `/api/it/staff/${PEOPLE.bo}/roles`
  for (const roles of [
    ['it', 'worker'],
    ['it', 'auditor', 'leader', 'authority'],
  ]) {
    t.equal((await bo.ask('PUT', url, { roles })).code, 'ACCOUNT_OWN', roles.join())
  }
  t.equal((await bo.ask('PUT', url, { roles: ['it'] })).status, 204)
  t.strictSame(((await bo.ask('GET', '/api/session')).body as SessionReply).roles, ['it'])
})

t.test(
  'S-04 S-05 a role taken from oneself ends the other sessions and the sockets, and renews the token',
  async (t) => {
    const server = await listen(t)
    const { app, clock } = server
    await app.database
      .insertInto('person_roles')
      .values({ person_id: PEOPLE.bo, role: 'worker' })
      .execute()
    const [asking, other] = [await Browser.signedIn(app, 'bo'), await Browser.signedIn(app, 'bo')]
    const before = { ...asking.jar }
    const windows = [
      await server.connect('bo', asking.cookies),
      await server.connect('bo', other.cookies),
    ]
    const url = `/api/it/staff/${PEOPLE.bo}/roles`
    const changed = await asking.ask(url, { method: 'PUT', body: { roles: ['it'] } })
    t.equal(changed.statusCode, 204)
    for (const window of windows) t.equal(await window.closed, CLOSE_CODES.SESSION_ENDED)
    const rolesOf = async (browser: Browser) =>
      (await browser.ask('/api/session')).json<SessionReply>().roles
    t.strictSame(await rolesOf(other), [])
    t.strictSame(await rolesOf(asking), ['it'])
    t.not(asking.jar['naervaer'], before['naervaer'], 'a new token')
    clock.advance(FORMER_TOKEN_MS)
    t.strictSame(await rolesOf(new Browser(app, before)), [])
    t.strictSame(await rolesOf(asking), ['it'])
  },
)

t.test('S-05 whatever takes the role away, the socket that it opened closes', async (t) => {
  const server = await listen(t)
  const { app, clock } = server
  const [mette, ole] = [await server.connect('mette'), await server.connect('ole')]
  await app.database.deleteFrom('person_roles').where('person_id', '=', PEOPLE.mette).execute()
  clock.advance(1_000)
  t.equal(await mette.closed, CLOSE_CODES.SESSION_ENDED)
  t.equal(ole.socket.readyState, 1)
})

t.test('S-04 IT ends all sessions of somebody at once', async (t) => {
  const server = await listen(t)
  const { app } = server
  const bo = await HttpPerson.signIn(app, 'bo')
  const mette = [await HttpPerson.signIn(app, 'mette'), await HttpPerson.signIn(app, 'mette')]
  const windows = await Promise.all(mette.map(({ jar }) => server.connect('mette', jar)))
  const url = `/api/it/people/${PEOPLE.mette}/sessions`
  t.equal((await bo.ask('DELETE', url)).status, 204)
  for (const window of windows) t.equal(await window.closed, CLOSE_CODES.SESSION_ENDED)
  t.match((await bo.ask('GET', url)).body, { sessions: [] })
  const lines = await app.database
    .selectFrom('audit_events')
    .select(['actor_id', 'subject_id'])
    .where('action', '=', 'session.ended')
    .execute()
  const line = { actor_id: PEOPLE.bo, subject_id: PEOPLE.mette }
  t.strictSame(lines, [line, line])
  const nobodys = '/api/it/people/01900000-0000-7000-8000-00000000ffff/sessions'
  t.equal((await bo.ask('DELETE', nobodys)).code, 'PERSON_NOT_FOUND')

  const other = await HttpPerson.signIn(app, 'bo')
  t.equal((await bo.ask('DELETE', `/api/it/people/${PEOPLE.bo}/sessions`)).status, 204)
  t.match((await other.ask('GET', '/api/session')).body, { you: null })
  t.match((await bo.ask('GET', '/api/session')).body, { you: { id: PEOPLE.bo } }, 'but this one')
})

t.test('a new member of staff gets an invitation and a team', async (t) => {
  const { app } = await makeApp(t)
  const bo = await HttpPerson.signIn(app, 'bo')
  const staff = await bo.ask('POST', '/api/it/staff', { name: 'Nina Friis', roles: ['worker'] })
  const { id } = staff.body as Created
  const team = await bo.ask('POST', '/api/it/teams', { name: 'Team Skoven' })
  t.equal((await bo.ask('POST', '/api/it/teams', { name: 'Team Skoven' })).code, 'TEAM_NAME_TAKEN')
  const member = `/api/it/teams/${(team.body as Created).id}/members/${id}`
  t.equal((await bo.ask('PUT', member)).status, 204)
  t.match((await people(bo)).teams.at(-1), { name: 'Team Skoven', memberIds: [id] })
  t.equal((await bo.ask('DELETE', member)).status, 204)
  t.strictSame((await people(bo)).teams.at(-1)?.memberIds, [])
  const invitation = await bo.ask('POST', `/api/it/staff/${id}/invitations`)
  t.match((invitation.body as InvitationLinkReply).url, /\/invitation#[\w-]+$/)
})

t.test('IT ends a session of somebody, and the citizen sees that it was looked for', async (t) => {
  const server = await listen(t)
  const bo = await HttpPerson.signIn(server.app, 'bo')
  const anna = await HttpPerson.signIn(server.app, 'anna')
  const window = await server.connect('anna', anna.jar)
  const url = `/api/it/people/${PEOPLE.anna}/sessions`
  const { sessions } = (await bo.ask('GET', url)).body as ItSessionsReply
  t.equal(sessions.length, 1)
  t.match((await anna.ask('GET', '/api/own/lookups')).body, {
    lookups: [{ action: 'sessions.listed', role: 'it' }],
  })
  const session = sessions[0]?.id ?? ''
  const notAnnas = `/api/it/people/${PEOPLE.jens}/sessions/${session}`
  t.equal((await bo.ask('DELETE', notAnnas)).status, 404)
  t.equal((await bo.ask('DELETE', `${url}/${session}`)).status, 204)
  t.equal(await window.closed, CLOSE_CODES.SESSION_ENDED)
})

t.test('IT asks for devices by pseudonym; one that is not theirs is not there', async (t) => {
  const { app } = await makeApp(t)
  const bo = await HttpPerson.signIn(app, 'bo')
  const url = `/api/it/people/${PEOPLE.anna}/devices`
  t.match(await bo.ask('GET', url), { status: 200, body: { devices: [] } })
  const none = await bo.ask('DELETE', `${url}/${PEOPLE.jens}`)
  t.match(none, { status: 404, code: 'DEVICE_NOT_FOUND' })
})
