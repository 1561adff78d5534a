import t, { type Test } from 'tap'
import { believeClock } from '../../../server/src/health/known-time.ts'
import type { Appointment, AppointmentId, PersonId } from '@naervaer/shared'
import { MAX_PER_CITIZEN, type SpanReply } from '@naervaer/shared/appointments'
import { toInstant, wallTimeAt } from '@naervaer/shared/wall'
import { auditLine, readAuditLines, signInAs } from '../../helpers/appointments.ts'
import { listen, makeTempDir, type TestServer } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makeRoleWorld, RELATIONS } from '../../helpers/role-world.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** A quarter to three in the afternoon of that Monday, for twenty minutes; it is ten in the morning. */
const TODAY = { kind: 'video', day: '2026-11-02', minute: 885, lengthMinutes: 20, repeat: null }
const START = Date.UTC(2026, 10, 2, 13, 45)

async function makeWorld(t: Test, options: Parameters<typeof listen>[1] = {}) {
  const server = await listen(t, { isUnlimited: true, ...options })
  const [worker, citizen] = [
    await HttpPerson.signIn(server.app, 'mette'),
    await HttpPerson.signIn(server.app, 'anna'),
  ]
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  return { server, worker, citizen, mette, anna }
}

async function make(worker: HttpPerson, wish: object = {}): Promise<AppointmentId> {
  const { status, body } = await worker.ask('POST', '/api/appointments', {
    ...{ citizenId: PEOPLE.anna, ...TODAY },
    ...wish,
  })
  if (status !== 201) throw new Error(`answered ${status} ${JSON.stringify(body)}`)
  return (body as { id: AppointmentId }).id
}

const at = (id: AppointmentId, day = TODAY.day, what = '') =>
  `/api/appointments/${id}/${day}${what}`
const answerAt = (id: AppointmentId, day = TODAY.day) => `/api/own-appointments/${id}/${day}/answer`

/** What lies ahead, by the newest that a worker's window was told; waits until it is so. */
const seenBy = (window: WsPerson, isIt: (appointments: readonly Appointment[]) => boolean) =>
  window.waitUntil(() => {
    const told = window.frames.findLast((frame) => frame.type === 'appointments.changed')
    return told?.type === 'appointments.changed' && isIt(told.appointments)
      ? told.appointments
      : undefined
  }, 'appointments as they should be')

/** The same on the citizen's own first page. */
const readBy = (window: WsPerson, isIt: (appointments: readonly Appointment[]) => boolean) =>
  window.waitUntil(() => {
    const told = window.frames.findLast((frame) => frame.type === 'home.changed')
    return told?.type === 'home.changed' && isIt(told.home.appointments)
      ? told.home.appointments
      : undefined
  }, 'home as it should be')

const codeOf = async (asking: ReturnType<HttpPerson['ask']>) => {
  const { status, code } = await asking
  return code ?? status
}

t.test('AP1 what a worker plans is told to both at once, and stands in the snapshot', async (t) => {
  const { server, worker, mette, anna } = await makeWorld(t)
  const id = await make(worker)
  const [seen] = await seenBy(mette, ({ length }) => length === 1)
  const [read] = await readBy(anna, ({ length }) => length === 1)
  t.same(seen, read)
  t.same(read, {
    ...{ id, day: '2026-11-02', kind: 'video', startAt: START, endAt: START + 20 * MINUTE_MS },
    ...{ worker: { id: PEOPLE.mette, name: 'Mette Holm' }, insteadOf: null, calledOff: null },
    ...{ lateMinutes: 0, isSeries: false, revision: 1 },
  })
  const { citizens } = await (await server.connect('mette')).waitFor('welcome')
  t.same(citizens.find(({ person }) => person.id === PEOPLE.anna)?.appointments, [read])
  const { home } = await (await server.connect('anna')).waitFor('welcome')
  t.same(home?.appointments, [read])
  const ole = await (await server.connect('ole')).waitFor('welcome')
  t.notOk(ole.citizens.some(({ appointments }) => appointments.some((each) => each.id === id)))
})

