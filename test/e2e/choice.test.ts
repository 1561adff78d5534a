import t, { type Test } from 'tap'
import type { Page } from 'playwright-core'
import { findAccessibilityProblems } from '../helpers/axe.ts'
import { launchPerson } from './support/browser.ts'
import {
  button,
  launchCitizen,
  launchWorker,
  openMore,
  ring,
  rowOf,
} from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { confirm, openDialog, readCode } from './support/pairing.ts'
import { startServer, type TestServer } from './support/server.ts'

const LINES = 6

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

/** From the home screen to "Mine valg", as a citizen goes. */
async function openChoices(citizen: Page): Promise<void> {
  await citizen.getByRole('link', { name: 'Mine valg' }).click()
  await heading(citizen, 'Mine valg').waitFor()
}

async function goHome(citizen: Page): Promise<void> {
  await citizen.getByRole('link', { name: 'Tilbage' }).click()
  await heading(citizen, 'Hej Anna').waitFor()
}

/** Two taps, and what happens is said. */
async function stop(citizen: Page): Promise<void> {
  await openChoices(citizen)
  await button(citizen, 'Jeg vil ikke have flere videosamtaler').click()
  await citizen.getByText('Mette får besked og kontakter dig på en anden måde.').waitFor()
  await button(citizen, 'Ja, stop videosamtaler').click()
  await heading(citizen, 'Du får ikke flere videosamtaler').waitFor()
  await citizen.getByText('Vi gemmer stadig, hvornår I har talt sammen.').waitFor()
}

/** Rings although the answer is known, and reads the refusal beside the name. */
async function expectRefusal(worker: Page, sentence: string): Promise<void> {
  const row = rowOf(worker, 'Anna')
  await row.getByRole('button', { name: 'Ring op' }).click()
  await row.getByText(sentence).waitFor()
}

/** Rings, and regrets when it has reached the citizen. */
async function expectRing(worker: Page, citizen: Page): Promise<void> {
  await ring(worker)
  await button(citizen, 'Svar').waitFor()
  await button(worker, 'Stop opkald').click()
  await button(worker, 'Tilbage til mine borgere').click()
  await citizen.getByRole('button', { name: 'Tilbage' }).click()
  await heading(worker, 'Mine borgere').waitFor()
}

t.test('W-10 stop in two taps: no ring, and the worker is told why', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  const row = rowOf(worker.page, 'Anna')
  await openMore(row)
  await row.getByText('Har sagt ja tak').waitFor()
  await stop(citizen.page)
  await row.getByText('Vil ikke have flere videosamtaler').waitFor()
  await expectRefusal(worker.page, 'Borgeren vil ikke have flere videosamtaler. Brug telefonen.')
  t.same(server.rows('select * from calls'), [], 'the refused ring is no attempt')

  await t.test('offer → yes → it rings', async (t) => {
    await goHome(citizen.page)
    await citizen.page.getByText('Du skal ikke gøre noget lige nu.').waitFor()
    await row.getByRole('button', { name: /^Tilbyd videosamtaler/ }).click()
    await row.getByText('Har fået tilbuddet og ikke svaret endnu').waitFor()
    await citizen.page.getByText('Mette spørger, om du vil prøve videosamtaler.').waitFor()
    t.same(await findAccessibilityProblems(citizen.page), [], 'the offer on the home screen')
    await citizen.page.getByRole('link', { name: 'Læs om det' }).click()
    await heading(citizen.page, 'Vil du tale med Mette over video?').waitFor()
    for (let line = 1; line < LINES; line += 1) {
      await citizen.page.getByText(`${line} af ${LINES}`).waitFor()
      t.equal(await button(citizen.page, 'Ja tak').count(), 0, 'first what it is about')
      t.same(await findAccessibilityProblems(citizen.page), [], `line ${line}`)
      await button(citizen.page, 'Næste').click()
    }
    await citizen.page.getByText('Du kan sige stop, når du vil.').waitFor()
    t.same(await findAccessibilityProblems(citizen.page), [], 'the answers')
    await button(citizen.page, 'Ja tak').click()
    await heading(citizen.page, 'Du har sagt ja tak').waitFor()
    await row.getByText('Har sagt ja tak').waitFor()
    await citizen.page.getByRole('link', { name: 'Til forsiden' }).click()
    await heading(citizen.page, 'Hej Anna').waitFor()
    await expectRing(worker.page, citizen.page)
  })

  const kinds = server
    .rows(
      'select kind, said_on_device from choice_steps where citizen_id like ? order by number',
      '%003',
    )
    .map(({ kind, said_on_device }) => `${String(kind)} ${said_on_device === null ? '' : 'here'}`)
  t.same(kinds.slice(2), ['withdrawn here', 'offered ', 'accepted here'])
})

