import t, { type Test } from 'tap'
import type { AppointmentId, PersonId } from '@naervaer/shared'
import type {} from '../../../server/src/appointments/plugin.ts'
import type {} from '../../../server/src/reminders/plugin.ts'
import { expiresAt } from '@naervaer/shared/reminders'
import { wallTimeAt } from '@naervaer/shared/wall'
import { waitFor } from '../../e2e/support/wait.ts'
import { listen, makeTempDir } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { pairDevice } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'
import type { Delivered } from '../../helpers/push-service.ts'
import {
  makePushWorld,
  sayAbout,
  subscribe,
  type PushWorld,
  type WorldOptions,
} from '../push/push-world.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

interface World extends PushWorld {
  readonly citizen: HttpPerson
}

async function makeWorld(t: Test, options: WorldOptions = {}): Promise<World> {
  const world = await makePushWorld(t, { isUnlimited: true, ...options })
  const citizen = await HttpPerson.signIn(world.server.app, 'anna')
  return { ...world, citizen }
}

const wish = (startAt: number, more: object = {}) => ({
  ...{ citizenId: PEOPLE.anna, kind: 'video', lengthMinutes: 20, repeat: null },
  ...wallTimeAt(startAt),
  ...more,
})

/** Staff are signed out after a while, and time flies here. */
const signIn = ({ server }: Pick<World, 'server'>) => HttpPerson.signIn(server.app, 'mette')

async function plan(world: World, startAt: number, more: object = {}): Promise<AppointmentId> {
  const { status, body } = await (
    await signIn(world)
  ).ask('POST', '/api/appointments', wish(startAt, more))
  if (status !== 201) throw new Error(`answered ${status} ${JSON.stringify(body)}`)
  return (body as { id: AppointmentId }).id
}

const toMove = (startAt: number, revision: number) => ({
  ...{ scope: 'this', revision },
  to: { kind: 'video', ...wallTimeAt(startAt), lengthMinutes: 20 },
})

async function say(person: HttpPerson, path: string, body: object): Promise<void> {
  const { status, code } = await person.ask('POST', path, body)
  if (status >= 300) throw new Error(`${path} answered ${status} ${code ?? ''}`)
}

const loadReminders = ({ server }: Pick<World, 'server'>) =>
  server.app.database
    .selectFrom('reminders')
    .selectAll()
    .where('citizen_id', '=', PEOPLE.anna)
    .orderBy('start_at')
    .execute()

/** Lets time come to a moment, and waits until what fell due by then has been seen to. */
async function passTo({ server }: Pick<World, 'server'>, at: number): Promise<void> {
  const { app, clock } = server
  clock.sleep(at - clock.now())
  await app.reminders.look()
  await waitFor('nothing to be on its way', async () => {
    const due = await app.database
      .selectFrom('reminders')
      .innerJoin('push_notices', 'push_notices.reminder_id', 'reminders.id')
      .select('reminders.id')
      .where('reminders.state', '=', 'due')
      .execute()
    return due.length === 0 || undefined
  })
}

const remindersOf = (delivered: readonly Delivered[]) =>
  delivered.filter(({ message }) => message.kind === 'reminder')

const NOW = Date.UTC(2026, 10, 2, 9)
const TEN_TOMORROW = NOW + DAY_MS