t.test('AP4 what cannot be planned is refused by its code, and nothing is kept', async (t) => {
  const { server, worker } = await makeWorld(t)
  const weekly = (end: object) => ({ every: 'week', weekdays: [1], end })
  const rows: [object, string][] = [
    [{ day: '2027-03-28', minute: 150 }, 'APPOINTMENT_TIME_MISSING'],
    [{ day: '2027-02-30' }, 'APPOINTMENT_TIME_MISSING'],
    [{ day: '2026-11-01' }, 'APPOINTMENT_TIME_PAST'],
    [{ day: '2028-11-01' }, 'APPOINTMENT_TOO_FAR'],
    [{ repeat: weekly({ count: 10_000 }) }, 'APPOINTMENT_SERIES_TOO_LONG'],
    [{ repeat: weekly({ until: '2026-11-01' }) }, 'APPOINTMENT_SERIES_INVALID'],
    [{ lengthMinutes: -20 }, 'BODY_INVALID'],
    [{ lengthMinutes: 481 }, 'BODY_INVALID'],
    [{ minute: 1440 }, 'BODY_INVALID'],
    [{ day: '2. november' }, 'BODY_INVALID'],
    [{ kind: 'letter' }, 'BODY_INVALID'],
    [{ note: 'hun er ked af det' }, 'BODY_INVALID'],
    [{ citizenId: PEOPLE.liz }, 'PERSON_NOT_FOUND'],
    [{ citizenId: PEOPLE.ole, day: '2027-02-30' }, 'PERSON_NOT_FOUND'],
  ]
  const before = await countRows(server)
  for (const [wish, code] of rows) {
    const body = { citizenId: PEOPLE.anna, ...TODAY, ...wish }
    t.equal(await codeOf(worker.ask('POST', '/api/appointments', body)), code, JSON.stringify(wish))
  }
  t.equal(await countRows(server), before)
})

const countRows = async ({ app }: TestServer) =>
  (await app.database.selectFrom('appointments').select('id').execute()).length

t.test('AP4 a citizen can have only so many ahead', async (t) => {
  const { worker } = await makeWorld(t)
  for (let count = 0; count < MAX_PER_CITIZEN; count += 1) await make(worker)
  const body = { citizenId: PEOPLE.anna, ...TODAY }
  t.equal(await codeOf(worker.ask('POST', '/api/appointments', body)), 'APPOINTMENTS_TOO_MANY')
})

t.test('AP5 one time is moved, and this one and those that follow are called off', async (t) => {
  const { worker, mette, anna } = await makeWorld(t)
  const repeat = { every: 'week', weekdays: [1], end: { count: 10 } }
  const id = await make(worker, { repeat })
  const moved = { kind: 'phone', day: '2026-11-04', minute: 540, lengthMinutes: 45 }
  const answer = await worker.ask('PUT', at(id), { scope: 'this', revision: 1, to: moved })
  t.same(answer.body, { id, day: TODAY.day, revision: 2, warnings: [] })
  const [first] = await readBy(anna, ([each]) => each?.revision === 2)
  t.match(first, { day: TODAY.day, kind: 'phone', startAt: toInstant(moved), isSeries: true })
  t.equal((first?.endAt ?? 0) - (first?.startAt ?? 0), 45 * MINUTE_MS)
  const cancel = (day: string, revision: number, scope: string) =>
    codeOf(worker.ask('PUT', at(id, day), { scope, revision, to: null }))
  t.equal(await cancel(TODAY.day, 1, 'this'), 'APPOINTMENT_CHANGED', 'W-14')
  t.equal(await cancel(TODAY.day, 2, 'this'), 200)
  const [off, next] = await seenBy(mette, ([each]) => each?.calledOff === 'worker')
  t.match(off, { startAt: toInstant(moved), revision: 3 })
  t.match(next, { day: '2026-11-09', kind: 'video', calledOff: null })
  t.equal(await cancel('2026-11-09', 3, 'following'), 200)
  const left = await readBy(anna, (each) => each.at(-1)?.calledOff === 'worker')
  t.same(
    left.map(({ day }) => day),
    ['2026-11-02', '2026-11-09'],
    'nothing comes after them',
  )
  t.equal(await cancel('2026-11-16', 4, 'this'), 'APPOINTMENT_NOT_FOUND')
  t.equal(await cancel('2026-11-10', 4, 'this'), 'APPOINTMENT_NOT_FOUND', 'it was never planned')
  const to = { ...moved, day: '2027-03-28', minute: 150 }
  const inTheGap = worker.ask('PUT', at(id), { scope: 'this', revision: 4, to })
  t.equal(await codeOf(inTheGap), 'APPOINTMENT_TIME_MISSING')
})

