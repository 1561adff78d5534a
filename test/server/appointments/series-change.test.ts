import t, { type Test } from 'tap'
import type { AppointmentId } from '@naervaer/shared'
import { MAX_PER_CITIZEN, type ChangeReply, type SpanReply } from '@naervaer/shared/appointments'
import { wallTimeAt } from '@naervaer/shared/wall'
import { listen } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'

/** Mondays at 14.45, ten of them; it is ten in the morning of the first. */
const WEEKLY = {
  citizenId: PEOPLE.anna,
  ...{ kind: 'video', day: '2026-11-02', minute: 885, lengthMinutes: 20 },
  repeat: { every: 'week', weekdays: [1], end: { count: 10 } },
}
const AT_NINE = { kind: 'video', day: '2026-11-16', minute: 540, lengthMinutes: 20 }

async function makeWorld(t: Test) {
  const server = await listen(t, { isUnlimited: true })
  const worker = await HttpPerson.signIn(server.app, 'mette')
  const citizen = await HttpPerson.signIn(server.app, 'anna')
  const make = async (wish: object = {}): Promise<AppointmentId> => {
    const { status, body } = await worker.ask('POST', '/api/appointments', { ...WEEKLY, ...wish })
    if (status !== 201) throw new Error(`answered ${status}`)
    return (body as { id: AppointmentId }).id
  }
  const change = async (id: AppointmentId, day: string, body: object) => {
    const asked = { revision: 1, ...body }
    const answer = await worker.ask('PUT', `/api/appointments/${id}/${day}`, asked)
    return { code: answer.code ?? answer.status, reply: answer.body as ChangeReply }
  }
  /** What the worker's calendar has, in words. */
  const read = async (from = '2026-11-02', to = '2027-01-31') => {
    const { body } = await worker.ask('GET', `/api/appointments?from=${from}&to=${to}`)
    return (body as SpanReply).appointments
      .filter(({ citizenId }) => citizenId === PEOPLE.anna)
      .map(({ appointment: { startAt, kind, calledOff } }) => {
        const { day, minute } = wallTimeAt(startAt)
        return [day, minute, kind, calledOff ?? ''].join(' ').trim()
      })
  }
  return { server, worker, citizen, make, change, read }
}

const sayOff = (citizen: HttpPerson, id: AppointmentId, day: string) =>
  citizen.ask('POST', `/api/own-appointments/${id}/${day}/answer`, { answer: 'off' })

t.test('AP13 this and those that follow go on elsewhere, and what was said stays', async (t) => {
  const { citizen, make, change, read } = await makeWorld(t)
  const id = await make({ repeat: { ...WEEKLY.repeat, end: { count: 5 } } })
  await sayOff(citizen, id, '2026-11-23')
  const to = { kind: 'phone', day: '2026-11-17', minute: 600, lengthMinutes: 30 }
  const { reply } = await change(id, '2026-11-16', { scope: 'following', to })
  t.not(reply.id, id)
  t.match(reply, { day: '2026-11-17', revision: 2 })
  t.same(await read(), [
    '2026-11-02 885 video',
    '2026-11-09 885 video',
    '2026-11-17 600 phone',
    '2026-11-24 600 phone citizen',
    '2026-12-01 600 phone',
  ])
  const back = { ...to, kind: 'video', day: '2026-11-16', minute: 885, lengthMinutes: 20 }
  const undone = await change(reply.id, reply.day, { scope: 'following', revision: 2, to: back })
  t.match(undone.reply, { id: reply.id, day: '2026-11-16', revision: 3 })
  t.same((await read()).slice(2), [
    '2026-11-16 885 video',
    '2026-11-23 885 video citizen',
    '2026-11-30 885 video',
  ])
})

t.test('AP13 whoever saw the series before it was cut learns that it was changed', async (t) => {
  const { make, change } = await makeWorld(t)
  const id = await make()
  await change(id, '2026-11-16', { scope: 'following', to: AT_NINE })
  const { code } = await change(id, '2026-11-23', { scope: 'this', to: null })
  t.equal(code, 'APPOINTMENT_CHANGED')
})