t.test(
  'RE1 ten minutes before every device is told, once, with what its level allows',
  async (t) => {
    const world = await makeWorld(t)
    const { server, service, worker } = world
    const phone = await pairDevice(server.app, () => server.clock.now(), worker)
    await subscribe(phone, service.makeBrowser('/push/phone'), 1)
    const startAt = NOW + 2 * HOUR_MS
    await plan(world, startAt)
    await passTo(world, startAt - 10 * MINUTE_MS - 1)
    t.same(remindersOf(service.delivered), [])
    await passTo(world, startAt - 10 * MINUTE_MS)
    const sent = await service.waitForCount(2)
    const [loud, discreet] = sent.toSorted((a, b) => b.message.level - a.message.level)
    t.match(loud?.message, {
      ...{ kind: 'reminder', title: 'Husk din aftale kl. 12.00', body: 'Mette ringer' },
      ...{ asks: true, isSilent: false, until: startAt },
    })
    t.match(discreet?.message, { title: 'Ny besked', body: '', asks: false })
    t.equal(loud?.ttl, 600, 'nobody is reminded of what has begun')
    t.equal(loud?.topic, discreet?.topic)
    await passTo(world, startAt)
    t.equal(service.delivered.length, 2)
    t.match(await loadReminders(world), [{ lead: 'soon', state: 'sent', start_at: startAt }])
  },
)

t.test(
  'RE2 the day before only who wants it, at the same time of the wall, and its words',
  async (t) => {
    const world = await makeWorld(t)
    const { service, citizen } = world
    const startAt = TEN_TOMORROW + HOUR_MS
    await plan(world, startAt)
    await passTo(world, startAt - DAY_MS)
    t.match(await loadReminders(world), [{ lead: 'dayBefore', state: 'dropped' }])
    await say(citizen, '/api/reminders', { dayBefore: true })
    await plan(world, startAt + HOUR_MS, { kind: 'visit' })
    await passTo(world, startAt + HOUR_MS - DAY_MS)
    const [told] = await service.waitForCount(1)
    t.match(told?.message, {
      ...{ title: 'Husk din aftale tirsdag den 3. november kl. 12.00', asks: false },
      body: 'Mette kommer',
    })
    await say(citizen, '/api/reminders', { dayBefore: false })
    const lines = await world.server.app.database
      .selectFrom('audit_events')
      .select(['action', 'details'])
      .where('action', 'like', 'reminder.%')
      .execute()
    t.same(
      lines.map(({ action, details }) => `${action} ${details}`),
      ['reminder.dayBeforeOn {}', 'reminder.dayBeforeOff {}'],
    )
  },
)

t.test(
  'RE3 quiet hours: the day before waits for their end, and ten minutes before is silent',
  async (t) => {
    const world = await makeWorld(t)
    const { service, citizen } = world
    await say(citizen, '/api/reminders', { dayBefore: true })
    // From 11.00 to 13.00 by the wall.
    await say(citizen, '/api/quiet-hours', { quiet: { from: 660, to: 780 } })
    const startAt = TEN_TOMORROW + 2 * HOUR_MS
    await plan(world, startAt)
    await passTo(world, startAt - DAY_MS)
    t.same(service.delivered, [])
    t.match(await loadReminders(world), [{ state: 'due' }])
    await passTo(world, startAt - DAY_MS + HOUR_MS)
    const [told] = await service.waitForCount(1)
    t.match(told?.message, {
      ...{ title: 'Husk din aftale tirsdag den 3. november kl. 12.00', isSilent: false },
    })
    await passTo(world, startAt - 10 * MINUTE_MS)
    const [, soon] = await service.waitForCount(2)
    t.match(soon?.message, { isSilent: true, asks: true })
  },
)