t.test('AP5 a list has what takes place in its days, by the time of the wall', async (t) => {
  const { worker } = await makeWorld(t)
  const repeat = { every: 'twoWeeks', weekdays: [1], end: { until: '2027-11-22' } }
  const id = await make(worker, { repeat })
  const list = async (from: string, to: string) => {
    const { body } = await worker.ask('GET', `/api/appointments?from=${from}&to=${to}`)
    const { appointments } = body as SpanReply
    return appointments.filter(({ appointment }) => appointment.id === id)
  }
  const inMarch = await list('2027-03-15', '2027-04-18')
  t.strictSame(
    inMarch.map(({ appointment }) => wallTimeAt(appointment.startAt)),
    ['2027-03-22', '2027-04-05'].map((day) => ({ day, minute: 885 })),
  )
  t.same(await list('2026-11-03', '2026-11-15'), [])
  for (const [from, to] of [
    ['2027-03-15', '2027-03-14'],
    ['2027-02-30', '2027-03-14'],
    ['2026-11-02', '2027-02-10'],
    ['now', 'then'],
  ]) {
    const asked = worker.ask('GET', `/api/appointments?from=${from ?? ''}&to=${to ?? ''}`)
    t.equal(await codeOf(asked), 'BODY_INVALID', `${from ?? ''} to ${to ?? ''}`)
  }
})

t.test('AP6 a citizen calls off without a reason, and takes it back', async (t) => {
  const { server, worker, citizen, mette, anna } = await makeWorld(t)
  const id = await make(worker)
  t.equal(await codeOf(citizen.ask('POST', answerAt(id), { answer: 'off' })), 204)
  await seenBy(mette, ([each]) => each?.calledOff === 'citizen')
  await readBy(anna, ([each]) => each?.calledOff === 'citizen')
  t.equal(
    await codeOf(citizen.ask('POST', answerAt(id), { answer: 'off', why: 'syg' })),
    'BODY_INVALID',
  )
  t.equal(
    await codeOf(worker.ask('POST', at(id, TODAY.day, '/late'), { minutes: 5 })),
    'APPOINTMENT_OVER',
  )
  t.equal(await codeOf(citizen.ask('POST', answerAt(id), { answer: 'on' })), 204)
  await seenBy(mette, ([each]) => each?.calledOff === null)
  t.equal(
    await codeOf(citizen.ask('POST', answerAt(id), { answer: 'wait' })),
    'APPOINTMENT_CHANGED',
    'there is nobody else to wait for',
  )
  const jens = await HttpPerson.signIn(server.app, 'jens')
  t.equal(await codeOf(jens.ask('POST', answerAt(id), { answer: 'off' })), 'APPOINTMENT_NOT_FOUND')
  await worker.ask('PUT', at(id), { scope: 'this', revision: 1, to: null })
  t.equal(await codeOf(citizen.ask('POST', answerAt(id), { answer: 'on' })), 'APPOINTMENT_OVER')
})

