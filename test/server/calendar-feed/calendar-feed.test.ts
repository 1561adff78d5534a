import ICAL from 'ical.js'
import t, { type Test } from 'tap'
import type { AppointmentId } from '@naervaer/shared'
import { wallTimeAt } from '@naervaer/shared/wall'
import { foldLine } from '../../../server/src/calendar-feed/write-calendar.ts'
import { waitFor } from '../../e2e/support/wait.ts'
import { makeApp } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

async function makeWorld(t: Test, clock = new FakeClock(), env: Record<string, string> = {}) {
  const { app } = await makeApp(t, { clock, env })
  const worker = await HttpPerson.signIn(app, 'mette')
  // Those of the demo.
  await app.database.deleteFrom('appointments').execute()
  const made = await worker.ask('POST', '/api/own/calendar-feed')
  t.equal(made.status, 201)
  const { url } = made.body as { url: string }
  return { app, clock, worker, path: new URL(url).pathname }
}

type World = Awaited<ReturnType<typeof makeWorld>>

async function plan({ worker }: World, startAt: number, more: object = {}): Promise<AppointmentId> {
  const wish = {
    ...{ citizenId: PEOPLE.anna, kind: 'video', lengthMinutes: 20, repeat: null },
    ...wallTimeAt(startAt),
    ...more,
  }
  const { status, body } = await worker.ask('POST', '/api/appointments', wish)
  if (status !== 201) throw new Error(`answered ${status} ${JSON.stringify(body)}`)
  return (body as { id: AppointmentId }).id
}

const fetchFeed = (
  { app }: Pick<World, 'app'>,
  path: string,
  headers: Record<string, string> = {},
) => app.inject({ method: 'GET', url: path, headers })

/** By another's parser, which knows of the time zone what the feed itself says, and nothing else. */
function parse(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[])
  const zone = calendar.getFirstSubcomponent('vtimezone')
  if (zone === null) throw new Error('no time zone')
  ICAL.TimezoneService.reset()
  ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
  const all = events.map((event) => ({
    uid: event.uid,
    startAt: event.startDate.toJSDate().getTime(),
    endAt: event.endDate.toJSDate().getTime(),
    wall: event.startDate.toString(),
    summary: event.summary,
    sequence: event.sequence,
    status: String(event.component.getFirstPropertyValue('status')),
    changedAt: String(event.component.getFirstPropertyValue('last-modified')),
  }))
  return { calendar, events: all }
}

t.test(
  'IC1 an independent parser reads what was agreed, on both sides of the changes of clock',
  async (t) => {
    for (const [change, hour] of [
      ['2027-03-28', '10:00:00+02:00'],
      ['2027-10-31', '10:00:00+01:00'],
    ] as const) {
      const dayOfChange = Date.parse(`${change}T${hour}`)
      const clock = new FakeClock(dayOfChange - 5 * DAY_MS)
      const world = await makeWorld(t, clock)
      const weekdays = [1, 2, 3, 4, 5, 6, 7]
      const startAt = Date.parse(`${wallTimeAt(dayOfChange - 3 * DAY_MS).day}T00:00:00Z`)
      const { day } = wallTimeAt(startAt)
      const repeat = { every: 'week', weekdays, end: { count: 6 } }
      await plan(world, startAt, { day, minute: 600, repeat })
      const { body } = await fetchFeed(world, world.path)
      const { events } = parse(body)
      t.equal(events.length, 6, change)
      for (const event of events) {
        t.match(event.wall, /T10:00:00$/, event.wall)
        t.same(wallTimeAt(event.startAt).minute, 600, event.wall)
        t.equal(event.endAt - event.startAt, 20 * 60_000)
      }
      const [, , before, after] = events
      const gap = (after?.startAt ?? 0) - (before?.startAt ?? 0)
      t.equal(gap, (change === '2027-03-28' ? 23 : 25) * HOUR_MS, change)
    }
  },
)