t.test('RE4 what is moved or called off is not told, and what is new is', async (t) => {
  const world = await makeWorld(t)
  const { service } = world
  const startAt = NOW + 4 * HOUR_MS
  const repeat = { every: 'day', weekdays: [], end: { count: 3 } }
  const id = await plan(world, startAt, { repeat })
  const { day } = wallTimeAt(startAt)
  const movedTo = startAt + HOUR_MS
  const move = toMove(movedTo, 1)
  t.equal(
    (await (await signIn(world)).ask('PUT', `/api/appointments/${id}/${day}`, move)).status,
    200,
  )
  await passTo(world, startAt - 10 * MINUTE_MS)
  t.same(service.delivered, [], 'nothing at the old time')
  await passTo(world, movedTo - 10 * MINUTE_MS)
  const [told] = await service.waitForCount(1)
  t.match(told?.message, { title: 'Husk din aftale kl. 15.00' })
  const again = toMove(movedTo + HOUR_MS, 2)
  t.equal(
    (await (await signIn(world)).ask('PUT', `/api/appointments/${id}/${day}`, again)).status,
    200,
  )
  const [, changed] = await service.waitForCount(2)
  t.match(changed?.message, {
    ...{ kind: 'reminder', asks: false, isSilent: false },
    title: 'Aftalen er flyttet til mandag den 2. november kl. 16.00',
    body: 'Mette ringer. Før var den mandag den 2. november kl. 15.00.',
  })
  t.equal(changed?.topic, told?.topic, 'it takes the place of what is no longer so')
  await passTo(world, movedTo + HOUR_MS - 10 * MINUTE_MS)
  const [, , anew] = await service.waitForCount(3)
  t.match(anew?.message, { kind: 'reminder', title: 'Husk din aftale kl. 16.00' })
  const tomorrow = wallTimeAt(startAt + DAY_MS).day
  const cancel = { scope: 'this', revision: 3, to: null }
  const path = `/api/appointments/${id}/${tomorrow}`
  t.equal((await (await signIn(world)).ask('PUT', path, cancel)).status, 200)
  await passTo(world, startAt + DAY_MS)
  t.equal(service.delivered.length, 3, 'of the series that day is called off')
  await passTo(world, startAt + 2 * DAY_MS - 10 * MINUTE_MS)
  t.match((await service.waitForCount(4))[3]?.message, { title: 'Husk din aftale kl. 14.00' })
})

t.test(
  'RE5 whoever pauses is reminded of nothing, nor later of what was due meanwhile',
  async (t) => {
    const world = await makeWorld(t)
    const { service, citizen } = world
    const startAt = NOW + 2 * HOUR_MS
    await plan(world, startAt)
    await say(citizen, '/api/choice/pause', { weeks: 1 })
    await passTo(world, startAt - 9 * MINUTE_MS)
    await say(citizen, '/api/choice/resume', {})
    await passTo(world, startAt - MINUTE_MS)
    t.same(service.delivered, [])
    t.match(await loadReminders(world), [{ state: 'dropped' }])
  },
)

t.test('RE5 what is planned after its time is not told: two have just spoken of it', async (t) => {
  const world = await makeWorld(t)
  const { service, citizen } = world
  await say(citizen, '/api/reminders', { dayBefore: true })
  const startAt = NOW + 5 * HOUR_MS
  await plan(world, startAt)
  await plan(world, NOW + 5 * MINUTE_MS)
  await passTo(world, NOW + HOUR_MS)
  t.same(service.delivered, [])
  await passTo(world, startAt - 10 * MINUTE_MS)
  t.equal((await service.waitForCount(1)).length, 1)
})

t.test('RE6 a server that was away sends what still makes sense, each once', async (t) => {
  const rows = [
    { lead: 'soon', back: (startAt: number) => startAt - 5_000, count: 1 },
    { lead: 'soon', back: (startAt: number) => startAt, count: 0 },
    {
      lead: 'dayBefore',
      back: (startAt: number) => expiresAt('dayBefore', startAt) - 5_000,
      count: 1,
    },
    { lead: 'dayBefore', back: (startAt: number) => expiresAt('dayBefore', startAt), count: 0 },
  ]
  for (const { lead, back, count } of rows) {
    const clock = new FakeClock()
    const databaseFile = `${makeTempDir(t)}/records.sqlite`
    const world = await makeWorld(t, { clock, databaseFile })
    const { service, citizen } = world
    await say(citizen, '/api/reminders', { dayBefore: lead === 'dayBefore' })
    const startAt = TEN_TOMORROW + HOUR_MS
    await plan(world, startAt)
    await world.server.app.close()
    clock.sleep(back(startAt) - clock.now())
    for (let start = 0; start < 2; start += 1) {
      const env = { PUSH_HOSTS: service.host }
      const server = await listen(t, { clock, databaseFile, env })
      await passTo({ server }, clock.now())
      await server.app.close()
    }
    t.equal(remindersOf(service.delivered).length, count, `${lead} ${count}`)
  }
})