t.test('AP6 of what a citizen says nothing goes into the audit log', async (t) => {
  const { server, worker, citizen } = await makeWorld(t)
  const id = await make(worker)
  await citizen.ask('POST', answerAt(id), { answer: 'off' })
  await citizen.ask('POST', answerAt(id), { answer: 'on' })
  await worker.ask('POST', at(id, TODAY.day, '/late'), { minutes: 5 })
  const to = { kind: 'video', day: '2026-11-04', minute: 540, lengthMinutes: 45 }
  await worker.ask('PUT', at(id), { scope: 'this', revision: 1, to })
  t.same(await readAuditLines(server.app), [
    auditLine('appointment.made', id),
    auditLine('appointment.moved', id),
  ])
})

t.test('AP7 being late is told, moves the end on, and is over with it', async (t) => {
  const clock = new FakeClock(START - 5 * MINUTE_MS)
  const { server, worker, mette, anna } = await makeWorld(t, { clock })
  const id = await make(worker)
  const late = (minutes: number) =>
    codeOf(worker.ask('POST', at(id, TODAY.day, '/late'), { minutes }))
  t.equal(await late(7), 'BODY_INVALID')
  t.equal(await late(10), 204)
  const [seen] = await readBy(anna, ([each]) => each?.lateMinutes === 10)
  t.equal(seen?.startAt, START, 'the time stays the one that was agreed on')
  const untilEnd = 5 * MINUTE_MS + 20 * MINUTE_MS
  await pass([mette, anna], server, untilEnd + 10 * MINUTE_MS - 1)
  t.equal((await (await server.connect('anna')).waitFor('welcome')).home?.appointments.length, 1)
  server.clock.advance(1)
  await readBy(anna, ({ length }) => length === 0)
  await seenBy(mette, ({ length }) => length === 0)
  t.equal(await late(5), 'APPOINTMENT_OVER')
  const far = await make(worker, { day: '2026-11-05' })
  t.equal(
    await codeOf(worker.ask('POST', at(far, '2026-11-05', '/late'), { minutes: 5 })),
    'APPOINTMENT_TOO_FAR',
  )
})

/** Lets time pass in steps: one leap would lose the heartbeat of the test's own sockets. */
async function pass(windows: WsPerson[], { clock }: TestServer, durationMs: number) {
  for (let leftMs = durationMs; leftMs > 0; leftMs -= 20_000) {
    clock.advance(Math.min(leftMs, 20_000))
    await Promise.all(windows.map((window) => window.request({ type: 'ping' })))
  }
}

t.test('AP8 a substitute who takes over is announced, and the citizen may wait', async (t) => {
  const { server, worker, citizen, mette, anna } = await makeWorld(t)
  await makeRoleWorld(server.app, server.clock.now())
  const soon = wallTimeAt(server.clock.now() + 30 * MINUTE_MS)
  const id = await make(worker, soon)
  const substitute = await signInAs(server.app, RELATIONS.substitute)
  t.equal(await codeOf(substitute.ask('POST', at(id, soon.day, '/take'))), 204)
  const [told] = await readBy(anna, ([each]) => each?.insteadOf !== null)
  t.match(told, { worker: { id: RELATIONS.substitute }, insteadOf: { id: PEOPLE.mette } })
  t.equal(await codeOf(citizen.ask('POST', answerAt(id, soon.day), { answer: 'wait' })), 204)
  await seenBy(mette, ([each]) => each?.calledOff === 'waiting')
  t.equal(await codeOf(worker.ask('POST', at(id, soon.day, '/take'))), 204)
  const [back] = await readBy(anna, ([each]) => each?.calledOff === null)
  t.match(back, { worker: { id: PEOPLE.mette }, insteadOf: null })

  const later = wallTimeAt(server.clock.now() + 3 * HOUR_MS)
  const other = await make(worker, later)
  t.equal(
    await codeOf(substitute.ask('POST', at(other, later.day, '/take'))),
    'NOT_ASSIGNED',
    'not the substitute’s any more by then',
  )
})

