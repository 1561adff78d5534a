import { addDays, wallTimeAt } from '@naervaer/shared/wall'
import type { Page } from 'playwright-core'
import t from 'tap'
import { button, launchWorker } from './support/conversation.ts'
import { startServer } from './support/server.ts'

const TODAY = wallTimeAt(Date.now()).day

/** Somebody else's, or nobody's: the server says the same of both. */
const OF_OTHERS = '00000000-0000-7000-8000-0000000000ff'

async function planAnna(page: Page): Promise<void> {
  await button(page, 'Ny aftale').click()
  await page.getByText('Hvem er aftalen med?').waitFor()
  await button(page, 'Anna').click()
  await page.getByRole('heading', { name: 'Ny aftale med Anna' }).waitFor()
}

t.test('what cannot be is answered in words, and what was written stays', async (t) => {
  const server = await startServer(t)
  const { page } = await launchWorker(t, server, { expectedProblems: [/status of 40[04]/] })
  await page.goto(`${server.url}/min-uge`)
  await planAnna(page)
  await page.getByLabel('Dag').fill(addDays(TODAY, 3))
  await page.getByLabel('Klokken').fill('13:15')
  await page.getByLabel('Gentages').selectOption('Hver dag')

  await t.test('a series of ten thousand', async (t) => {
    await page.getByLabel('Til og med').fill(addDays(TODAY, 10_003))
    await button(page, 'Gem aftale').click()
    await page.getByText('Det er for langt ude i fremtiden. Vælg en dag inden for et år.').waitFor()
    t.equal(await page.getByLabel('Klokken').inputValue(), '13:15')
    t.equal(await page.getByLabel('Til og med').inputValue(), addDays(TODAY, 10_003))
    await page.getByLabel('Til og med').fill(addDays(TODAY, 9))
    await button(page, 'Gem aftale').click()
    await page.getByText('Aftalt med Anna:').waitFor()
  })

  await t.test('ids of others', async (t) => {
    await page.route('**/api/appointments/**', (route) => {
      const url = route.request().url()
      return route.continue({
        url: url.replace(/appointments\/[0-9a-f-]{36}/, `appointments/${OF_OTHERS}`),
      })
    })
    await button(page, 'Liste').click()
    const planned = page.locator('nv-week-list').getByRole('button', { name: 'Anna' }).first()
    await page.locator('nv-week-list h3').last().waitFor()
    if ((await planned.count()) === 0) await button(page, 'Næste uge').click()
    await planned.click()
    await page.getByRole('heading', { name: 'Aftalen med Anna' }).waitFor()
    await page.getByLabel('Klokken').fill('14:45')
    await button(page, 'Gem ændring').click()
    await page.getByText('Aftalen findes ikke mere.').waitFor()
    t.equal(await page.getByLabel('Klokken').inputValue(), '14:45')
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await page.unroute('**/api/appointments/**')
    await page.reload()
    await button(page, 'Liste').click()
    await page.locator('nv-week-list h3').last().waitFor()
    if ((await planned.count()) === 0) await button(page, 'Næste uge').click()
    await planned.waitFor()
    t.match(await planned.innerText(), /13\.15/, 'nothing was moved')
  })
})