t.test('RE6 killed between sending and writing it down, it takes its own place', async (t) => {
  const clock = new FakeClock()
  const databaseFile = `${makeTempDir(t)}/records.sqlite`
  const world = await makeWorld(t, { clock, databaseFile })
  const { service, server } = world
  const startAt = NOW + HOUR_MS
  await plan(world, startAt)
  await passTo(world, startAt - 10 * MINUTE_MS)
  await service.waitForCount(1)
  // As a kill leaves them: the push service has it, and the row does not know.
  await server.app.database.updateTable('push_notices').set({ state: 'sending' }).execute()
  await server.app.database.updateTable('reminders').set({ state: 'due' }).execute()
  await server.app.close()
  const again = await listen(t, { clock, databaseFile, env: { PUSH_HOSTS: service.host } })
  const [first, second] = await service.waitForCount(2)
  t.equal(second?.topic, first?.topic, 'with the push service')
  t.equal(second?.message.tag, first?.message.tag, 'and on the screen')
  await waitFor('it to be written down', async () => {
    const [row] = await loadReminders({ server: again })
    return row?.state === 'sent' || undefined
  })
  await again.app.close()
  const third = await listen(t, { clock, databaseFile, env: { PUSH_HOSTS: service.host } })
  await passTo({ server: third }, startAt - MINUTE_MS)
  t.equal(service.delivered.length, 2, 'and no more')
})

t.test('RE6 a look that fails is tried again, and nothing is lost by it', async (t) => {
  const world = await makeWorld(t)
  const { server, service } = world
  const { app, clock } = server
  const startAt = NOW + 2 * HOUR_MS
  await plan(world, startAt)
  const failed = t.captureFn(() => Promise.reject(new Error('the disk is full')))
  t.intercept(app.appointments, 'loadStarting', { value: failed })
  clock.sleep(startAt - 10 * MINUTE_MS - clock.now())
  await app.reminders.look()
  t.ok(failed.calls.length > 0)
  Reflect.deleteProperty(app.appointments, 'loadStarting')
  // Nobody asks for it: the clock alone brings it.
  clock.advance(30_000)
  const [told] = await service.waitForCount(1)
  t.match(told?.message, { title: 'Husk din aftale kl. 12.00' })
})

t.test('RE6 one that cannot be seen to keeps nobody else waiting', async (t) => {
  const world = await makeWorld(t)
  const { server, service } = world
  const { app, clock } = server
  const startAt = NOW + 2 * HOUR_MS
  await plan(world, startAt, { citizenId: PEOPLE.jens })
  await plan(world, startAt)
  const mayRing = app.choice.mayRing.bind(app.choice)
  t.intercept(app.choice, 'mayRing', {
    value: (citizenId: PersonId, now: number) =>
      citizenId === PEOPLE.jens ? Promise.reject(new Error('unreadable')) : mayRing(citizenId, now),
  })
  clock.sleep(startAt - 10 * MINUTE_MS - clock.now())
  await app.reminders.look()
  const [told] = await service.waitForCount(1)
  t.match(told?.message, { title: 'Husk din aftale kl. 12.00' })
})