t.test(
  'IC1 the hour that comes twice and the one that is left out are what they are',
  async (t) => {
    const clock = new FakeClock(Date.UTC(2027, 9, 29))
    const world = await makeWorld(t, clock)
    // From 2.30 of the summer, for an hour: it ends at 2.30 of the winter.
    await plan(world, 0, { day: '2027-10-31', minute: 150, lengthMinutes: 60 })
    const { events } = parse((await fetchFeed(world, world.path)).body)
    t.equal(events[0]?.startAt, Date.UTC(2027, 9, 31, 0, 30))
    t.equal(events[0]?.endAt, Date.UTC(2027, 9, 31, 1, 30))
    const spring = await makeWorld(t, new FakeClock(Date.UTC(2027, 2, 26)))
    const repeat = { every: 'day', weekdays: [], end: { count: 3 } }
    await plan(spring, 0, { day: '2027-03-27', minute: 150, repeat })
    const days = parse((await fetchFeed(spring, spring.path)).body).events.map(({ wall }) => wall)
    t.same(days, ['2027-03-27T02:30:00', '2027-03-28T03:30:00', '2027-03-29T02:30:00'])
  },
)

t.test('IC2 it names nobody, is nobody’s to keep, and says what it is', async (t) => {
  const world = await makeWorld(t)
  const startAt = world.clock.now() + 2 * HOUR_MS
  await plan(world, startAt)
  await plan(world, startAt + HOUR_MS, { kind: 'visit' })
  await plan(world, startAt + 2 * HOUR_MS, { kind: 'phone' })
  const answer = await fetchFeed(world, world.path)
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['content-type'], 'text/calendar; charset=utf-8')
  t.equal(answer.headers['cache-control'], 'no-store')
  const { calendar, events } = parse(answer.body)
  t.same(
    events.map(({ summary }) => summary),
    ['Videosamtale', 'Besøg', 'Telefon'],
  )
  t.notMatch(answer.body, /Anna|Mette|Holm/)
  t.notOk(answer.body.includes(PEOPLE.anna))
  t.equal(calendar.getFirstPropertyValue('version'), '2.0')
  t.ok(answer.body.endsWith('END:VCALENDAR\r\n'))
  for (const line of answer.body.split('\r\n')) t.ok(Buffer.byteLength(line) <= 75, line)
  t.notMatch(answer.body.replaceAll('\r\n', ''), /[\r\n]/)
})

t.test('IC2 first names stand in it where the municipality has chosen them', async (t) => {
  const world = await makeWorld(t, new FakeClock(), { CALENDAR_NAMES: 'on' })
  await plan(world, world.clock.now() + HOUR_MS)
  const { events } = parse((await fetchFeed(world, world.path)).body)
  t.same(
    events.map(({ summary }) => summary),
    ['Videosamtale: Anna'],
  )
})

t.test('IC3 what is moved keeps its name, and what is called off says so', async (t) => {
  const world = await makeWorld(t)
  const { clock, worker } = world
  const startAt = clock.now() + 2 * HOUR_MS
  const repeat = { every: 'day', weekdays: [], end: { count: 2 } }
  const id = await plan(world, startAt, { repeat })
  const { day } = wallTimeAt(startAt)
  const [first] = parse((await fetchFeed(world, world.path)).body).events
  t.match(first, { startAt, sequence: 0, status: 'CONFIRMED' })
  clock.advance(60_000)
  const to = { kind: 'video', ...wallTimeAt(startAt + HOUR_MS), lengthMinutes: 20 }
  const moved = { scope: 'this', revision: 1, to }
  t.equal((await worker.ask('PUT', `/api/appointments/${id}/${day}`, moved)).status, 200)
  const [again] = parse((await fetchFeed(world, world.path)).body).events
  t.match(again, { uid: first?.uid, startAt: startAt + HOUR_MS, sequence: 1 })
  t.not(again?.changedAt, first?.changedAt)
  const tomorrow = wallTimeAt(startAt + DAY_MS).day
  const cancel = { scope: 'this', revision: 2, to: null }
  const path = `/api/appointments/${id}/${tomorrow}`
  t.equal((await worker.ask('PUT', path, cancel)).status, 200)
  const { events } = parse((await fetchFeed(world, world.path)).body)
  t.same(
    events.map(({ status }) => status),
    ['CONFIRMED', 'CANCELLED'],
  )
  t.equal(new Set(events.map(({ uid }) => uid)).size, 2)
})