t.test('a pause is refused to the worker and ends when the citizen wants', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  await openChoices(citizen.page)
  await button(citizen.page, 'Hold pause').click()
  await button(citizen.page, 'Hold pause i 2 uger').click()
  await citizen.page
    .getByText(/^Du holder pause til \d+\. \p{L}+\. Mette ringer ikke imens\./u)
    .waitFor()
  t.same(await findAccessibilityProblems(citizen.page), [], 'the pause')
  await rowOf(worker.page, 'Anna')
    .getByText(/^Holder pause til \d+\. \p{L}+$/u)
    .waitFor()
  t.same(await findAccessibilityProblems(worker.page), [], 'the worker’s row')
  await expectRefusal(worker.page, 'Borgeren holder pause fra videosamtaler.')
  await goHome(citizen.page)
  await citizen.page.getByText(/Du holder pause til/).waitFor()
  await openChoices(citizen.page)
  await button(citizen.page, 'Fortsæt igen').click()
  await citizen.page.getByText('Du har sagt ja tak til videosamtaler.').waitFor()
  await goHome(citizen.page)
  await openMore(rowOf(worker.page, 'Anna'))
  await rowOf(worker.page, 'Anna').getByText('Har sagt ja tak').waitFor()
  await expectRing(worker.page, citizen.page)
})

t.test('a ring comes before the page of choices, which comes back', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  await openChoices(citizen.page)
  await ring(worker.page)
  await button(citizen.page, 'Ikke nu').click()
  await worker.page.getByText('Anna kan ikke tale lige nu.').first().waitFor()
  await heading(citizen.page, 'Mine valg').waitFor()
  t.match(server.rows('select outcome from calls'), [{ outcome: 'declined' }])
})

/** A phone of Anna's, paired from the worker's code to her yes. */
async function launchPaired(t: Test, worker: Page, { url }: TestServer): Promise<Page> {
  const { page } = await launchPerson(t, {
    colour: COLOURS.orange,
    toneHz: 880,
    viewport: { width: 390, height: 844 },
    // What the browser says of a device that is no longer known.
    expectedProblems: [/status of 401/],
  })
  await openDialog(worker)
  const code = worker.getByRole('dialog').getByText(/^\d{3} \d{3}$/)
  await page.goto(`${url}/start`)
  await page.getByLabel('Startkode').fill((await code.textContent()) ?? '')
  await button(page, 'Fortsæt').click()
  await heading(page, 'Vent på Mette').waitFor()
  await button(worker, 'Ja').click()
  await heading(page, 'Er du Anna?').waitFor()
  await button(page, 'Ja').click()
  await heading(page, 'Hej Anna').waitFor()
  await button(worker, 'Luk').click()
  return page
}

