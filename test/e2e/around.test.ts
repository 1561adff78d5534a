import t from 'tap'
import {
  button,
  launchCitizen,
  launchWorker,
  openMore,
  ring,
  rowOf,
} from './support/conversation.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

const AGREED = 'I aftalte at tale om Noget, der er gået godt'

t.test('N23 L-15 around one call, as the two of them meet it', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)

  // At the home visit.
  await openMore(rowOf(worker.page, 'Anna'))
  await button(worker.page, 'Saml op næste gang, Anna').click()
  const line = worker.page.getByRole('combobox', { name: 'Det vil I tale om næste gang' })
  await line.selectOption('Noget, der er gået godt')
  await worker.page.getByText('Gemt.', { exact: true }).waitFor()
  t.match(server.rows('select line from pick_ups'), [{ line: 'wentWell' }])

  await worker.page.getByRole('checkbox', { name: 'Jeg sidder alene i et lukket rum' }).check()
  await ring(worker.page)
  await citizen.page.getByText('Mette sidder alene i et lukket rum.').waitFor()
  await button(citizen.page, 'Svar').click()
  for (const { page } of [worker, citizen]) {
    await page.getByRole('status').filter({ hasText: AGREED }).waitFor()
  }
  await button(citizen.page, 'Luk').click()
  await button(citizen.page, 'Læg på').click()

  await worker.page.getByRole('radio', { name: 'Delvist' }).check()
  await worker.page.getByText('Gemt.', { exact: true }).waitFor()
  t.match(server.rows('select replaced, is_worker_alone from calls'), [
    { replaced: 'partly', is_worker_alone: 0 },
  ])
  await worker.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await button(worker.page, 'Kopiér linje til journalen').click()
  await worker.page.getByText('Linjen er kopieret.').waitFor()
  const copied = await worker.page.evaluate(() => navigator.clipboard.readText())
  t.match(
    copied,
    /^Videosamtale \d\d-\d\d-\d{4} kl\. \d\d\.\d\d–\d\d\.\d\d \((under 1|1) min\.\), borger og medarbejder$/,
  )
  t.notMatch(copied, /Anna|Mette|Holm/, 'no name')
  await waitFor('that the line is forgotten', () =>
    server.rows('select * from pick_ups').length === 0 ? true : undefined,
  )

  await button(worker.page, 'Tilbage til mine borgere').click()
  await button(worker.page, 'Dine seneste samtaler').click()
  const talks = worker.page.locator('nv-latest-talks')
  t.ok(await talks.getByRole('radio', { name: 'Delvist' }).isChecked(), 'it may be said otherwise')

  // Somebody waits while the worker looks at something else.
  t.equal(await worker.page.title(), 'Mine borgere – Nærvær')
  await button(citizen.page, 'Tilbage').click()
  await button(citizen.page, 'Jeg er klar').click()
  await rowOf(worker.page, 'Anna').getByText('Er klar').first().waitFor()
  await worker.page.waitForFunction(() => document.title === '(1) Mine borgere – Nærvær')
})
