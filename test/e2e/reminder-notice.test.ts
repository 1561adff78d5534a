import { join } from 'node:path'
import { wallTimeAt, type WallTime } from '@naervaer/shared/wall'
import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import t from 'tap'
import { PEOPLE } from '../helpers/people.ts'
import { rowOf } from './support/conversation.ts'
import { closeApp, makeNoticeWorld } from './support/notices.ts'
import { waitFor } from './support/wait.ts'

/** As the worker's own page asks the server. */
function ask(page: Page, method: string, path: string, body: object): Promise<{ id: string }> {
  return page.evaluate(
    async ([verb, address, text]) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(address, { method: verb, headers, body: text })
      if (!response.ok) throw new Error(`${address} answered ${String(response.status)}`)
      return (await response.json()) as { id: string }
    },
    [method, path, JSON.stringify(body)] as const,
  )
}

const plan = (page: Page, at: WallTime) =>
  ask(page, 'POST', '/api/appointments', {
    ...{ citizenId: PEOPLE.anna, kind: 'video', lengthMinutes: 20, repeat: null },
    ...at,
  })

t.test('RE9 a closed app answers on the notice, and is told that it is called off', async (t) => {
  const world = await makeNoticeWorld(t)
  const { server, service, worker, citizen } = world
  await closeApp(world)
  const near = wallTimeAt(Date.now() + 9 * 60_000)
  const { id } = await plan(worker.page, near)
  // As if the server had been away at its time, so that nobody has to wait for the next full minute.
  const records = new Database(join(server.dataDir, 'naervaer.sqlite'))
  records.prepare('update reminder_progress set done_until = 0').run()
  records.close()
  await plan(worker.page, wallTimeAt(Date.now() + 10 * 24 * 3_600_000))
  // After the trial.
  const reminder = (await service.waitForCount(2)).at(-1)
  if (reminder === undefined) throw new Error('nothing was sent')
  await citizen.deliver(reminder)
  t.match(await citizen.waitForNotice(reminder.message.title), { body: 'Mette ringer' })
  t.match(reminder.message.title, /^Husk din aftale kl\. /)
  // Chromium keeps no more than two; the third answer is in the app, a tap on the notice away.
  t.strictSame(await citizen.listButtons(), ['Jeg er klar', '5 minutter mere'])
  await citizen.press('more')
  await rowOf(worker.page, 'Anna')
    .getByText('Anna vil gerne have 5 minutter mere. Så siger vi kl.')
    .waitFor()
  await citizen.waitForNone()
  const path = `/api/appointments/${id}/${near.day}`
  await ask(worker.page, 'PUT', path, { scope: 'this', revision: 1, to: null })
  const off = (await service.waitForCount(3)).at(-1)
  if (off === undefined) throw new Error('nothing was told')
  t.equal(off.message.tag, reminder.message.tag)
  await citizen.deliver(off)
  await citizen.waitForNotice('Aftalen er aflyst')
  t.strictSame(await citizen.listButtons(), [], 'there is nothing to answer')
  await waitFor('its receipt', () => {
    const rows = server.rows(
      'select 1 from push_notices where news_id is not null and arrived_at > 0',
    )
    return rows.length === 1 || undefined
  })
})