/** What stands on a phone that a stop has disconnected, and that a new code brings all back. */
async function expectStoppedAndBack(t: Test, worker: Page, phone: Page, { url }: TestServer) {
  await heading(phone, 'Du får ikke flere videosamtaler').waitFor()
  await phone.getByText('Denne computer er koblet fra, og ingen ringer til dig her.').waitFor()
  await phone.getByText('Sig det til din bostøtte. I laver en ny kode sammen.').waitFor()
  await phone.getByRole('link', { name: 'Ring 12 34 56 78' }).waitFor()
  t.same(await findAccessibilityProblems(phone), [], 'what was chosen')
  await phone.goto(`${url}/mine-valg`)
  await heading(phone, 'Du får ikke flere videosamtaler').waitFor()
  const row = rowOf(worker, 'Anna')
  await openMore(row)
  await row.getByRole('button', { name: /^Tilbyd videosamtaler/ }).click()
  await row.getByText('Har fået tilbuddet og ikke svaret endnu').waitFor()
  await openDialog(worker)
  const code = await readCode(worker)
  await phone.getByRole('link', { name: 'Skriv startkode' }).click()
  await phone.getByLabel('Startkode').fill(code)
  await button(phone, 'Fortsæt').click()
  await confirm(worker, phone)
  await phone.getByText('Mette spørger, om du vil prøve videosamtaler.').waitFor()
  await row.getByText('Har appen åben').waitFor()
}

t.test('CH9 a paired phone that stops is told so, and a new code brings it back', async (t) => {
  const server = await startServer(t, { env: { DUTY_PHONE: '12 34 56 78' } })
  const worker = await launchWorker(t, server)
  const phone = await launchPaired(t, worker.page, server)
  const row = rowOf(worker.page, 'Anna')
  await row.getByText('Har appen åben').waitFor()
  await openChoices(phone)
  await button(phone, 'Jeg vil ikke have flere videosamtaler').click()
  await phone.getByText('Denne computer bliver koblet fra.').waitFor()
  await button(phone, 'Ja, stop videosamtaler').click()
  await row.getByText('Ikke i appen').waitFor()
  await heading(phone, 'Du får ikke flere videosamtaler').waitFor()
  await phone.getByText('Vi gemmer stadig, hvornår I har talt sammen.').waitFor()
  t.same(await findAccessibilityProblems(phone), [], 'the last words')
  t.match(server.rows('select count(*) as paired from device_keys where revoked_at is not null'), [
    { paired: 1 },
  ])
  await phone.getByRole('link', { name: 'Tilbage' }).click()
  await expectStoppedAndBack(t, worker.page, phone, server)
})

t.test('CH9 a stop that the worker writes down is told on the phone at once', async (t) => {
  const server = await startServer(t, { env: { DUTY_PHONE: '12 34 56 78' } })
  const worker = await launchWorker(t, server)
  const phone = await launchPaired(t, worker.page, server)
  const row = rowOf(worker.page, 'Anna')
  await openMore(row)
  await row.getByText('Borgerens svar').click()
  await row.getByRole('button', { name: /^Nej, stop videosamtaler/ }).click()
  await row.getByRole('button', { name: 'Ja, stop videosamtaler' }).click()
  await expectStoppedAndBack(t, worker.page, phone, server)
})

t.test('a phone that the worker disconnects says that nothing is wrong with it', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const phone = await launchPaired(t, worker.page, server)
  await openDialog(worker.page)
  await worker.page.getByRole('button', { name: 'Frakobl enhed' }).click()
  await button(worker.page, 'Ja, frakobl').click()
  await heading(phone, 'Denne computer er koblet fra').waitFor()
  await phone.getByText('Der er ikke noget galt med den.').waitFor()
  t.same(await findAccessibilityProblems(phone), [], 'the page that says so')
})

