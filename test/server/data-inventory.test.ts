import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { CALLBACK_MS, READY_AWAY_MS, SUPPORT_CODE_LIFE_MS, type DurationMs } from '@naervaer/shared'
import type { Tables } from '../../server/src/database/schema.ts'
import { waitFor } from '../e2e/support/wait.ts'
import { HttpPerson } from '../helpers/http-person.ts'
import { PEOPLE } from '../helpers/people.ts'
import { makeDeviceNote, makeReport } from '../helpers/tech-report.ts'
import { INVITE, makePushWorld, type PushWorld } from './push/push-world.ts'

const DAY_MS: DurationMs = 24 * 3_600_000

/** No more than the time between two sweeps: one that is under way is waited for, and so misses a turn. */
const SWEEP_MS: DurationMs = 600_000

/** The tables that operators are told of, by their names. */
async function listDocumented(): Promise<string[]> {
  const page = await readFile(new URL('../../docs/operating.md', import.meta.url), 'utf8')
  const [, rest = ''] = page.split('## What is stored')
  const [section = ''] = rest.split('\n## ')
  const cells = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|')[1] ?? '')
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name))
}

t.test('L-01 operators are told of every table there is, and of no other', async (t) => {
  const { server } = await makePushWorld(t)
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_schema
    where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'
  `.execute(server.app.database)
  const documented = await listDocumented()
  t.ok(rows.length > 20)
  t.strictSame(documented.toSorted(), rows.map(({ name }) => name).sort())
})

/** What is kept of a citizen's telephone and of what they have said on their first page. */
const KEPT = [
  'push_subscriptions',
  'push_notices',
  'device_checks',
  'device_states',
  'device_tests',
  'readiness',
  'callbacks',
  'quiet_hours',
  'phones',
  'reminder_wishes',
  'tech_reports',
] as const satisfies readonly (keyof Tables)[]
type Kept = (typeof KEPT)[number]

/** Anna has said and done all there is: each of the tables has a row. */
async function makeFullWorld(t: Test): Promise<PushWorld> {
  const world = await makePushWorld(t)
  const { server, service, mette, device } = world
  const say = async (path: string, body: object) => {
    const answer = await device.askProven(`/api/${path}`, 'POST', body)
    t.equal(answer.statusCode, 204, path)
  }
  const { id } = await mette.must(INVITE)
  await service.waitForCount(1)
  await mette.must({ type: 'call.cancel', call: id })
  await mette.waitForState(id, 'ended')
  await say('check/results', { line: 'sound', isOk: true })
  await say('check/state', makeDeviceNote({ occasion: 'tested' }))
  await say('ready', { isReady: true })
  await say('callback', { isWanted: true })
  await say('quiet-hours', { quiet: { from: 0, to: 60 } })
  await say('reminders', { dayBefore: true })
  const written = await world.worker.ask(`/api/citizens/${PEOPLE.anna}/phone`, {
    method: 'PUT',
    body: { phone: '+4520304050' },
  })
  t.equal(written.statusCode, 204)
  const left = await new HttpPerson(server.app).ask('POST', '/api/check/reports', makeReport())
  t.equal(left.status, 201)
  t.strictSame(await listLeft(world), [...KEPT], 'each has something')
  return world
}

async function listLeft({ server }: PushWorld): Promise<Kept[]> {
  const counts = KEPT.map(async (table) => {
    const rows = await server.app.database.selectFrom(table).selectAll().execute()
    return rows.length > 0 ? [table] : []
  })
  return (await Promise.all(counts)).flat()
}

/** Waits until these are what is left: what has been set going is seen to behind what is asked. */
async function expectLeft(
  t: Test,
  world: PushWorld,
  left: readonly Kept[],
  passTime: () => void = () => undefined,
): Promise<void> {
  let found: Kept[] = []
  await waitFor(`only ${left.join(', ') || 'nothing'} to be left`, async () => {
    found = await listLeft(world)
    if (found.length <= left.length) return true
    passTime()
    return undefined
  })
  t.strictSame(found, [...left])
}

t.test('L-02 each of them goes on its day, by the server’s own clock', async (t) => {
  const world = await makeFullWorld(t)
  const { clock } = world.server
  const steps: readonly (readonly [afterMs: DurationMs, goes: readonly Kept[]])[] = [
    [READY_AWAY_MS, ['readiness']],
    [SUPPORT_CODE_LIFE_MS, ['tech_reports']],
    [2 * DAY_MS, ['push_notices']],
    [CALLBACK_MS, ['callbacks']],
    [90 * DAY_MS, ['push_subscriptions', 'device_states', 'device_tests']],
  ]
  const startedAt = clock.now()
  const left = new Set<Kept>(KEPT)
  for (const [afterMs, goes] of steps) {
    clock.sleep(startedAt + afterMs - 1 - clock.now())
    await expectLeft(t, world, [...left])
    clock.advance(1)
    for (const table of goes) left.delete(table)
    await expectLeft(t, world, [...left], () => clock.advance(SWEEP_MS))
    t.ok(clock.now() - startedAt - afterMs <= 3 * 3_600_000, 'within hours')
  }
  t.strictSame(
    [...left],
    ['device_checks', 'quiet_hours', 'phones', 'reminder_wishes'],
    'until the device or the citizen says so',
  )
})

t.test('L-02 with the device goes what is about it, and nothing of the person', async (t) => {
  const world = await makeFullWorld(t)
  const { server, worker, device } = world
  const url = `/api/citizens/${PEOPLE.anna}/devices/${device.id ?? ''}`
  t.equal((await worker.ask(url, { method: 'DELETE' })).statusCode, 204)
  await expectLeft(
    t,
    world,
    KEPT.filter((table) => table !== 'push_subscriptions'),
  )
  const left = [
    ...(['push_notices', 'callbacks', 'quiet_hours', 'phones', 'reminder_wishes'] as const),
    'tech_reports' as const,
  ]
  await expectLeft(t, world, left, () => server.clock.advance(SWEEP_MS))
})

t.test('L-02 of whoever stops nothing of this is left after two days', async (t) => {
  const world = await makeFullWorld(t)
  const { server, device } = world
  t.equal((await device.askProven('/api/choice/stop', 'POST')).statusCode, 200)
  await expectLeft(t, world, [
    ...(['push_notices', 'device_checks', 'device_states', 'device_tests'] as const),
    'tech_reports',
  ])
  server.clock.advance(2 * DAY_MS)
  await expectLeft(t, world, [], () => server.clock.advance(SWEEP_MS))
})

t.test('what a citizen turns on and off is a line, and a new address is none', async (t) => {
  const { server, service, device } = await makePushWorld(t)
  const put = async (path: string) => {
    const url = '/api/push/subscription'
    const headers = { 'naervaer-proof': await device.sign('PUT', url) }
    const { subscription } = service.makeBrowser(path)
    const body = { subscription, level: null, language: 'da' }
    return device.ask(url, { method: 'PUT', headers, body })
  }
  t.equal((await put('/push/renewed')).statusCode, 204)
  for (let time = 0; time < 2; time++) {
    t.equal((await device.askProven('/api/push/subscription', 'DELETE')).statusCode, 204)
  }
  t.equal((await put('/push/again')).statusCode, 204)
  for (const quiet of [{ from: 0, to: 60 }, { from: 0, to: 60 }, null, null]) {
    t.equal((await device.askProven('/api/quiet-hours', 'POST', { quiet })).statusCode, 204)
  }
  const lines = await server.app.database
    .selectFrom('audit_events')
    .select(['action', 'actor_id', 'subject_id', 'details'])
    .where('action', 'like', 'notices.%')
    .orderBy('seq')
    .execute()
  const line = { actor_id: PEOPLE.anna, subject_id: PEOPLE.anna }
  const details = JSON.stringify({ deviceId: device.id })
  t.strictSame(lines, [
    { action: 'notices.turnedOn', ...line, details },
    { action: 'notices.turnedOff', ...line, details },
    { action: 'notices.turnedOn', ...line, details },
  ])
  const quiet = await server.app.database
    .selectFrom('audit_events')
    .select(['action', 'details'])
    .where('action', 'like', 'quiet.%')
    .orderBy('seq')
    .execute()
  t.strictSame(quiet, [
    { action: 'quiet.set', details: '{}' },
    { action: 'quiet.cleared', details: '{}' },
  ])
  t.match(await server.app.audit.verify(), { isWhole: true })
})
