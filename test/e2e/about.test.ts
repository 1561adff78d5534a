import t from 'tap'
import { findAccessibilityProblems } from '../helpers/axe.ts'
import { launchPerson } from './support/browser.ts'
import { launchCitizen } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { startServer } from './support/server.ts'

const TEXTS = {
  MUNICIPALITY_NAME: 'Nordby Kommune',
  PRIVACY_URL: 'https://www.example.dk/privatliv',
  ACCESSIBILITY_STATEMENT_URL: 'https://www.was.digst.dk/video-example-dk',
  RETENTION_CALLS_DAYS: '30',
}

t.test('L-04 two taps from the first page to what is done with data, and back', async (t) => {
  const server = await startServer(t, { env: TEXTS })
  const { page } = await launchCitizen(t, server)
  await page.getByRole('link', { name: 'Mine valg' }).click()
  await page.getByRole('link', { name: 'Om appen og dine data' }).click()
  await page.getByRole('heading', { name: 'Om appen og dine data' }).waitFor()
  await page.getByText('Nordby Kommune bruger appen').waitFor()
  const links = { privacy: 'Læs alt om dine data', access: 'Læs erklæringen om tilgængelighed' }
  const privacy = page.getByRole('link', { name: links.privacy })
  t.equal(await privacy.getAttribute('href'), TEXTS.PRIVACY_URL)
  const access = page.getByRole('link', { name: links.access })
  t.equal(await access.getAttribute('href'), TEXTS.ACCESSIBILITY_STATEMENT_URL)
  t.same(await findAccessibilityProblems(page), [])
  await page.getByRole('link', { name: 'Tilbage' }).click()
  await page.getByRole('button', { name: 'Hvad gemmer vi om dig?' }).click()
  await page.getByText('Hvem der ringede, hvornår, og om det gik godt: efter 30 dage.').waitFor()
  await page.getByText('hvorfor: efter 13 måneder.').waitFor()
  await page.getByRole('button', { name: 'Tilbage' }).click()
  await page.getByRole('heading', { name: 'Mine valg' }).waitFor()
})

t.test('whoever is not signed in, or not paired yet, is one tap from it', async (t) => {
  const server = await startServer(t)
  const { page } = await launchPerson(t, { colour: COLOURS.orange, toneHz: 880 })
  for (const path of ['/start', '/sign-in']) {
    await page.goto(`${server.url}${path}`)
    await page.getByRole('link', { name: 'Om appen og dine data' }).click()
    await page.getByText('bruger appen til at tale med dig på video').waitFor()
  }
  t.equal(await page.getByRole('link', { name: /^Læs/ }).count(), 0, 'no link that leads nowhere')
  await page.getByText('Vil du vide mere, så spørg din bostøtte.').waitFor()
})
