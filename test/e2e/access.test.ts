import t from 'tap'
import type { Page } from 'playwright-core'
import { findAccessibilityProblems } from '../helpers/axe.ts'
import { launchPerson } from './support/browser.ts'
import {
  assertBothWays,
  button,
  launchCitizen,
  launchWorker,
  readOnlyCall,
  ring,
} from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { startServer } from './support/server.ts'

/** Tabs until the named control has the focus, as a person without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
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

t.test('axe finds nothing on any page of a whole call, in light and dark', async (t) => {
  const server = await startServer(t)
  for (const colorScheme of ['light', 'dark'] as const) {
    const visitor = await launchPerson(t, { colour: COLOURS.green, toneHz: 600, colorScheme })
    await visitor.page.goto(`${server.url}/demo`)
    await button(visitor.page, 'Log ind som Mette Holm').waitFor()
    t.same(await findAccessibilityProblems(visitor.page), [], 'the demo page')
    await visitor.browser.close()

    const worker = await launchWorker(t, server, { colorScheme })
    const citizen = await launchCitizen(t, server, { colorScheme })
    const check = async (where: string) => {
      t.same(await findAccessibilityProblems(worker.page), [], `worker: ${where}, ${colorScheme}`)
      t.same(await findAccessibilityProblems(citizen.page), [], `citizen: ${where}, ${colorScheme}`)
    }
    await check('at rest')
    await ring(worker.page)
    await button(citizen.page, 'Svar').waitFor()
    await check('ringing')
    await button(citizen.page, 'Svar').click()
    await assertBothWays(worker, citizen)
    await check('talking')
    await button(worker.page, 'Læg på').click()
    await citizen.page.getByRole('heading', { name: 'Samtalen er slut' }).waitFor()
    await check('ended')
    await worker.browser.close()
    await citizen.browser.close()
  }
})

t.test('A-10 the whole call can be made with the keyboard alone', async (t) => {
  const server = await startServer(t)
  const worker = await launchPerson(t, { colour: COLOURS.blue, toneHz: 440 })
  const citizen = await launchPerson(t, { colour: COLOURS.orange, toneHz: 880 })
  for (const [person, name] of [
    [worker, 'Mette Holm'],
    [citizen, 'Anna'],
  ] as const) {
    await person.page.goto(`${server.url}/demo`)
    await button(person.page, `Log ind som ${name}`).waitFor()
    await tabTo(person.page, `Log ind som ${name}`)
    await person.page.keyboard.press('Enter')
  }
  await citizen.page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
  await worker.page.getByText('Har appen åben').first().waitFor()
  await tabTo(worker.page, 'Ring op')
  await worker.page.keyboard.press('Enter')

  await button(citizen.page, 'Slå lyden fra').waitFor()
  await citizen.page.keyboard.press('Tab')
  await citizen.page.keyboard.press('Enter')
  await button(citizen.page, 'Slå lyden fra').waitFor({ state: 'hidden' })
  await citizen.page.keyboard.press('Escape')
  await button(citizen.page, 'Svar').waitFor()
  await tabTo(citizen.page, 'Svar')
  await citizen.page.keyboard.press('Enter')
  await assertBothWays(worker, citizen)

  await tabTo(citizen.page, 'Sluk kamera')
  await citizen.page.keyboard.press('Space')
  await worker.page.getByText('Anna har slukket sit kamera.').first().waitFor()
  await tabTo(citizen.page, 'Læg på')
  await citizen.page.keyboard.press('Enter')
  await worker.page.getByRole('heading', { name: 'Samtalen er slut' }).waitFor()
  t.match(await readOnlyCall(server), { outcome: 'completed', end_reason: 'hangup_citizen' })
})
