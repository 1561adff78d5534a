import type { Page } from 'playwright-core'
import t from 'tap'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
} from './support/conversation.ts'
import { startServer } from './support/server.ts'

/** The four digits, once they are on the screen. */
async function readDigits(page: Page): Promise<string> {
  const row = button(page, 'Tjek forbindelsen')
  if (!(await row.isVisible())) await button(page, 'Mere').click()
  if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click()
  const digits = page.locator('nv-digits .digits')
  await digits.waitFor()
  return ((await digits.textContent()) ?? '').replaceAll(/\D/g, '')
}

t.test('S-25 both see the same four digits, also over a new connection and a reload', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  await haveConversation(worker, citizen)
  const before = await readDigits(worker.page)
  t.match(before, /^\d{4}$/)
  t.equal(await readDigits(citizen.page), before)

  await worker.page.evaluate(() => window.nvTestPeers.at(-1)?.close())
  await assertBothWays(worker, citizen)
  t.equal(await readDigits(worker.page), before, 'the certificates are the same')
  t.equal(await readDigits(citizen.page), before)
  t.equal(await worker.page.getByText(/ny forbindelse/).count(), 0)

  await citizen.page.reload()
  await assertBothWays(worker, citizen)
  await worker.page.getByText('Anna har fået en ny forbindelse.').waitFor()
  t.equal(await readDigits(citizen.page), await readDigits(worker.page))
})
