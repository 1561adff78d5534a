import ICAL from 'ical.js'
import t from 'tap'
import { button, launchWorker } from './support/conversation.ts'
import { startServer } from './support/server.ts'

t.test('IC5 a worker makes an address, a program reads it, and it is closed again', async (t) => {
  const server = await startServer(t)
  const { page } = await launchWorker(t, server)
  await page.goto(`${server.url}/min-uge`)
  await page.getByRole('heading', { name: 'Se dine aftaler i Outlook' }).waitFor()
  await button(page, 'Få en adresse til Outlook').click()
  const url = await page.getByLabel('Din private adresse til Outlook').inputValue()
  const webcal = await page
    .getByRole('link', { name: 'Sæt ind i min kalender' })
    .getAttribute('href')
  t.equal(webcal, url.replace(/^https?:/, 'webcal:'))
  const { pathname } = new URL(url)
  const read = await fetch(`${server.url}${pathname}`)
  t.equal(read.status, 200)
  const calendar = new ICAL.Component(ICAL.parse(await read.text()) as unknown[])
  t.equal(calendar.getFirstPropertyValue('method'), 'PUBLISH')
  await page.reload()
  await page.getByText(/Du fik din adresse/).waitFor()
  t.equal(await page.getByLabel('Din private adresse til Outlook').count(), 0, 'told once')
  await button(page, 'Vis ikke mere i Outlook').click()
  await page
    .getByText('Adressen virker ikke mere. Outlook får ikke flere aftaler herfra.')
    .waitFor()
  t.equal((await fetch(`${server.url}${pathname}`)).status, 404)
})