t.test('IC4 nothing new is not sent again', async (t) => {
  const world = await makeWorld(t)
  await plan(world, world.clock.now() + 2 * HOUR_MS)
  const { headers } = await fetchFeed(world, world.path)
  world.clock.advance(60_000)
  const etag = String(headers.etag)
  const same = await fetchFeed(world, world.path, { 'if-none-match': etag })
  t.equal(same.statusCode, 304)
  t.equal(same.body, '')
  // As a proxy that packs what it passes on asks, and a program that has several of them.
  for (const asked of [`W/${etag}`, `"other", W/${etag}`, '*']) {
    const known = await fetchFeed(world, world.path, { 'if-none-match': asked })
    t.equal(known.statusCode, 304, asked)
  }
  const unknown = await fetchFeed(world, world.path, { 'if-none-match': 'W/"other"' })
  t.equal(unknown.statusCode, 200)
  await plan(world, world.clock.now() + 3 * HOUR_MS)
  const other = await fetchFeed(world, world.path, { 'if-none-match': etag })
  t.equal(other.statusCode, 200)
  t.not(other.headers.etag, etag)
})

t.test('IC5 only the newest address opens it, and none once it is closed', async (t) => {
  const world = await makeWorld(t)
  const { app, worker, path } = world
  const kept = await app.database.selectFrom('calendar_feeds').selectAll().execute()
  t.notOk(JSON.stringify(kept).includes(path.slice(-47, -4)), 'only the hash is kept')
  const since = async () => (await worker.ask('GET', '/api/own/calendar-feed')).body
  t.same(await since(), { since: world.clock.now(), hasNames: false })
  const renewed = await worker.ask('POST', '/api/own/calendar-feed')
  const { pathname } = new URL((renewed.body as { url: string }).url)
  t.equal((await fetchFeed(world, path)).statusCode, 404)
  t.equal((await fetchFeed(world, pathname)).statusCode, 200)
  t.equal((await worker.ask('DELETE', '/api/own/calendar-feed')).status, 204)
  t.equal((await worker.ask('DELETE', '/api/own/calendar-feed')).status, 204)
  t.equal((await fetchFeed(world, pathname)).statusCode, 404)
  t.same(await since(), { since: null, hasNames: false })
  for (const file of ['x.ics', `${'A'.repeat(43)}.ics`, 'A'.repeat(43), '..%2f..%2fhealth']) {
    t.equal((await fetchFeed(world, `/api/calendar/${file}`)).statusCode, 404, file)
  }
  const lines = await app.database
    .selectFrom('audit_events')
    .select(['action', 'details'])
    .where('action', 'like', 'calendarFeed.%')
    .orderBy('seq')
    .execute()
  t.same(
    lines.map(({ action, details }) => `${action} ${details}`),
    ['calendarFeed.made {}', 'calendarFeed.made {}', 'calendarFeed.revoked {}'],
  )
})

t.test('IC5 whoever works here no more has no calendar here either', async (t) => {
  const world = await makeWorld(t)
  const { app, clock, path } = world
  t.equal((await fetchFeed(world, path)).statusCode, 200)
  await app.database
    .updateTable('people')
    .set({ disabled_at: clock.now() })
    .where('id', '=', PEOPLE.mette)
    .execute()
  t.equal((await fetchFeed(world, path)).statusCode, 404)
  // Nothing is left of it within the hour.
  clock.advance(HOUR_MS)
  await waitFor('the row to go', async () => {
    const rows = await app.database.selectFrom('calendar_feeds').selectAll().execute()
    return rows.length === 0 || undefined
  })
  const line = await app.database
    .selectFrom('audit_events')
    .select(['actor_id', 'subject_id'])
    .where('action', '=', 'calendarFeed.revoked')
    .executeTakeFirst()
  t.same(line, { actor_id: null, subject_id: PEOPLE.mette })
})

t.test('IC6 so many guesses from one address are too many', async (t) => {
  const world = await makeWorld(t)
  let last = 0
  for (let time = 0; time < 130 && last !== 429; time += 1) {
    last = (await fetchFeed(world, `/api/calendar/${'A'.repeat(43)}.ics`)).statusCode
  }
  t.equal(last, 429)
})

t.test(
  'IC7 a line of any letters is folded within 75 octets, and is the same unfolded',
  async (t) => {
    for (const line of ['', 'a'.repeat(75), 'a'.repeat(76), 'æ'.repeat(200), '👩‍🦽'.repeat(40)]) {
      const folded = foldLine(line)
      t.equal(folded.replaceAll('\r\n ', ''), line)
      for (const part of folded.split('\r\n')) t.ok(Buffer.byteLength(part) <= 75)
    }
    return Promise.resolve()
  },
)
