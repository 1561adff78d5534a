import { wallTimeAt } from '@naervaer/shared/wall'
import type { Locator } from 'playwright-core'
import t from 'tap'
import { button, launchCitizen, launchWorker, rowOf } from './support/conversation.ts'
import { openMore } from '../helpers/citizen-row.ts'
import { startServer } from './support/server.ts'

/** Feature N15: within this the worker reads the answer. */
const LIMIT_MS = 1_000

declare global {
  interface Window {
    tappedAt?: number
  }
}

/** How long after a tap the words are there, by the one clock of this machine. */
async function measure(tap: Locator, words: Locator): Promise<number> {
  const page = tap.page()
  await page.evaluate(() => {
    addEventListener('click', () => (window.tappedAt = Date.now()), { capture: true, once: true })
  })
  const readAt = words.waitFor().then(() => Date.now())
  await tap.click()
  const tappedAt = await page.evaluate(() => window.tappedAt)
  return (await readAt) - (tappedAt ?? 0)
}

t.test('N15 RE8 the three answers are read by the worker within a second', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  const row = rowOf(worker.page, 'Anna')
  const { day, minute } = wallTimeAt(Date.now() + 8 * 60_000)
  const pad = (value: number) => String(value).padStart(2, '0')
  await openMore(row)
  await button(worker.page, 'Ny aftale, Anna').click()
  await worker.page.getByLabel('Dag').fill(day)
  await worker.page
    .getByLabel('Klokken')
    .fill(`${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`)
  await button(worker.page, 'Gem aftale').click()
  await citizen.page.getByRole('group', { name: 'Er du klar?' }).waitFor()
  t.equal(await button(citizen.page, 'Jeg er klar').count(), 1, 'asked in one place')

  const more = row.getByText('Anna vil gerne have 5 minutter mere. Så siger vi kl.')
  const took = { more: 0, ready: 0, off: 0 }
  took.more = await measure(button(citizen.page, '5 minutter mere'), more)
  await citizen.page.getByText('Mette har fået besked.').waitFor()

  took.ready = await measure(button(citizen.page, 'Jeg er klar'), row.getByText('Anna er klar.'))
  await worker.page.waitForFunction(() => document.title.startsWith('(1) '))
  await citizen.page.reload()
  await citizen.page.getByRole('button', { name: /alligevel|ikke klar/i }).click()
  await citizen.page.getByRole('group', { name: 'Er du klar?' }).waitFor()
  await row.getByText('Anna er klar.').waitFor({ state: 'detached' })

  const off = row.getByText('Anna har meldt afbud')
  took.off = await measure(button(citizen.page, 'Ikke i dag'), off)
  await button(citizen.page, 'Fortryd afbud').click()
  await citizen.page.getByRole('group', { name: 'Er du klar?' }).waitFor()
  t.comment(took)
  for (const [answer, tookMs] of Object.entries(took)) {
    t.ok(tookMs < LIMIT_MS, `${answer} after ${tookMs.toFixed(0)} ms`)
  }
})

t.test('RE2 a citizen chooses the reminder of the day before', async (t) => {
  const server = await startServer(t)
  const { page } = await launchCitizen(t, server)
  await page.goto(`${server.url}/mine-valg`)
  const choice = page.getByRole('switch', { name: 'Mind mig om aftaler dagen før' })
  await button(page, 'Telefon og tablet').click()
  await choice.click()
  await page.getByRole('switch', { checked: true }).waitFor()
  await page.reload()
  await button(page, 'Telefon og tablet').click()
  await page.getByRole('switch', { checked: true }).waitFor()
  await choice.press('Space')
  await page.getByRole('switch', { checked: false }).waitFor()
})
