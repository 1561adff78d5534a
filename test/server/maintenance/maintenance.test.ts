import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { wallTimeAt } from '@naervaer/shared/wall'
import { MAINTENANCE_WATCH_MS } from '../../../server/src/maintenance/plugin.ts'
import {
  getEnd,
  LONGEST_MS,
  MaintenanceSwitch,
  OVERTIME_MS,
  toView,
} from '../../../server/src/maintenance/switch.ts'
import { listen, makeTempDir } from '../../helpers/build-app.ts'
import { runCli, runCliJson } from '../../helpers/cli.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { PEOPLE } from '../../helpers/people.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const INVITE = { type: 'call.invite', citizenId: PEOPLE.anna } as const

/** The command line goes by the machine's clock, and so does this server. */
async function makeWorld(t: Test) {
  const dataDir = makeTempDir(t)
  const env = { DATA_DIR: dataDir }
  const options = { env, databaseFile: join(dataDir, 'naervaer.sqlite') }
  const clock = new FakeClock(Date.now())
  const server = await listen(t, { ...options, clock })
  const say = (...words: string[]) => runCli(env, 'maintenance', ...words)
  const look = () => server.clock.advance(MAINTENANCE_WATCH_MS)
  const ready = async () =>
    (await server.app.inject({ url: '/ready' })).json<{ degraded: string[] }>().degraded
  return { dataDir, env, options, server, say, look, ready }
}

t.test(
  'everybody who is connected is told at once, nobody can be rung, a talk goes on',
  async (t) => {
    const { server, say, look, ready, env } = await makeWorld(t)
    const mette = await server.connect('mette')
    const anna = await server.connect('anna')
    t.equal((await mette.waitFor('welcome')).maintenance, null)
    const call = await mette.must(INVITE)
    t.same(await ready(), [])

    const on = await say('on')
    t.equal(on.code, 0, on.stderr)
    t.match(on.stdout, /by itself at .* \(4 hours later\)/)
    look()
    for (const person of [mette, anna]) {
      t.same((await person.waitFor('maintenance.changed')).maintenance, { until: null })
    }
    await anna.must({ type: 'call.ringing', call: call.id })
    await anna.must({ type: 'call.accept', call: call.id })
    await mette.must({ type: 'call.hangUp', call: call.id })
    t.equal(await mette.ask(INVITE), 'CALL_MAINTENANCE')
    t.same(await ready(), ['maintenance'])
    const figures = await server.app.inject({ url: '/metrics' })
    t.match(figures.body, /^naervaer_maintenance 1$/m)
    t.equal(
      (await (await server.connect('anna')).waitFor('welcome')).maintenance?.until,
      null,
      'who comes later reads it too',
    )

    t.equal((await runCliJson<{ isOn: boolean }>(env, 'maintenance', 'status')).isOn, true)
    t.equal((await say('off')).code, 0)
    look()
    t.equal(
      (await mette.waitFor('maintenance.changed', ({ maintenance }) => maintenance === null)).type,
      'maintenance.changed',
    )
    t.same(await ready(), [])
    const lines = await server.app.database
      .selectFrom('audit_events')
      .select('details')
      .where('action', '=', 'maintenance.set')
      .orderBy('seq')
      .execute()
    t.same(
      lines.map(({ details }) => JSON.parse(details) as unknown),
      [{ kind: 'on' }, { kind: 'off' }],
    )
  },
)

t.test('whoever has hung up and asks to go back is rung, also now', async (t) => {
  const { server, say, look } = await makeWorld(t)
  const mette = await server.connect('mette')
  const anna = await server.connect('anna')
  const call = await mette.must(INVITE)
  await anna.must({ type: 'call.ringing', call: call.id })
  await anna.must({ type: 'call.accept', call: call.id })
  t.equal((await say('on')).code, 0)
  look()
  await anna.must({ type: 'call.hangUp', call: call.id })
  t.equal(await mette.ask(INVITE), 'CALL_MAINTENANCE', 'not before they ask')
  await anna.ask({ type: 'call.goBack', call: call.id, isWanted: true })
  t.equal((await mette.must(INVITE)).state, 'inviting')
})

