import t, { type Test } from 'tap'
import { wallTimeAt } from '@naervaer/shared/wall'
import type {} from '../../../server/src/reminders/plugin.ts'
import { waitFor } from '../../e2e/support/wait.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makePushWorld } from '../push/push-world.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const NOW = Date.UTC(2026, 10, 2, 9)
/** The one of the day before is due in an hour, at eleven by the wall. */
const START_AT = NOW + 25 * HOUR_MS

/** A reminder of the day before, which the push service does not take yet. */
async function makeWorld(t: Test) {
  const world = await makePushWorld(t, { isUnlimited: true })
  const { app, clock } = world.server
  const citizen = await HttpPerson.signIn(app, 'anna')
  const say = async (path: string, body: object) => {
    const { status, code } = await citizen.ask('POST', path, body)
    if (status >= 300) throw new Error(`${path} answered ${status} ${code ?? ''}`)
  }
  await say('/api/reminders', { dayBefore: true })
  const worker = await HttpPerson.signIn(app, 'mette')
  const wish = { citizenId: PEOPLE.anna, kind: 'video', lengthMinutes: 20, repeat: null }
  const made = await worker.ask('POST', '/api/appointments', { ...wish, ...wallTimeAt(START_AT) })
  if (made.status !== 201) throw new Error(`answered ${made.status}`)
  let tries = 0
  world.service.answer = () => {
    tries += 1
    return { status: 503 }
  }
  clock.sleep(HOUR_MS)
  await app.reminders.look()
  await waitFor('a first try', () => Promise.resolve(tries > 0 || undefined))
  const waitForState = (state: string) =>
    waitFor(`a reminder that is ${state}`, async () => {
      const row = await app.database.selectFrom('reminders').select('state').executeTakeFirst()
      return row?.state === state || undefined
    })
  /** The push service takes what is still tried. */
  const takeWhatComes = async () => {
    world.service.answer = () => ({ status: 201 })
    clock.advance(MINUTE_MS)
    await app.reminders.look()
  }
  return { ...world, app, clock, say, waitForState, takeWhatComes }
}

const STOPS: readonly { readonly what: string; readonly path: string; readonly body: object }[] = [
  { what: 'a pause', path: '/api/choice/pause', body: { weeks: 1 } },
  { what: 'a wish that is taken back', path: '/api/reminders', body: { dayBefore: false } },
]

for (const { what, path, body } of STOPS) {
  t.test(`RE5 ${what} stops a reminder that is under way`, async (t) => {
    const { service, say, waitForState, takeWhatComes } = await makeWorld(t)
    await say(path, body)
    await waitForState('dropped')
    const before = service.delivered.length
    await takeWhatComes()
    t.equal(service.delivered.length, before)
  })
}

t.test('RE3 quiet hours that are set hold one that is under way until they end', async (t) => {
  const { app, clock, service, say, takeWhatComes } = await makeWorld(t)
  // From 11.00 to 13.00 by the wall; it is 11.00.
  await say('/api/quiet-hours', { quiet: { from: 660, to: 780 } })
  await app.reminders.look()
  const before = service.delivered.length
  await takeWhatComes()
  t.equal(service.delivered.length, before)
  clock.advance(2 * HOUR_MS - MINUTE_MS)
  await waitFor('it after the quiet hours', () =>
    Promise.resolve(service.delivered.length > before || undefined),
  )
  t.match(service.delivered.at(-1)?.message, { kind: 'reminder', isSilent: false })
  // Twenty hours are left at 13.00, when it was sent, until two hours before the beginning.
  t.same(
    service.delivered.map(({ ttl }) => ttl),
    [20 * 3_600],
  )
})

t.test('RE3 one that waits is sent at once where the quiet hours are taken back', async (t) => {
  const { app, service, say, takeWhatComes } = await makeWorld(t)
  await say('/api/quiet-hours', { quiet: { from: 660, to: 780 } })
  await app.reminders.look()
  await takeWhatComes()
  const before = service.delivered.length
  await say('/api/quiet-hours', { quiet: null })
  await waitFor('it', () => Promise.resolve(service.delivered.length > before || undefined))
  t.match(service.delivered.at(-1)?.message, { kind: 'reminder' })
})
