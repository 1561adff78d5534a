import t, { type Test } from 'tap'
import type { AbsenceId } from '@naervaer/shared'
import type {} from '../../../server/src/appointments/plugin.ts'
import type {} from '../../../server/src/reminders/plugin.ts'
import { wallTimeAt } from '@naervaer/shared/wall'
import { waitFor } from '../../e2e/support/wait.ts'
import { substitute } from '../../helpers/assign.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makePushWorld } from '../push/push-world.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Ten by the wall, on a Monday. */
const NOW = Date.UTC(2026, 10, 2, 9)

/** Mette has planned with Anna, whose app is closed and who wants to be reminded the day before too. */
async function makeWorld(t: Test, startAt: number) {
  const world = await makePushWorld(t, { isUnlimited: true })
  const { server, service } = world
  const { app, clock } = server
  // Staff are signed out after a while, and time flies here.
  const ask = async (method: 'POST' | 'DELETE', path: string, body?: object) => {
    const answer = await (await HttpPerson.signIn(app, 'mette')).ask(method, path, body)
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status} ${answer.code}`)
    return answer.body
  }
  const anna = await HttpPerson.signIn(app, 'anna')
  await anna.ask('POST', '/api/reminders', { dayBefore: true })
  const wish = { citizenId: PEOPLE.anna, kind: 'video', lengthMinutes: 20, repeat: null }
  await ask('POST', '/api/appointments', { ...wish, ...wallTimeAt(startAt) })
  const goAway = async () => {
    const { day } = wallTimeAt(startAt)
    const made = await ask('POST', '/api/own/absences', { firstDay: day, lastDay: day })
    return (made as { id: AbsenceId }).id
  }
  const comeBack = (id: AbsenceId) => ask('DELETE', `/api/own/absences/${id}`)
  const passTo = async (at: number) => {
    clock.sleep(at - clock.now())
    await app.reminders.look()
  }
  const load = () =>
    app.database.selectFrom('reminders').select(['lead', 'state']).orderBy('lead').execute()
  const waitForState = (state: string) =>
    waitFor(`a reminder that is ${state}`, async () => {
      const rows = await load()
      return rows.some((row) => row.state === state) || undefined
    })
  const listTold = () => service.delivered.map(({ message: { title, body } }) => `${title}|${body}`)
  return { ...world, app, clock, goAway, comeBack, passTo, load, waitForState, listTold }
}

const REMINDED = 'Husk din aftale tirsdag den 3. november kl. 12.00|Mette ringer'

t.test('RE13 what fell due while nobody was there is told once somebody is', async (t) => {
  const startAt = NOW + DAY_MS + 2 * HOUR_MS
  const world = await makeWorld(t, startAt)
  const { service, goAway, comeBack, passTo, load, listTold } = world
  const id = await goAway()
  await passTo(startAt - DAY_MS)
  t.match(await load(), [{ lead: 'dayBefore', state: 'due' }])
  t.same(listTold(), [], 'nobody would ring')
  await passTo(startAt - 23 * HOUR_MS)
  await comeBack(id)
  await service.waitForCount(1)
  t.same(listTold(), [REMINDED])
})

t.test('RE13 what fell due is not told when it helps nobody any more', async (t) => {
  const startAt = NOW + DAY_MS + 2 * HOUR_MS
  const { goAway, comeBack, passTo, load, listTold } = await makeWorld(t, startAt)
  const id = await goAway()
  await passTo(startAt - HOUR_MS)
  await comeBack(id)
  await passTo(startAt - HOUR_MS + 1)
  t.match(await load(), [{ lead: 'dayBefore', state: 'dropped' }])
  t.same(listTold(), [])
})

t.test('RE13 what was told and taken back for an absence is told again after it', async (t) => {
  const startAt = NOW + DAY_MS + 2 * HOUR_MS
  const world = await makeWorld(t, startAt)
  const { service, goAway, comeBack, passTo, waitForState, listTold } = world
  await passTo(startAt - DAY_MS)
  await service.waitForCount(1)
  await waitForState('sent')
  await passTo(startAt - 23 * HOUR_MS)
  const id = await goAway()
  await service.waitForCount(2)
  await passTo(startAt - 22 * HOUR_MS)
  await comeBack(id)
  await service.waitForCount(3)
  await waitForState('sent')
  t.same(listTold().slice(1), ['Din aftale er ændret|', REMINDED])
  const topics = new Set(service.delivered.map(({ topic }) => topic))
  t.equal(topics.size, 1, 'each takes the place of the one before')
  await passTo(startAt - 21 * HOUR_MS)
  t.equal(service.delivered.length, 3, 'once')
})

t.test('RE13 ten minutes before too, and in the name of whoever stands in', async (t) => {
  const startAt = NOW + 2 * HOUR_MS
  const world = await makeWorld(t, startAt)
  const { app, service, goAway, passTo, waitForState, listTold } = world
  await passTo(startAt - 10 * MINUTE_MS)
  await service.waitForCount(1)
  await waitForState('sent')
  await passTo(startAt - 9 * MINUTE_MS)
  await goAway()
  await service.waitForCount(2)
  await passTo(startAt - 8 * MINUTE_MS)
  const both = { workerId: PEOPLE.ole, citizenId: PEOPLE.anna }
  await substitute(app, both, { fromAt: startAt - HOUR_MS, toAt: startAt + HOUR_MS })
  await app.reminders.look()
  await service.waitForCount(3)
  t.equal(listTold().at(-1), 'Husk din aftale kl. 12.00|Ole ringer')
})
