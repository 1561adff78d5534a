import t, { type Test } from 'tap'
import type { AppointmentId } from '@naervaer/shared'
import { TAKE_BACK_MS } from '@naervaer/shared/appointments'
import { auditLine, readAuditLines, signInAs } from '../../helpers/appointments.ts'
import { listen } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makeRoleWorld, RELATIONS } from '../../helpers/role-world.ts'

const DAY = '2026-11-04'
const WISH = {
  citizenId: PEOPLE.anna,
  ...{ kind: 'visit', day: DAY, minute: 840, lengthMinutes: 20, repeat: null },
}

async function makeWorld(t: Test) {
  const server = await listen(t, { isUnlimited: true })
  const worker = await HttpPerson.signIn(server.app, 'mette')
  const citizen = await HttpPerson.signIn(server.app, 'anna')
  const make = async () => {
    const { body } = await worker.ask('POST', '/api/appointments', WISH)
    return (body as { id: AppointmentId }).id
  }
  const takeBack = async (id: AppointmentId, as = worker) => {
    const { status, code } = await as.ask('DELETE', `/api/appointments/${id}`)
    return code ?? status
  }
  const say = (id: AppointmentId, answer: string) =>
    citizen.ask('POST', `/api/own-appointments/${id}/${DAY}/answer`, { answer })
  return { server, worker, make, takeBack, say }
}

t.test('AP15 what is taken back was never there, and the audit log has both', async (t) => {
  const { server, make, takeBack } = await makeWorld(t)
  const id = await make()
  server.clock.advance(TAKE_BACK_MS - 1)
  t.equal(await takeBack(id), 204)
  const { home } = await (await server.connect('anna')).waitFor('welcome')
  t.same(home?.appointments, [], 'nobody reads that it was called off')
  t.equal(await takeBack(id), 'APPOINTMENT_NOT_FOUND')
  t.same(await readAuditLines(server.app), [
    auditLine('appointment.made', id),
    auditLine('appointment.takenBack', id),
  ])
})

t.test('AP15 not after ten minutes, and not once somebody has said something', async (t) => {
  const { server, worker, make, takeBack, say } = await makeWorld(t)
  const answered = await make()
  await say(answered, 'off')
  t.equal(await takeBack(answered), 'APPOINTMENT_CHANGED')
  const moved = await make()
  const to = { kind: 'visit', day: DAY, minute: 900, lengthMinutes: 20 }
  await worker.ask('PUT', `/api/appointments/${moved}/${DAY}`, { scope: 'this', revision: 1, to })
  t.equal(await takeBack(moved), 'APPOINTMENT_CHANGED')
  const old = await make()
  server.clock.advance(TAKE_BACK_MS)
  t.equal(await takeBack(old), 'APPOINTMENT_OVER')
})

t.test('AP15 by whoever made it, and by nobody else', async (t) => {
  const { server, make, takeBack } = await makeWorld(t)
  await makeRoleWorld(server.app, server.clock.now())
  const id = await make()
  const as = (relation: keyof typeof RELATIONS) => signInAs(server.app, RELATIONS[relation])
  t.equal(await takeBack(id, await as('stranger')), 'APPOINTMENT_NOT_FOUND')
  t.equal(await takeBack(id, await as('substitute')), 'APPOINTMENT_CHANGED')
  t.equal(await takeBack(id), 204)
})