t.test('S-14 whoever has not the citizen now has not their appointments', async (t) => {
  const { server, worker } = await makeWorld(t)
  await makeRoleWorld(server.app, server.clock.now())
  const id = await make(worker)
  const strangers: PersonId[] = [
    RELATIONS.stranger,
    RELATIONS.formerly,
    RELATIONS.substituteToCome,
    RELATIONS.substituteOver,
    PEOPLE.ole,
  ]
  const wishes: ['PUT' | 'POST', string, object | undefined][] = [
    ['PUT', at(id), { scope: 'all', revision: 1, to: null }],
    ['PUT', at(id), { scope: 'this', revision: 9, to: null }],
    ['POST', at(id, TODAY.day, '/late'), { minutes: 5 }],
    ['POST', at(id, TODAY.day, '/take'), undefined],
  ]
  for (const stranger of strangers) {
    const person = await signInAs(server.app, stranger)
    for (const [method, path, body] of wishes) {
      t.equal(await codeOf(person.ask(method, path, body)), 'APPOINTMENT_NOT_FOUND', path)
    }
    const { body } = await person.ask('GET', '/api/appointments?from=2026-11-01&to=2026-11-30')
    t.notOk((body as SpanReply).appointments.some(({ appointment }) => appointment.id === id))
  }
})

t.test('AP9 whoever has talked has had it', async (t) => {
  const clock = new FakeClock(START - 2 * MINUTE_MS)
  const { server, worker, mette, anna } = await makeWorld(t, { clock })
  await make(worker)
  await make(worker, { kind: 'phone', minute: TODAY.minute + 60 })
  await readBy(anna, ([each]) => each?.kind === 'video')
  const talk = async (lengthMs: number) => {
    const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await anna.must({ type: 'call.accept', call: id })
    const linked = { type: 'call.connected', call: id, generation: 1, path: 'host' } as const
    await mette.must(linked)
    await anna.must(linked)
    await mette.waitForState(id, 'connected')
    await pass([mette, anna], server, lengthMs)
    await mette.must({ type: 'call.hangUp', call: id })
    await anna.waitForState(id, 'ended')
  }
  await talk(60_000)
  const between = await (await server.connect('anna')).waitFor('welcome')
  t.equal(between.home?.appointments[0]?.kind, 'video', 'a minute may have been a false start')
  await pass([mette, anna], server, 2 * MINUTE_MS)
  await talk(3 * MINUTE_MS)
  await readBy(anna, ([each]) => each?.kind === 'phone')
})

t.test('AP10 over a restart nothing is lost, and the end is told', async (t) => {
  const databaseFile = `${makeTempDir(t)}/test.sqlite`
  const first = await makeWorld(t, { databaseFile })
  const id = await make(first.worker)
  await first.citizen.ask('POST', answerAt(id), { answer: 'off' })
  await first.server.app.close()

  const clock = new FakeClock(START + 10 * MINUTE_MS)
  const second = await makeWorld(t, { databaseFile, clock })
  const { home } = await second.anna.waitFor('welcome')
  t.match(home?.appointments, [{ id, calledOff: 'citizen' }])
  await pass([second.mette, second.anna], second.server, 10 * MINUTE_MS)
  await readBy(second.anna, ({ length }) => length === 0)
  // Half a year goes by at once: somebody has looked at the clock.
  await believeClock(second.server.app.database, START + 190 * 24 * HOUR_MS)
  await second.server.app.close()

  const third = await makeWorld(t, {
    databaseFile,
    clock: new FakeClock(START + 190 * 24 * HOUR_MS),
  })
  const ids = await third.server.app.database.selectFrom('appointments').select('id').execute()
  t.notOk(
    ids.some((row) => row.id === id),
    'half a year later it is gone',
  )
  const rows = await third.server.app.database
    .selectFrom('appointment_exceptions')
    .selectAll()
    .execute()
  t.same(rows, [], 'with what was said of it')
})
