import ICAL from 'ical.js'
import t from 'tap'
import { button, launchWorker } from './support/conversation.ts'
import { startServer } from './support/server.ts'

t.test('IC5 a worker makes an address, a program reads it, and it is closed again', async (t) => {
  const server = await startServer(t)
  const { page } = await launchWorker(t, server)
  await page.goto(`${server.url}/min-uge`)
  await page.getByRole('heading', { name: 'Min kalender i Outlook' }).waitFor()
  await button(page, 'Lav en adresse').click()
  const url = await page.getByLabel('Din private adresse').inputValue()
  const webcal = await page.getByRole('link', { name: 'Åbn i min kalender' }).getAttribute('href')
  t.equal(webcal, url.replace(/^https?:/, 'webcal:'))
  const { pathname } = new URL(url)
  const read = await fetch(`${server.url}${pathname}`)
  t.equal(read.status, 200)
  const calendar = new ICAL.Component(ICAL.parse(await read.text()) as unknown[])
  t.equal(calendar.getFirstPropertyValue('method'), 'PUBLISH')
  await page.reload()
  await page.getByText(/Din adresse er lavet/).waitFor()
  t.equal(await page.getByLabel('Din private adresse').count(), 0, 'told once')
  await button(page, 'Luk adressen').click()
  await page.getByText('Adressen er lukket. Kalenderen kan ikke læses mere.').waitFor()
  t.equal((await fetch(`${server.url}${pathname}`)).status, 404)
})
