import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import t from 'tap'
import { assertBothWays, button, readOnlyCall } from './support/conversation.ts'
import { startMobileCall } from './support/mobile-call.ts'
import { assertOneOfferer } from './support/one-offerer.ts'
import { waitFor } from './support/wait.ts'

/** Longer than what is noticed as silence, and shorter than what ICE takes to give up. */
const SILENT_MS = 2_500

/** Twice what both must have heard each other for, and what a busy machine adds. */
const HEALED_MS = 10_000

const field = (page: Page) => page.getByRole('textbox', { name: /^Skriv til/ })
const written = (page: Page) => page.getByRole('group', { name: 'Det, I har skrevet' })
const countPeers = (page: Page) => page.evaluate(() => window.nvTestPeers.length)

t.test('SI14 a short silence while the server is away: the same connection goes on', async (t) => {
  const call = await startMobileCall(t)
  const { worker, citizen, server, network } = call
  for (const { page } of [worker, citizen]) {
    await button(page, 'Skriv').click()
    await field(page).waitFor()
  }
  const before = await countPeers(citizen.page)
  process.kill(server.pid, 'SIGSTOP')
  await network.silence(true)
  await delay(SILENT_MS)
  await network.silence(false)
  await field(citizen.page).pressSequentially('Jeg er her\n')
  await written(worker.page)
    .locator('.other', { hasText: 'Jeg er her' })
    .waitFor({ timeout: HEALED_MS })
  await field(worker.page).pressSequentially('Godt\n')
  await written(citizen.page).locator('.other', { hasText: 'Godt' }).waitFor({ timeout: HEALED_MS })
  await assertBothWays(worker, citizen)
  t.equal(await countPeers(citizen.page), before, 'over the connection that was there')
  process.kill(server.pid, 'SIGCONT')
  await waitFor('the record', () => {
    const rows = server.rows("select 1 from calls where state = 'connected'")
    return rows.length === 1 || undefined
  })
  await assertBothWays(worker, citizen)
  await assertOneOfferer(worker, citizen)
  await button(worker.page, 'Læg på').click()
  t.match(await readOnlyCall(server), { outcome: 'completed' })
})