t.test('it outlives a restart, and ends by itself four hours after it should have', async (t) => {
  const { server, env, options, say } = await makeWorld(t)
  const inAnHour = wallTimeAt(Date.now() + HOUR_MS)
  const [hours, minutes] = [Math.floor(inAnHour.minute / 60), inAnHour.minute % 60]
  const time = `${hours}:${String(minutes).padStart(2, '0')}`
  const said = await say('on', '--until', time)
  t.equal(said.code, 0)
  const shown = `${time.padStart(5, '0')} on ${inAnHour.day}, Danish time`
  t.match(said.stdout, `it lasts until ${shown}`)
  const { until, endsAt } = await runCliJson<{ until: number; endsAt: number }>(
    ...([env, 'maintenance', 'status'] as const),
  )
  t.ok(Math.abs(until - Date.now() - HOUR_MS) <= 2 * MINUTE_MS, 'the next such time of day')
  t.equal(endsAt, until + OVERTIME_MS)
  await server.app.close()

  const clock = new FakeClock(Date.now())
  const again = await listen(t, { ...options, clock })
  const mette = await again.connect('mette')
  t.same((await mette.waitFor('welcome')).maintenance, { until })
  // The wall clock is set ahead: hours without a sign would end sockets.
  clock.set(until - clock.now())
  clock.advance(MAINTENANCE_WATCH_MS)
  const changed = await mette.waitFor('maintenance.changed')
  t.same(changed.maintenance, { until: null }, 'a time that has gone by is not told')
  clock.set(endsAt - clock.now())
  clock.advance(MAINTENANCE_WATCH_MS)
  t.equal(again.app.maintenance.now, null)
  const later = await again.connect('mette')
  await again.connect('anna')
  t.equal((await later.must(INVITE)).state, 'inviting', 'and people are rung again')
})

t.test('what cannot be meant is refused, and changes nothing', async (t) => {
  const dataDir = makeTempDir(t)
  const env = { DATA_DIR: dataDir }
  const server = await listen(t, { env, databaseFile: join(dataDir, 'naervaer.sqlite') })
  const tooFar = wallTimeAt(Date.now() + LONGEST_MS + HOUR_MS).minute
  const far = `${Math.floor(tooFar / 60)}:${String(tooFar % 60).padStart(2, '0')}`
  for (const words of [['maybe'], ['on', '--until', '24:00'], ['off', '--until', '20:00'], []]) {
    t.equal((await runCli(env, 'maintenance', ...words)).code, 2, words.join(' '))
  }
  t.match(await runCli(env, 'maintenance', 'on', '--until', far), {
    code: 2,
    stderr: /at most 12 hours/,
  })
  server.clock.advance(MAINTENANCE_WATCH_MS)
  t.equal(server.app.maintenance.now, null)
})

t.test('the file: ended, torn and foreign ones are none', async (t) => {
  const dataDir = makeTempDir(t)
  await mkdir(dataDir, { recursive: true })
  const file = new MaintenanceSwitch(dataDir)
  t.equal(file.read(0), null)
  await file.set({ since: 1_000, until: null })
  const announced = file.read(1_000)
  t.same(announced, { since: 1_000, until: null })
  t.ok(file.read(1_000 + OVERTIME_MS - 1))
  t.equal(file.read(1_000 + OVERTIME_MS), null)
  t.same(toView({ since: 0, until: 5 }, 5), { until: null })
  t.equal(getEnd({ since: 0, until: 5 }), 5 + OVERTIME_MS)
  await file.set({ since: 60_001, until: null })
  t.equal(file.read(0), null, 'of a clock that was wrong')
  t.ok(file.read(1))
  await file.set({ since: 0, until: Number.MAX_SAFE_INTEGER })
  t.ok(file.read(LONGEST_MS + OVERTIME_MS - 1))
  t.equal(file.read(LONGEST_MS + OVERTIME_MS), null, 'no end is further away than may be said')
  for (const text of [
    '',
    '{"since":1',
    '[]',
    'null',
    '{"since":"x","until":null}',
    '{"since":1}',
  ]) {
    await writeFile(join(dataDir, 'maintenance'), text)
    t.equal(file.read(1), null, text)
  }
  await file.set(null)
  await t.rejects(readFile(join(dataDir, 'maintenance')), { code: 'ENOENT' })
})