t.test('RE7 at ten stays at ten when the clocks change, the day before as well', async (t) => {
  for (const change of ['2027-03-28', '2027-10-31']) {
    // At ten by the wall of that day, which is an hour more or less than a day after ten of the day before.
    const isSpring = change === '2027-03-28'
    const startAt = Date.parse(`${change}T10:00:00${isSpring ? '+02:00' : '+01:00'}`)
    const before = startAt - (isSpring ? 23 : 25) * HOUR_MS
    const clock = new FakeClock(before - 2 * HOUR_MS)
    const world = await makeWorld(t, { clock })
    const { service, citizen } = world
    await say(citizen, '/api/reminders', { dayBefore: true })
    await plan(world, startAt)
    await passTo(world, before - 1)
    t.same(service.delivered, [], change)
    await passTo(world, before)
    const [told] = await service.waitForCount(1)
    const day = isSpring ? 'søndag den 28. marts' : 'søndag den 31. oktober'
    t.match(told?.message, { title: `Husk din aftale ${day} kl. 10.00` }, change)
    await passTo(world, startAt - 10 * MINUTE_MS)
    const [, soon] = await service.waitForCount(2)
    t.match(soon?.message, { title: 'Husk din aftale kl. 10.00' }, change)
  }
})

t.test(
  'RE8 the first page asks from ten minutes before, and the answer is told at once',
  async (t) => {
    const world = await makeWorld(t)
    const { server, service, citizen, mette } = world
    const startAt = NOW + HOUR_MS
    const id = await plan(world, startAt)
    const anna = await server.connect('anna')
    t.equal((await anna.waitFor('welcome')).home?.soon, null)
    const path = `/api/own-appointments/${id}/${wallTimeAt(startAt).day}/answer`
    const early = await citizen.ask('POST', path, { answer: 'more' })
    t.equal(early.code, 'APPOINTMENT_TOO_FAR')
    await passTo(world, startAt - 10 * MINUTE_MS)
    const asked = await anna.waitFor('home.changed', ({ home }) => home.soon !== null)
    t.same(asked.home.soon, { id, day: wallTimeAt(startAt).day })
    await say(citizen, path, { answer: 'more' })
    await mette.waitFor(
      'appointments.changed',
      ({ appointments }) => appointments[0]?.answered === 'more',
    )
    await say(citizen, path, { answer: 'ready' })
    await mette.waitFor('presence.changed', ({ availability }) => availability === 'ready')
    await mette.waitFor(
      'appointments.changed',
      ({ appointments }) => appointments[0]?.answered === 'ready',
    )
    await say(citizen, '/api/ready', { isReady: false })
    const taken = await mette.waitFor(
      'presence.changed',
      ({ availability }) => availability === 'open',
    )
    t.equal(taken.citizenId, PEOPLE.anna)
    await mette.waitUntil(() => {
      const last = mette.frames.findLast((frame) => frame.type === 'appointments.changed')
      return last?.type === 'appointments.changed' && last.appointments[0]?.answered === undefined
        ? true
        : undefined
    }, 'the answer to be taken back')
    await say(citizen, path, { answer: 'off' })
    await mette.waitFor(
      'appointments.changed',
      ({ appointments }) => appointments[0]?.calledOff === 'citizen',
    )
    t.ok(service.delivered.length >= 1)
  },
)

t.test('RE8 ready for a visit or a telephone call is ready for no ring', async (t) => {
  const world = await makeWorld(t)
  const { server, citizen, mette } = world
  await server.connect('anna')
  const startAt = NOW + 20 * MINUTE_MS
  const answer = async (kind: string, at: number) => {
    const id = await plan(world, at, { kind })
    const path = `/api/own-appointments/${id}/${wallTimeAt(at).day}/answer`
    await say(citizen, path, { answer: 'ready' })
    await mette.waitFor('appointments.changed', ({ appointments }) =>
      appointments.some((each) => each.id === id && each.answered === 'ready'),
    )
  }
  const wasReady = () =>
    mette.frames.some(
      (frame) => frame.type === 'presence.changed' && frame.availability === 'ready',
    )
  await answer('phone', startAt + MINUTE_MS)
  await answer('visit', startAt)
  t.notOk(wasReady())
  await answer('video', startAt - MINUTE_MS)
  t.ok(wasReady())
})

