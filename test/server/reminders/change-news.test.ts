import t, { type Test } from 'tap'
import type { AppointmentId } from '@naervaer/shared'
import type {} from '../../../server/src/appointments/plugin.ts'
import type {} from '../../../server/src/reminders/plugin.ts'
import { TAKE_BACK_MS } from '@naervaer/shared/appointments'
import { NEWS_SETTLE_MS } from '@naervaer/shared/reminders'
import { wallTimeAt } from '@naervaer/shared/wall'
import { waitFor } from '../../e2e/support/wait.ts'
import { listen, makeTempDir } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { pairDevice } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makePushWorld, sayAbout, subscribe, type WorldOptions } from '../push/push-world.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Ten by the wall, on a Monday. */
const NOW = Date.UTC(2026, 10, 2, 9)

type Scope = 'this' | 'following' | 'all'

/** Mette plans with Anna, whose app is closed, and changes it. */
async function makeWorld(t: Test, options: WorldOptions = {}) {
  const world = await makePushWorld(t, { isUnlimited: true, ...options })
  const { app, clock } = world.server
  const citizen = await HttpPerson.signIn(app, 'anna')
  // Staff are signed out after a while, and time flies here.
  const ask = async (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => {
    const answer = await (await HttpPerson.signIn(app, 'mette')).ask(method, path, body)
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status} ${answer.code}`)
    return answer.body
  }
  const plan = async (startAt: number, more: object = {}): Promise<AppointmentId> => {
    const wish = { citizenId: PEOPLE.anna, kind: 'video', lengthMinutes: 20, repeat: null }
    const made = await ask('POST', '/api/appointments', {
      ...wish,
      ...wallTimeAt(startAt),
      ...more,
    })
    return (made as { id: AppointmentId }).id
  }
  const change = (
    id: AppointmentId,
    fromAt: number,
    {
      toAt,
      revision = 1,
      scope = 'this',
    }: { toAt: number | null; revision?: number; scope?: Scope },
  ) => {
    const to = toAt === null ? null : { kind: 'video', lengthMinutes: 20, ...wallTimeAt(toAt) }
    const path = `/api/appointments/${id}/${wallTimeAt(fromAt).day}`
    return ask('PUT', path, { scope, revision, to })
  }
  const takeBack = (id: AppointmentId) => ask('DELETE', `/api/appointments/${id}`)
  const say = async (path: string, body: object) => {
    const { status, code } = await citizen.ask('POST', path, body)
    if (status >= 300) throw new Error(`${path} answered ${status} ${code ?? ''}`)
  }
  const passTo = async (at: number) => {
    clock.sleep(at - clock.now())
    await app.reminders.look()
    clock.advance(0)
    await waitFor('nothing to be on its way', async () => {
      const news = app.database.selectFrom('appointment_news').select('id')
      const due = await news.where('state', '=', 'due').where('due_at', '<=', at).execute()
      const held = await app.database.selectFrom('quiet_hours').selectAll().execute()
      const reminders = app.database.selectFrom('reminders').select('id')
      const open = await reminders.where('state', '=', 'due').execute()
      return (due.length === 0 || held.length > 0) && open.length === 0 ? true : undefined
    })
  }
  /** What has been told since the last time it was asked. */
  let seen = 0
  const listTold = () => {
    const told = world.service.delivered.slice(seen)
    seen = world.service.delivered.length
    return told
  }
  const waitForTold = async (count: number) => {
    await world.service.waitForCount(seen + count)
    return listTold()
  }
  return { ...world, app, clock, plan, change, takeBack, say, passTo, listTold, waitForTold }
}

t.test('AP15 RE4 what is taken back after its reminder is replaced on every device', async (t) => {
  const { server, service, worker, clock, plan, takeBack, passTo, waitForTold } = await makeWorld(t)
  const phone = await pairDevice(server.app, () => clock.now(), worker)
  await subscribe(phone, service.makeBrowser('/push/phone'), 1)
  const startAt = NOW + 15 * MINUTE_MS
  const id = await plan(startAt)
  await passTo(startAt - 10 * MINUTE_MS)
  const reminders = await waitForTold(2)
  await takeBack(id)
  const told = await waitForTold(2)
  t.strictSame(new Set(told.map(({ topic }) => topic)), new Set([reminders[0]?.topic]))
  t.strictSame(
    told.map(({ message: { level, title, body } }) => `${level} ${title}|${body}`).toSorted(),
    ['1 Ny besked|', '3 Aftalen er aflyst|Det var mandag den 2. november kl. 10.15.'],
  )
})

t.test('AP15 a mistake that nobody has heard of is taken back and changed unheard', async (t) => {
  const { plan, change, takeBack, passTo, listTold } = await makeWorld(t)
  const startAt = NOW + 3 * HOUR_MS
  await takeBack(await plan(startAt))
  const id = await plan(startAt)
  await passTo(NOW + TAKE_BACK_MS - 1)
  await change(id, startAt, { toAt: startAt + HOUR_MS })
  await passTo(NOW + 2 * TAKE_BACK_MS)
  t.same(listTold(), [])
})

t.test('RE12 a closed app is told of what is moved or called off, once each', async (t) => {
  const { server, plan, change, passTo, listTold, waitForTold } = await makeWorld(t)
  const startAt = NOW + DAY_MS
  const id = await plan(startAt)
  await plan(NOW + 10 * DAY_MS)
  const after = NOW + TAKE_BACK_MS
  await passTo(after)
  await change(id, startAt, { toAt: startAt + HOUR_MS })
  await passTo(after + NEWS_SETTLE_MS - 1)
  t.same(listTold(), [], 'whoever plans may correct it first')
  await passTo(after + NEWS_SETTLE_MS)
  const [moved] = await waitForTold(1)
  t.match(moved?.message, {
    ...{ kind: 'reminder', asks: false, isSilent: false },
    title: 'Aftalen er flyttet til tirsdag den 3. november kl. 11.00',
    body: 'Mette ringer. Før var den tirsdag den 3. november kl. 10.00.',
  })
  const receipt = await sayAbout(server, 'receipt', moved?.message.token ?? '')
  t.equal(receipt.statusCode, 204)
  await change(id, startAt, { toAt: null, revision: 2 })
  const [cancelled] = await waitForTold(1)
  t.match(cancelled?.message, {
    title: 'Aftalen er aflyst',
    body: 'Det var tirsdag den 3. november kl. 11.00.',
  })
  t.equal(cancelled?.topic, moved?.topic, 'it takes the place of what is no longer so')
  await passTo(after + HOUR_MS)
  t.same(listTold(), [])
})

t.test('RE12 of several changes at once the citizen is told what came of them', async (t) => {
  const { plan, change, passTo, listTold, waitForTold } = await makeWorld(t)
  const startAt = NOW + DAY_MS
  const id = await plan(startAt)
  const far = await plan(NOW + 20 * DAY_MS)
  let now = NOW + TAKE_BACK_MS
  await passTo(now)
  await change(far, NOW + 20 * DAY_MS, { toAt: NOW + 21 * DAY_MS })
  await change(id, startAt, { toAt: startAt + HOUR_MS })
  await change(id, startAt, { toAt: null, revision: 2 })
  await change(id, startAt, { toAt: startAt, revision: 3 })
  now += HOUR_MS
  await passTo(now)
  t.same(listTold(), [], 'it is as it was, and what is far away is read in time')
  await change(id, startAt, { toAt: startAt + HOUR_MS, revision: 4 })
  await change(id, startAt, { toAt: startAt + 2 * HOUR_MS, revision: 5 })
  await passTo(now + NEWS_SETTLE_MS)
  const [told] = await waitForTold(1)
  t.match(told?.message, { body: /Før var den tirsdag den 3. november kl. 10.00/u })
  t.match(told?.message.title, /kl\. 12\.00$/u)
})

t.test('RE12 of a series its next time is told, where it goes on under another name', async (t) => {
  const { plan, change, passTo, waitForTold } = await makeWorld(t)
  const startAt = NOW + 4 * HOUR_MS
  const repeat = { every: 'day', weekdays: [], end: { count: 5 } }
  const id = await plan(startAt, { repeat })
  const after = NOW + TAKE_BACK_MS
  await passTo(after)
  const second = startAt + DAY_MS
  const made = await change(id, second, { toAt: second + HOUR_MS, scope: 'following' })
  await passTo(after + NEWS_SETTLE_MS)
  const [moved] = await waitForTold(1)
  t.match(moved?.message, { title: 'Aftalen er flyttet til tirsdag den 3. november kl. 15.00' })
  const { id: added, revision } = made as { id: AppointmentId; revision: number }
  t.not(added, id)
  await change(added, second, { toAt: null, scope: 'all', revision })
  const [ended] = await waitForTold(1)
  t.match(ended?.message, { body: 'Det var tirsdag den 3. november kl. 15.00.' })
  t.equal(ended?.topic, moved?.topic)
})

t.test('RE12 quiet hours wait for their end, and what would come too late does not', async (t) => {
  const { app, plan, change, say, passTo, listTold, waitForTold } = await makeWorld(t)
  // From 10.00 to 13.00 by the wall; it is 10.00.
  await say('/api/quiet-hours', { quiet: { from: 600, to: 780 } })
  const tomorrow = await plan(NOW + DAY_MS)
  const soon = await plan(NOW + 2 * HOUR_MS)
  const after = NOW + TAKE_BACK_MS
  await passTo(after)
  await change(tomorrow, NOW + DAY_MS, { toAt: NOW + DAY_MS + HOUR_MS })
  await change(soon, NOW + 2 * HOUR_MS, { toAt: null })
  await passTo(after + NEWS_SETTLE_MS)
  const [silent] = await waitForTold(1)
  t.match(silent?.message, { title: 'Aftalen er aflyst', isSilent: true })
  await passTo(NOW + 3 * HOUR_MS - 1)
  t.same(listTold(), [])
  await passTo(NOW + 3 * HOUR_MS)
  const [told] = await waitForTold(1)
  t.match(told?.message, { isSilent: false, title: /^Aftalen er flyttet til tirsdag/u })
  t.equal((await app.database.selectFrom('appointment_news').selectAll().execute()).length, 2)
})

t.test('RE12 once also over restarts, and after what the server missed', async (t) => {
  const clock = new FakeClock()
  const databaseFile = `${makeTempDir(t)}/records.sqlite`
  const { service, app, plan, change, passTo } = await makeWorld(t, { clock, databaseFile })
  const startAt = NOW + DAY_MS
  const id = await plan(startAt)
  await passTo(NOW + TAKE_BACK_MS)
  await change(id, startAt, { toAt: null })
  await app.close()
  clock.sleep(HOUR_MS)
  const env = { PUSH_HOSTS: service.host }
  const again = await listen(t, { clock, databaseFile, env })
  const [first] = await service.waitForCount(1)
  const waitForState = (server: typeof again) =>
    waitFor('it to be written down', async () => {
      const row = await server.app.database
        .selectFrom('appointment_news')
        .select('state')
        .executeTakeFirst()
      return row?.state === 'sent' || undefined
    })
  await waitForState(again)
  // As a kill leaves them: the push service has it, and the row does not know.
  await again.app.database.updateTable('push_notices').set({ state: 'sending' }).execute()
  await again.app.database.updateTable('appointment_news').set({ state: 'due' }).execute()
  await again.app.close()
  const third = await listen(t, { clock, databaseFile, env })
  const [, second] = await service.waitForCount(2)
  t.equal(second?.topic, first?.topic)
  await waitForState(third)
  // Written down with each device, and with nothing else.
  await third.app.database.updateTable('appointment_news').set({ state: 'due' }).execute()
  await third.app.close()
  const fourth = await listen(t, { clock, databaseFile, env })
  await waitForState(fourth)
  t.equal(service.delivered.length, 2, 'no device twice that is known to be told')
})

t.test('RE5 a time that is moved away and comes back is reminded of again', async (t) => {
  const { plan, change, passTo, listTold, waitForTold } = await makeWorld(t)
  const startAt = NOW + HOUR_MS
  const id = await plan(startAt)
  await passTo(startAt - 10 * MINUTE_MS)
  const [first] = await waitForTold(1)
  await change(id, startAt, { toAt: startAt + HOUR_MS })
  const [moved] = await waitForTold(1)
  t.match(moved?.message, { title: /kl\. 12\.00$/u })
  await change(id, startAt, { toAt: startAt, revision: 2 })
  const [again] = await waitForTold(1)
  t.match(again?.message, { title: 'Husk din aftale kl. 11.00', asks: true })
  t.strictSame(
    new Set([first, moved, again].map((each) => each?.message.tag)),
    new Set([first?.message.tag]),
    'on the screen they are one',
  )
  await passTo(startAt)
  t.same(listTold(), [], 'and are no more')
})

t.test('RE3 a reminder that is still tried when it becomes quiet waits as well', async (t) => {
  const { app, service, clock, plan, say } = await makeWorld(t)
  await say('/api/reminders', { dayBefore: true })
  // From 12.00 to 13.00 by the wall; it is due at 11.00.
  await say('/api/quiet-hours', { quiet: { from: 720, to: 780 } })
  await plan(NOW + 25 * HOUR_MS)
  let tries = 0
  service.answer = () => {
    tries += 1
    return { status: 503 }
  }
  clock.sleep(HOUR_MS)
  await app.reminders.look()
  await waitFor('a first try', () => Promise.resolve(tries > 0 || undefined))
  const stopped = t.capture(app.push, 'stopReminder', app.push.stopReminder.bind(app.push))
  // Nobody asks for it: the clock alone tells that it has become quiet.
  clock.sleep(HOUR_MS)
  await waitFor('it to be stopped', () => Promise.resolve(stopped.args().length > 0 || undefined))
  service.answer = () => ({ status: 201 })
  clock.advance(59 * MINUTE_MS)
  t.same(service.delivered, [])
  clock.advance(MINUTE_MS)
  const [told] = await service.waitForCount(1)
  t.match(told?.message, { title: 'Husk din aftale tirsdag den 3. november kl. 11.00' })
})

t.test('L-02 it is forgotten five days after the change, and with a stop', async (t) => {
  const { app, clock, plan, change, say, passTo, waitForTold } = await makeWorld(t)
  const count = async () =>
    (await app.database.selectFrom('appointment_news').select('id').execute()).length
  const cancel = async (startAt: number) => {
    const id = await plan(startAt)
    const at = clock.now() + TAKE_BACK_MS
    await passTo(at)
    await change(id, startAt, { toAt: null })
    await passTo(at + NEWS_SETTLE_MS)
    await waitForTold(1)
  }
  await cancel(NOW + DAY_MS)
  clock.advance(5 * DAY_MS - NEWS_SETTLE_MS - HOUR_MS)
  t.equal(await count(), 1)
  await waitFor('the sweep', async () => {
    clock.advance(HOUR_MS)
    return (await count()) === 0 || undefined
  })
  t.ok(clock.now() - NOW <= 5 * DAY_MS + 4 * HOUR_MS)
  await cancel(clock.now() + DAY_MS)
  await say('/api/choice/stop', {})
  await waitFor('it to be forgotten', async () => (await count()) === 0 || undefined)
})

t.test('RE12 whoever pauses is told nothing new, and is not left with what is wrong', async (t) => {
  const { clock, plan, change, say, passTo, listTold, waitForTold } = await makeWorld(t)
  const soonAt = NOW + HOUR_MS
  const [soon, later] = [await plan(soonAt), await plan(NOW + DAY_MS)]
  await passTo(soonAt - 10 * MINUTE_MS)
  const [reminder] = await waitForTold(1)
  await say('/api/choice/pause', { weeks: 1 })
  await change(later, NOW + DAY_MS, { toAt: null })
  await change(soon, soonAt, { toAt: null })
  const [told] = await waitForTold(1)
  t.match(told?.message, { title: 'Aftalen er aflyst', tag: reminder?.message.tag })
  await passTo(clock.now() + NEWS_SETTLE_MS)
  await say('/api/choice/resume', {})
  await passTo(clock.now() + HOUR_MS)
  t.same(listTold(), [])
})
