import t, { type Test } from 'tap'
import type { AppointmentId } from '@naervaer/shared'
import type { Warning } from '@naervaer/shared/appointments'
import { listen } from '../../helpers/build-app.ts'
import { Browser, pairDevice } from '../../helpers/paired-device.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { signInAs } from '../../helpers/appointments.ts'
import { makeRoleWorld, RELATIONS } from '../../helpers/role-world.ts'

/** On Wednesday at two, when nobody of the demo has anything; it is Monday, ten in the morning. */
const WISH = {
  citizenId: PEOPLE.anna,
  ...{ kind: 'visit', day: '2026-11-04', minute: 840, lengthMinutes: 20, repeat: null },
}

async function makeWorld(t: Test) {
  const server = await listen(t, { isUnlimited: true })
  const worker = await HttpPerson.signIn(server.app, 'mette')
  const ask = async (path: string, body: object, method: 'POST' | 'PUT' = 'POST') => {
    const answer = await worker.ask(method, `/api/appointments${path}`, body)
    const { id, warnings } = (answer.body ?? {}) as { id: AppointmentId; warnings?: Warning[] }
    return { code: answer.code ?? answer.status, id, warnings }
  }
  /** The codes that a wish is answered with, first when it is asked about and then when it is kept. */
  const plan = async (wish: object = {}) => {
    const checked = await ask('/check', { ...WISH, ...wish })
    const made = await ask('', { ...WISH, ...wish })
    t.strictSame(made.warnings, checked.warnings, 'both say the same')
    return made
  }
  const check = async (wish: object = {}) => (await ask('/check', { ...WISH, ...wish })).warnings
  return { server, worker, ask, plan, check }
}

/** Each without what it meets. */
const withoutMeets = (warnings: readonly Warning[] | undefined) =>
  warnings?.map(({ code, day, count }) => ({ code, day, count }))

const codes = (warnings: readonly Warning[] | undefined) => warnings?.map(({ code }) => code)

t.test('AP14 what nobody need know is not said, and a check keeps nothing', async (t) => {
  const { server, check } = await makeWorld(t)
  t.same(await check(), [])
  t.same(await check({ minute: 860 }), [])
  const rows = await server.app.database
    .selectFrom('appointments')
    .select('id')
    .where('citizen_id', '=', PEOPLE.anna)
    .execute()
  t.same(rows, [])
})

t.test('AP14 two things at once, for the worker and for the citizen', async (t) => {
  const { plan, check, ask } = await makeWorld(t)
  const { id } = await plan()
  const startAt = Date.parse('2026-11-04T14:00:00+01:00')
  const meets = { kind: 'visit', citizenId: PEOPLE.anna, startAt, endAt: startAt + 20 * 60_000 }
  t.same(await check(), [{ code: 'citizenBusy', day: '2026-11-04', count: 1, meets }])
  t.same(await check({ citizenId: PEOPLE.jens }), [
    { code: 'busy', day: '2026-11-04', count: 1, meets },
  ])
  t.same(await check({ minute: 860 }), [], 'it begins when the other ends')
  t.same(await check({ minute: 820 }), [], 'it ends when the other begins')
  t.same(codes(await check({ minute: 830, lengthMinutes: 60 })), ['citizenBusy'])
  const to = { kind: 'visit', day: '2026-11-04', minute: 850, lengthMinutes: 20 }
  const change = { scope: 'this', revision: 1, to }
  const moved = await ask(`/${id}/2026-11-04/check`, change)
  t.same(moved.warnings, [], 'it does not stand in its own way')
  t.same((await ask(`/${id}/2026-11-04`, { ...change, to: null }, 'PUT')).warnings, [])
  t.same(await check(), [], 'what is called off is in nobody’s way')
})

t.test(
  'AP14 of a series the first day and how many, and not the ones that it replaces',
  async (t) => {
    const { plan, check, ask } = await makeWorld(t)
    const weekly = { every: 'week', weekdays: [3], end: { count: 4 } }
    await plan({ citizenId: PEOPLE.jens, day: '2026-11-18' })
    await plan({ citizenId: PEOPLE.jens, day: '2026-11-25' })
    const { id, warnings } = await plan({ repeat: weekly })
    t.same(withoutMeets(warnings), [{ code: 'busy', day: '2026-11-18', count: 2 }])
    t.same(withoutMeets(await check({ repeat: { ...weekly, end: { count: 2 } } })), [
      { code: 'citizenBusy', day: '2026-11-04', count: 2 },
    ])
    const to = { kind: 'visit', day: '2026-11-11', minute: 850, lengthMinutes: 20 }
    const change = { scope: 'following', revision: 1, to }
    const expected = [{ code: 'busy', day: '2026-11-18', count: 2 }]
    t.same(withoutMeets((await ask(`/${id}/2026-11-11/check`, change)).warnings), expected)
    const put = await ask(`/${id}/2026-11-11`, change, 'PUT')
    t.same(withoutMeets(put.warnings), expected)
    const far = { ...change, to: { ...to, minute: 900 } }
    t.equal((await ask(`/${id}/2026-11-11/check`, far)).code, 'APPOINTMENT_CHANGED')
  },
)

