import { addDays, wallTimeAt, type WallTime } from '@naervaer/shared/wall'
import type { Page } from 'playwright-core'
import t from 'tap'
import { button, launchCitizen, launchWorker, openMore, rowOf } from './support/conversation.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

const clock = (minute: number, mark: string): string =>
  [Math.floor(minute / 60), minute % 60].map((each) => String(each).padStart(2, '0')).join(mark)

/** Behind "Mere", in three interactions: open, say when, save. What else there is to say is there already. */
async function plan(page: Page, { day, minute }: WallTime): Promise<void> {
  await openMore(rowOf(page, 'Anna'))
  await button(page, 'Ny aftale, Anna').click()
  await page.getByLabel('Dag').fill(day)
  await page.getByLabel('Klokken').fill(clock(minute, ':'))
  await button(page, 'Gem aftale').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

t.test(
  'a worker plans, a citizen reads it in words and says no, and both see it at once',
  async (t) => {
    const server = await startServer(t)
    const worker = await launchWorker(t, server)
    const citizen = await launchCitizen(t, server)
    const row = rowOf(worker.page, 'Anna')

    const tomorrow = { day: addDays(wallTimeAt(Date.now()).day, 1), minute: 600 }
    await plan(worker.page, tomorrow)
    await citizen.page.getByText('I morgen kl. 10.00 ringer Mette.').waitFor()
    await row.getByText('Næste: video i morgen kl. 10.00.').waitFor()
    const kept = await waitFor('what is kept for a day without a server', () =>
      citizen.page.evaluate(() => {
        const value = localStorage.getItem('naervaer.kept')
        return value?.includes('"kind":"video"') === true ? value : undefined
      }),
    )
    t.match(kept, /"worker":"Mette"/)

    await button(citizen.page, 'Meld afbud').click()
    await button(citizen.page, 'Ja, meld afbud').click()
    await row.getByText('Anna har meldt afbud: video i morgen kl. 10.00.').waitFor()
    await citizen.page.getByText('Du har meldt afbud til aftalen i morgen kl. 10.00.').waitFor()
    await button(citizen.page, 'Fortryd afbud').click()
    await citizen.page.getByText('I morgen kl. 10.00 ringer Mette.').waitFor()
    await row.getByText('Næste: video i morgen kl. 10.00.').waitFor()

    const soon = wallTimeAt(Date.now() + 20 * 60_000)
    await plan(worker.page, soon)
    await citizen.page.getByText(`kl. ${clock(soon.minute, '.')} ringer Mette.`).waitFor()
    await button(worker.page, '10 min., Anna').click()
    await citizen.page.getByText('Mette er 10 minutter forsinket').waitFor()
    await row.getByText('Du er 10 minutter forsinket. Anna kan se det.').waitFor()
    await citizen.page.reload()
    await citizen.page.getByText('Mette er 10 minutter forsinket').waitFor()

    await button(worker.page, 'Flyt eller aflys, Anna').click()
    await button(worker.page, 'Aflys aftale').click()
    await button(worker.page, 'Ja, aflys').click()
    await citizen.page.getByText(/^Aftalen .* er aflyst\./).waitFor()
    await citizen.page.getByText('I morgen kl. 10.00 ringer Mette.').waitFor()
  },
)