t.test('W-04 nej tak and later are kept, and nobody is asked again', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  await stop(citizen.page)
  await goHome(citizen.page)
  const row = rowOf(worker.page, 'Anna')
  await openMore(row)
  for (const [answer, title, words] of [
    ['Spørg mig en anden gang', 'Det er helt i orden', 'Vil spørges en anden gang'],
    ['Nej tak', 'Du har sagt nej tak', 'Har sagt nej tak til videosamtaler'],
  ] as const) {
    await row.getByRole('button', { name: /^Tilbyd videosamtaler/ }).click()
    await citizen.page.getByRole('link', { name: 'Læs om det' }).click()
    for (let line = 1; line < LINES; line += 1) await button(citizen.page, 'Næste').click()
    await button(citizen.page, answer).click()
    await heading(citizen.page, title).waitFor()
    await row.getByText(words).waitFor()
    await citizen.page.getByRole('link', { name: 'Til forsiden' }).click()
    await citizen.page.getByText('Du skal ikke gøre noget lige nu.').waitFor()
    await citizen.page.reload()
    await citizen.page.getByText('Du skal ikke gøre noget lige nu.').waitFor()
    t.equal(await citizen.page.getByRole('link', { name: 'Læs om det' }).count(), 0)
  }
  await expectRefusal(worker.page, 'Borgeren har ikke sagt ja til videosamtaler. Brug telefonen.')
})

t.test('a worker writes down a spoken no, offer and yes', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const row = rowOf(worker.page, 'Jens')
  await openMore(row)
  await row.getByText('Borgerens svar').click()
  await row.getByRole('button', { name: /^Nej, stop videosamtaler/ }).click()
  await row.getByRole('button', { name: 'Ja, stop videosamtaler' }).click()
  await row.getByText('Vil ikke have flere videosamtaler').waitFor()
  await row.getByRole('button', { name: /^Tilbyd videosamtaler/ }).click()
  await row.getByText('Borgerens svar').click()
  await row.getByText('Samtalerne bliver ikke optaget.').waitFor()
  t.same(await findAccessibilityProblems(worker.page), [], 'the text to be read aloud')
  await row.getByRole('button', { name: /^Ja,/ }).click()
  await row.getByText('Har sagt ja tak').waitFor()
  const [last] = server.rows(
    'select kind, heard_by, said_on_device, text_version, language from choice_steps order by at desc, number desc',
  )
  t.match(last, {
    kind: 'accepted',
    heard_by: /1$/,
    said_on_device: null,
    text_version: 1,
    language: 'da',
  })
})

t.test('W-05 the whole choice by keyboard, on a narrow screen', async (t) => {
  const server = await startServer(t)
  const citizen = await launchCitizen(t, server, { viewport: { width: 320, height: 640 } })
  const { page } = citizen
  const press = async (name: string) => {
    await tabTo(page, name)
    await page.keyboard.press('Enter')
  }
  const fits = () =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth <= clientWidth
    })
  await press('Mine valg')
  await heading(page, 'Mine valg').waitFor()
  t.ok(await fits(), 'Mine valg')
  await press('Hold pause')
  await heading(page, 'Hvor længe vil du holde pause?').waitFor()
  t.ok(await fits(), 'the pause')
  await press('Hold pause i 1 uge')
  await page.getByText(/^Du holder pause til/).waitFor()
  await press('Jeg vil ikke have flere videosamtaler')
  await heading(page, 'Jeg vil ikke have flere videosamtaler').waitFor()
  t.ok(await fits(), 'the question')
  await press('Ja, stop videosamtaler')
  await heading(page, 'Du får ikke flere videosamtaler').waitFor()
  await press('Tilbage')
  await heading(page, 'Hej Anna').waitFor()
  await press('Mine valg')
  await press('Jeg vil gerne prøve')
  await heading(page, 'Vil du tale med Mette over video?').waitFor()
  for (let line = 1; line < LINES; line += 1) {
    t.ok(await fits(), `line ${line}`)
    await press('Næste')
  }
  await press('Ja tak')
  await heading(page, 'Du har sagt ja tak').waitFor()
  t.ok(await fits(), 'the answer')
})

/** Tabs until the named control has the focus, as a person without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  await page.getByText(name, { exact: true }).first().waitFor()
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      let element = document.activeElement
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
      return element?.textContent.trim() ?? ''
    })
    if (focused === name) return
  }
  throw new Error(`"${name}" cannot be reached with the keyboard`)
}
