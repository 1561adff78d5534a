import t from 'tap'
import type { AppointmentId, AppointmentKind } from '@naervaer/shared'
import { MAX_OWN, type OwnAppointmentsReply } from '@naervaer/shared/appointments'
import { wallTimeAt } from '@naervaer/shared/wall'
import { listen } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

t.test('AP16 a citizen reads more of their own, and from when one was moved', async (t) => {
  const { app, clock } = await listen(t, { isUnlimited: true })
  const worker = await HttpPerson.signIn(app, 'mette')
  const citizen = await HttpPerson.signIn(app, 'anna')
  const plan = async (startAt: number, more: object) => {
    const wish = { citizenId: PEOPLE.anna, kind: 'video', lengthMinutes: 20, repeat: null }
    const body = { ...wish, ...wallTimeAt(startAt), ...more }
    const made = await worker.ask('POST', '/api/appointments', body)
    t.equal(made.status, 201)
    return (made.body as { id: AppointmentId }).id
  }
  const load = async (kind?: AppointmentKind, person = citizen) => {
    const { status, body } = await person.ask('GET', '/api/own-appointments')
    t.equal(status, 200)
    const { appointments } = body as OwnAppointmentsReply
    return appointments.filter((each) => kind === undefined || each.kind === kind)
  }
  const startAt = clock.now() + DAY_MS
  const repeat = { every: 'day', weekdays: [], end: { count: 40 } }
  await plan(startAt, { repeat })
  const visit = await plan(startAt + HOUR_MS, { kind: 'visit' })
  await plan(startAt, { kind: 'phone', citizenId: PEOPLE.jens })
  t.equal((await load()).length, MAX_OWN)
  const { day } = wallTimeAt(startAt)
  const to = { kind: 'visit', lengthMinutes: 20, ...wallTimeAt(startAt + 2 * HOUR_MS) }
  const path = `/api/appointments/${visit}/${day}`
  t.equal((await worker.ask('PUT', path, { scope: 'this', revision: 1, to })).status, 200)
  t.match(await load('visit'), [
    { id: visit, startAt: startAt + 2 * HOUR_MS, movedFrom: startAt + HOUR_MS },
  ])
  t.equal((await load('video'))[0]?.movedFrom, undefined)
  t.equal((await citizen.ask('POST', '/api/choice/pause', { weeks: 1 })).status, 200)
  t.equal((await load('video')).length, 0, 'nobody rings meanwhile')
  const off = { answer: 'off' }
  const answer = `/api/own-appointments/${visit}/${day}/answer`
  t.equal((await citizen.ask('POST', answer, off)).status, 204)
  t.same(await load('visit'), [], 'what is called off takes no place')
  const jens = await HttpPerson.signIn(app, 'jens')
  t.match(await load(undefined, jens), [{ kind: 'phone' }])
  t.equal((await worker.ask('GET', '/api/own-appointments')).status, 403)
})
