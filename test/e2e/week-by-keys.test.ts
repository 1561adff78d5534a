import type { Page } from 'playwright-core'
import t from 'tap'
import { button, launchWorker } from './support/conversation.ts'
import { startServer } from './support/server.ts'

/** Goes on by Tab until the focus is on what is wished for. */
async function tabTo(page: Page, name: string): Promise<void> {
  const wished = page.getByRole('button', { name, exact: true }).and(page.locator(':focus'))
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await wished.count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} is not reached by Tab`)
}

async function pressButton(page: Page, name: string): Promise<void> {
  await button(page, name).waitFor()
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

t.test('keys alone plan, move and call off', async (t) => {
  const server = await startServer(t)
  const { page } = await launchWorker(t, server)
  await page.goto(`${server.url}/min-uge`)

  await pressButton(page, 'Ny aftale')
  await page.getByText('Hvem er aftalen med?').waitFor()
  await page.keyboard.type('anna')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Ny aftale med Anna' }).waitFor()
  await pressButton(page, 'Gem aftale')
  await page.getByText('Aftalt med Anna:').waitFor()

  await pressButton(page, 'Liste')
  // The day may lie in the week after this one.
  const planned = page.locator('nv-week-list').getByRole('button', { name: 'Anna' }).first()
  await page.locator('nv-week-list h3').last().waitFor()
  if ((await planned.count()) === 0) {
    await tabTo(page, 'Næste uge')
    await page.keyboard.press('Enter')
  }
  await planned.waitFor()
  while ((await planned.and(page.locator(':focus')).count()) === 0) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Aftalen med Anna' }).waitFor()
  const time = page.getByLabel('Klokken').and(page.locator(':focus'))
  while ((await time.count()) === 0) await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowUp')
  await pressButton(page, 'Gem ændring')
  await page.getByText('Flyttet til').waitFor()

  await planned.waitFor()
  while ((await planned.and(page.locator(':focus')).count()) === 0) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await pressButton(page, 'Aflys aftale')
  await pressButton(page, 'Ja, aflys')
  await page.getByText('Aflyst: aftalen med Anna').waitFor()
  const calledOff = page.locator('nv-week-list').getByText('Aflyst')
  await calledOff.first().waitFor()
  t.equal(await calledOff.count(), 1, 'it is there, called off')
})
