import type { Page } from 'playwright-core'
import { button, openMore, rowOf } from './conversation.ts'
import type { TestServer } from './server.ts'

/** The worker's window with a code for a citizen's device. */
export const openDialog = async (worker: Page, citizen = 'Anna') => {
  const row = rowOf(worker, citizen)
  await openMore(row)
  await row.getByRole('button', { name: 'Tilslut telefon eller tablet' }).click()
}

/** The code as the worker reads it aloud. */
export async function readCode(worker: Page): Promise<string> {
  const code = worker.getByRole('dialog').getByText(/^\d{3} \d{3}$/)
  await code.waitFor()
  return (await code.textContent()) ?? ''
}

/** As the citizen does, on the page for it. */
export async function enterCode(page: Page, url: string, code: string): Promise<void> {
  await page.goto(`${url}/start`)
  await page.getByLabel('Startkode').fill(code)
  await button(page, 'Fortsæt').click()
}

/** The two digits that the device shows. */
export async function readDigits(page: Page): Promise<string> {
  await page.getByRole('heading', { name: 'Vent på Mette' }).waitFor()
  return (await page.getByText(/^\d\d$/).textContent()) ?? ''
}

/** From the worker's button to the citizen's home. */
export async function pair(
  worker: Page,
  device: Page,
  { url }: Pick<TestServer, 'url'>,
): Promise<void> {
  await openDialog(worker)
  await enterCode(device, url, await readCode(worker))
  await confirm(worker, device)
}

/** From the two digits to the citizen's home. */
export async function confirm(worker: Page, device: Page): Promise<void> {
  const digits = await readDigits(device)
  await worker.getByText(`vil tilsluttes som Anna. Står der ${digits} på den?`).waitFor()
  await button(worker, 'Ja').click()
  await device.getByRole('heading', { name: 'Er du Anna?' }).waitFor()
  await device.getByText('Tryk på »Ja«, hvis det er dig.').waitFor()
  await button(device, 'Ja').click()
  await device.getByRole('heading', { name: 'Hej Anna' }).waitFor()
  await worker.getByText(/Annas .+ er tilsluttet\./).waitFor()
  await button(worker, 'Luk').click()
}
