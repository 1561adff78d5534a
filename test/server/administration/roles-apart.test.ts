import { sql } from 'kysely'
import t from 'tap'
import { NaervaerError, type PersonId, type Role } from '@naervaer/shared'
import { giveRoles } from '../../../server/src/accounts/give-roles.ts'
import type {} from '../../../server/src/plugins/database.ts'
import { makeApp } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'

const MIXED = new NaervaerError('ROLES_MIXED')

t.test('IT makes no citizen staff', async (t) => {
  const { app } = await makeApp(t)
  await app.ready()
  const bo = await HttpPerson.signIn(app, 'bo')
  const url = `/api/it/staff/${PEOPLE.anna}/roles`
  t.match(await bo.ask('PUT', url, { roles: ['worker'] }), { status: 409, code: 'ROLES_MIXED' })
  t.match(await bo.ask('PUT', url, { roles: [] }), { status: 409 }, 'nor nobody')
  const anna = await HttpPerson.signIn(app, 'anna')
  t.match((await anna.ask('GET', '/api/session')).body, { roles: ['citizen'] })
})

t.test('whoever gives roles, a citizen is never staff', async (t) => {
  const { app } = await makeApp(t)
  await app.ready()
  const give = (personId: PersonId, roles: readonly Role[]) =>
    app.database.transaction().execute((transaction) => giveRoles(transaction, personId, roles))
  await t.rejects(give(PEOPLE.anna, ['it']), MIXED)
  await t.rejects(give(PEOPLE.mette, ['citizen']), MIXED)
  await t.rejects(give(PEOPLE.mette, ['citizen', 'worker']), MIXED)
  await t.resolves(give(PEOPLE.mette, ['worker', 'auditor']))
  const rows = await app.database
    .selectFrom('person_roles')
    .select('role')
    .where('person_id', 'in', [PEOPLE.anna, PEOPLE.mette])
    .orderBy('role')
    .execute()
  t.strictSame(
    rows.map(({ role }) => role),
    ['auditor', 'citizen', 'worker'],
  )
})

t.test('the database refuses it from anybody', async (t) => {
  const { app } = await makeApp(t)
  await app.ready()
  const { database } = app
  const refused = /both citizen and staff/
  for (const [id, role] of [
    [PEOPLE.anna, 'worker'],
    [PEOPLE.mette, 'citizen'],
  ] as const) {
    const insert = sql`insert into person_roles (person_id, role) values (${id}, ${role})`
    await t.rejects(insert.execute(database), refused)
    await t.rejects(
      sql`insert or replace into person_roles (person_id, role)
      values (${id}, ${role})`.execute(database),
      refused,
    )
  }
  await database
    .insertInto('person_roles')
    .values({ person_id: PEOPLE.mette, role: 'it' })
    .execute()
  const update = sql`update person_roles set role = 'citizen'
    where person_id = ${PEOPLE.mette} and role = 'it'`
  await t.rejects(update.execute(database), refused)
})