t.test('AP13 from its first time on it stays the same series', async (t) => {
  const { make, change, read } = await makeWorld(t)
  const id = await make({ repeat: { ...WEEKLY.repeat, end: { count: 3 } } })
  const to = { kind: 'video', day: '2026-11-04', minute: 540, lengthMinutes: 20 }
  const { reply } = await change(id, '2026-11-02', { scope: 'following', to })
  t.match(reply, { id, day: '2026-11-04', revision: 2 })
  t.same(await read(), ['2026-11-04 540 video', '2026-11-11 540 video', '2026-11-18 540 video'])
})

t.test('AP13 all are those ahead that would still be ahead', async (t) => {
  const { make, change, read } = await makeWorld(t)
  const id = await make({ repeat: { ...WEEKLY.repeat, end: { count: 4 } } })
  const { code } = await change(id, '2026-11-16', { scope: 'all', to: AT_NINE })
  t.equal(code, 200)
  t.same(
    await read(),
    [
      '2026-11-02 885 video',
      '2026-11-09 540 video',
      '2026-11-16 540 video',
      '2026-11-23 540 video',
    ],
    'nine is over today',
  )
})

t.test('AP13 all that lie ahead are called off, and told once', async (t) => {
  const { make, change, read, server } = await makeWorld(t)
  const anna = await server.connect('anna')
  await anna.waitFor('welcome')
  const id = await make()
  await anna.waitFor('home.changed')
  const count = () => anna.frames.filter(({ type }) => type === 'home.changed').length
  const before = count()
  await change(id, '2026-11-30', { scope: 'all', to: null })
  await anna.request({ type: 'ping' })
  t.equal(count() - before, 1)
  t.same(await read(), ['2026-11-02 885 video worker'])
})

t.test('AP13 a series on several days stays on them, and nothing is kept', async (t) => {
  const { server, make, change, read } = await makeWorld(t)
  const repeat = { every: 'week', weekdays: [1, 3], end: { count: 4 } }
  const id = await make({ repeat })
  const before = await read()
  const elsewhere = { scope: 'following', to: { ...AT_NINE, day: '2026-11-10' } }
  t.equal((await change(id, '2026-11-09', elsewhere)).code, 'APPOINTMENT_SERIES_STAYS')
  const daily = await make({ repeat: { every: 'day', weekdays: [], end: { count: 2 } } })
  t.equal((await change(daily, '2026-11-03', elsewhere)).code, 'APPOINTMENT_SERIES_STAYS')
  await change(daily, '2026-11-02', { scope: 'all', to: null })
  t.same(
    (await read()).filter((each) => !each.endsWith('worker')),
    before,
  )
  const atNine = { scope: 'following', to: { ...AT_NINE, day: '2026-11-09' } }
  t.equal((await change(id, '2026-11-09', atNine)).code, 200)
  t.same((await read()).slice(-2), ['2026-11-09 540 video', '2026-11-11 540 video'])
  const count = await server.app.database.selectFrom('appointments').select('id').execute()
  const far = { scope: 'following', to: { ...AT_NINE, day: '2028-11-06' } }
  t.equal((await change(await make(), '2026-11-09', far)).code, 'APPOINTMENT_TOO_FAR')
  const after = await server.app.database.selectFrom('appointments').select('id').execute()
  t.equal(after.length, count.length + 1)
})

t.test('AP13 cutting makes no more than there may be', async (t) => {
  const { make, change, read } = await makeWorld(t)
  for (let count = 1; count < MAX_PER_CITIZEN; count += 1) await make({ repeat: null })
  const id = await make({ repeat: { ...WEEKLY.repeat, end: { count: 2 } } })
  const before = await read()
  const to = { ...AT_NINE, day: '2026-11-09' }
  t.equal(
    (await change(id, '2026-11-09', { scope: 'following', to })).code,
    'APPOINTMENTS_TOO_MANY',
  )
  t.same(await read(), before)
})

t.test(
  'AP13 a series that has ended does not begin again by what its citizen had called off',
  async (t) => {
    const { citizen, make, change, read } = await makeWorld(t)
    const id = await make()
    await sayOff(citizen, id, '2026-11-16')
    t.equal((await change(id, '2026-11-16', { scope: 'following', to: null })).code, 200)
    const on = await citizen.ask('POST', `/api/own-appointments/${id}/2026-11-16/answer`, {
      answer: 'on',
    })
    t.equal(on.code, 'APPOINTMENT_OVER')
    t.same((await read()).slice(2), ['2026-11-16 885 video worker'])
  },
)
