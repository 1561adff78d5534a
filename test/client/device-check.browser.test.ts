import { findAccessibilityProblems } from '../helpers/axe.ts'
import t, { type Test } from 'tap'
import type { Page } from 'playwright-core'
import { GalleryStage } from './gallery/stage.ts'
import { openMore, rowOf } from '../helpers/citizen-row.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true }

async function checkAccess(t: Test, page: Page, what: string): Promise<void> {
  const problems = await findAccessibilityProblems(page)
  t.same(problems, [], `axe finds nothing: ${what}`)
}

t.test('N8 a code is made when it is wished, shown large and spelled', async (t) => {
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())
  const { page, trouble } = await stage.show('check-help', PHONE)
  const asked = page.waitForRequest('**/api/check/reports')
  await page.getByRole('button', { name: 'Få en supportkode' }).click()
  const sent = (await asked).postDataJSON() as { line: { http: { state: string } } }
  t.equal(sent.line.http.state, 'strange', 'the line has been tried before')
  await page.getByText('Læs den op, når du ringer efter hjælp.').waitFor()
  const signs = page.getByRole('list', { name: 'Din supportkode' }).getByRole('listitem')
  t.strictSame(await signs.allInnerTexts(), ['F\nsom Frederik', '7', 'K\nsom Karen', '3'])
  await checkAccess(t, page, 'the code')
  t.same(trouble, [])
})

t.test('N8 IT writes the code as it was heard, and reads who acts and what to say', async (t) => {
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())
  const { page, trouble } = await stage.show('staff-it')
  const open = page.getByRole('button', { name: 'Åbn rapporten' })
  await page.getByLabel('Kode på fire tegn').fill('f7k0')
  await open.click()
  await page.getByText('En kode har fire tegn, og aldrig 0, O, 1, I eller L.').waitFor()
  await page.getByLabel('Kode på fire tegn').fill('f7 k3')
  const asked = page.waitForRequest('**/api/it/reports/F7K3')
  await open.click()
  await asked
  await page.getByRole('heading', { name: 'Rapport F7K3' }).waitFor()
  const camera = page.locator('.report .panel').first()
  t.match(
    await camera.innerText(),
    /K1: Der er sagt nej til kameraet[^]*Borgeren[^]*Appen har ikke lov til at bruge dit kamera\./,
  )
  const udp = page.locator('.report .panel').nth(1)
  t.match(await udp.innerText(), /N2: [^]*IT[^]*Åbn UDP 3478/)
  await page.getByText('Alt, der er målt').click()
  const facts = await page.getByRole('row').allInnerTexts()
  t.ok(facts.some((row) => /TURN over UDP\s+virker ikke/.test(row)))
  t.ok(facts.some((row) => /Åben forbindelse \(\/ws\)\s+virker \(40 ms\)/.test(row)))
  await checkAccess(t, page, 'the report')
  t.same(trouble, [])
})

t.test('N7 the list of a visit says of each line what was seen, and when', async (t) => {
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())
  const { page, trouble } = await stage.show('citizens')
  await openMore(rowOf(page, 'Anna'))
  await page.getByRole('button', { name: 'Tjekliste til hjemmebesøg' }).click()
  const lines = page.getByRole('list', { name: 'iPad' }).getByRole('listitem')
  await lines.first().waitFor()
  const texts = (await lines.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())
  t.strictSame(texts, [
    '✓ Tilsluttet Set 23. nov. 2026 kl. 09.00',
    '✓ Åbnet fra hjemmeskærmen Set 23. nov. 2026 kl. 09.01',
    '✓ Kamera Set 23. nov. 2026 kl. 09.02',
    '✕ Mikrofon Virkede ikke 23. nov. 2026 kl. 09.03',
    '✓ Lyd Set 23. nov. 2026 kl. 09.03',
    '○ Prøve gennem relæet Ikke set endnu',
    '✓ Besked vækkede den lukkede app Set 23. nov. 2026 kl. 09.04',
  ])
  await checkAccess(t, page, 'the list')
  t.same(trouble, [])
})

t.test('past what is wrong the check goes on to its end', async (t) => {
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())
  const { page } = await stage.show('check-wi-fi', PHONE)
  await page.getByRole('heading', { name: 'Dit wi-fi vil have, at du logger på først.' }).waitFor()
  await page.getByRole('button', { name: 'Gå videre' }).click()
  await page.getByRole('heading', { name: 'Noget virker ikke endnu' }).waitFor()
  await checkAccess(t, page, 'the last screen')
})