t.test('AP14 holidays, days that many have off, and quiet hours', async (t) => {
  const { server, check } = await makeWorld(t)
  t.same(codes(await check({ day: '2026-12-25' })), ['holiday'])
  t.same(codes(await check({ day: '2027-05-06' })), ['holiday'], 'Ascension Day')
  t.same(codes(await check({ day: '2027-04-23' })), [], 'where Store bededag was')
  t.same(codes(await check({ day: '2026-12-24' })), ['oftenOff'])
  const citizen = await HttpPerson.signIn(server.app, 'anna')
  await citizen.ask('POST', '/api/quiet-hours', { quiet: { from: 1260, to: 840 } })
  t.same(codes(await check({ kind: 'phone', minute: 839 })), ['quiet'])
  t.same(codes(await check({ kind: 'phone', minute: 840 })), [])
  t.same(codes(await check({ minute: 839 })), [], 'a visit rings nobody')
})

t.test('AP14 video needs a device, a yes, and no break', async (t) => {
  const { server, check } = await makeWorld(t)
  t.same(codes(await check({ kind: 'video' })), ['noDevice'])
  const anna = await server.connect('anna')
  await anna.waitFor('welcome')
  t.same(codes(await check({ kind: 'video' })), [], 'whoever is there has a device')
  anna.socket.close()
  await anna.closed
  await pairDevice(
    server.app,
    () => server.clock.now(),
    await Browser.signedIn(server.app, 'mette'),
  )
  t.same(codes(await check({ kind: 'video' })), [])
  const citizen = await HttpPerson.signIn(server.app, 'anna')
  t.equal((await citizen.ask('POST', '/api/choice/pause', { weeks: 1 })).status, 200)
  t.same(codes(await check({ kind: 'video' })), ['paused'])
  t.same(await check({ kind: 'phone' }), [])
  const weekly = { every: 'week', weekdays: [3], end: { count: 4 } }
  t.same(
    await check({ kind: 'video', repeat: weekly }),
    [{ code: 'paused', day: '2026-11-04', count: 1 }],
    'the break ends after a week',
  )
  t.equal((await citizen.ask('POST', '/api/choice/stop')).status, 200)
  t.same(codes(await check({ kind: 'video' })), ['noChoice'])
})

t.test('AP14 whoever plans for another is told of them, and of nobody else’s', async (t) => {
  const { server, ask, plan } = await makeWorld(t)
  await makeRoleWorld(server.app, server.clock.now())
  const soon = { day: '2026-11-02', minute: 640 }
  const { id } = await plan(soon)
  await plan({ ...soon, minute: 700, citizenId: PEOPLE.jens })
  const substitute = await signInAs(server.app, RELATIONS.substitute)
  const to = { kind: 'visit', day: '2026-11-02', minute: 710, lengthMinutes: 20 }
  const body = { scope: 'this', revision: 1, to }
  const path = `/api/appointments/${id}/2026-11-02/check`
  const answer = await substitute.ask('POST', path, body)
  t.same((answer.body as { warnings: Warning[] }).warnings, [
    { code: 'holderBusy', day: '2026-11-02', count: 1 },
  ])
  const { code } = await ask('/check', { ...WISH, citizenId: PEOPLE.liz })
  t.equal(code, 'PERSON_NOT_FOUND')
})

t.test('AP14 of what cannot be kept nothing is said while one fills in', async (t) => {
  const { ask, check, plan } = await makeWorld(t)
  const { id } = await plan()
  for (const wish of [
    { day: '2026-11-01' },
    { day: '2027-02-30' },
    { day: '2027-03-28', minute: 150 },
    { day: '2029-01-01' },
    { repeat: { every: 'week', weekdays: [1], end: { count: 2 } } },
  ]) {
    t.same(await check(wish), [], JSON.stringify(wish))
    t.not((await ask('', { ...WISH, ...wish })).code, 201)
  }
  const to = { kind: 'visit', day: '2026-11-01', minute: 600, lengthMinutes: 20 }
  const path = `/${id}/2026-11-04/check`
  t.same((await ask(path, { scope: 'this', revision: 1, to })).warnings, [])
})

t.test('AP14 another holds it by then, or nobody does', async (t) => {
  const { server, check } = await makeWorld(t)
  await makeRoleWorld(server.app, server.clock.now())
  const substitute = await signInAs(server.app, RELATIONS.substitute)
  const later = await substitute.ask('POST', '/api/appointments/check', WISH)
  t.same(codes((later.body as { warnings: Warning[] }).warnings), ['otherHolds'])
  await server.app.database
    .updateTable('assignments')
    .set({ to_at: server.clock.now() + 24 * 3_600_000 })
    .where('citizen_id', '=', PEOPLE.anna)
    .where('worker_id', '=', PEOPLE.mette)
    .execute()
  t.same(codes(await check()), ['nobodyHolds'])
})

t.test('AP14 what is kept of a series stands in the way of what is cut from it', async (t) => {
  const { plan, ask } = await makeWorld(t)
  const weekly = { every: 'week', weekdays: [3], end: { count: 4 } }
  const { id } = await plan({ repeat: weekly })
  const to = { kind: 'visit', day: '2026-11-11', minute: 850, lengthMinutes: 20 }
  const change = { scope: 'following', revision: 1, to }
  t.same(withoutMeets((await ask(`/${id}/2026-11-18/check`, change)).warnings), [
    { code: 'citizenBusy', day: '2026-11-11', count: 1 },
  ])
})