t.test(
  'RE9 it is answered on the notice by its token, and the other devices hear of it',
  async (t) => {
    const world = await makeWorld(t)
    const { server, service, worker, mette } = world
    const phone = await pairDevice(server.app, () => server.clock.now(), worker)
    await subscribe(phone, service.makeBrowser('/push/phone'), 3)
    const startAt = NOW + HOUR_MS
    const id = await plan(world, startAt)
    await passTo(world, startAt - 10 * MINUTE_MS)
    const [one] = await service.waitForCount(2)
    const token = one?.message.token ?? ''
    const answer = (body: object) =>
      server.app.inject({
        method: 'POST',
        url: '/api/push/answer',
        headers: { origin: 'http://localhost:8080' },
        payload: body,
      })
    t.equal((await answer({ token, answer: 'later' })).statusCode, 400)
    t.equal((await answer({ token: 'A'.repeat(43), answer: 'off' })).statusCode, 404)
    t.equal((await answer({ token, answer: 'more' })).statusCode, 204)
    await mette.waitFor(
      'appointments.changed',
      ({ appointments }) => appointments[0]?.answered === 'more',
    )
    const [, , ended] = await service.waitForCount(3)
    t.match(ended?.message, { kind: 'over', title: 'Tak for svaret' })
    t.not(ended?.path, one?.path, 'not the one on which it was answered')
    const move = toMove(startAt + HOUR_MS, 1)
    const path = `/api/appointments/${id}/${wallTimeAt(startAt).day}`
    t.equal((await (await signIn(world)).ask('PUT', path, move)).status, 200)
    t.equal(
      (await answer({ token, answer: 'off' })).json<{ code: string }>().code,
      'APPOINTMENT_CHANGED',
    )
  },
)

t.test('N6 the receipt of a reminder tells the workers that the device can be woken', async (t) => {
  const world = await makeWorld(t)
  const { server, service, mette, device } = world
  const startAt = NOW + HOUR_MS
  await plan(world, startAt)
  await passTo(world, startAt - 10 * MINUTE_MS)
  const [told] = await service.waitForCount(1)
  await mette.waitFor('reached.changed', ({ reached }) => reached?.state === 'sent')
  t.equal((await sayAbout(server, 'receipt', told?.message.token ?? '')).statusCode, 204)
  await mette.waitFor('reached.changed', ({ reached }) => reached?.state === 'arrived')
  const { citizens } = await (await server.connect('mette')).waitFor('welcome')
  const anna = citizens.find(({ person }) => person.id === PEOPLE.anna)
  t.match(anna?.reached, { state: 'arrived', at: startAt - 10 * MINUTE_MS })
  await waitFor('the line of the checklist', async () => {
    const rows = await server.app.database
      .selectFrom('device_checks')
      .selectAll()
      .where('line', '=', 'woken')
      .execute()
    return rows.some((row) => row.device_id === device.id && row.is_ok === 1) || undefined
  })
  const ole = await (await server.connect('ole')).waitFor('welcome')
  t.notOk(ole.citizens.some(({ person }) => person.id === PEOPLE.anna))
})

t.test('N6 where no push service takes it, the workers read that it has not come', async (t) => {
  const world = await makeWorld(t)
  const { service, mette } = world
  service.answer = () => ({ status: 410 })
  const startAt = NOW + HOUR_MS
  await plan(world, startAt)
  await passTo(world, startAt - 10 * MINUTE_MS)
  await mette.waitFor('reached.changed', ({ reached }) => reached?.state === 'failed')
  t.match(await loadReminders(world), [{ state: 'failed' }])
})

t.test('L-02 what came of reminders is forgotten two days after the appointment', async (t) => {
  const world = await makeWorld(t)
  const startAt = NOW + HOUR_MS
  await plan(world, startAt)
  await passTo(world, startAt - 10 * MINUTE_MS)
  await passTo(world, startAt + 2 * DAY_MS)
  t.equal((await loadReminders(world)).length, 1)
  await passTo(world, startAt + 2 * DAY_MS + 1)
  await world.server.app.reminders.removeOld()
  t.same(await loadReminders(world), [])
})
