import { findAccessibilityProblems } from '../helpers/axe.ts'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { button, LIMIT_MS, PHONE, settled } from './gallery/page-tools.ts'
import { GalleryStage } from './gallery/stage.ts'

t.setTimeout(LIMIT_MS)
const stage = await GalleryStage.open()
t.teardown(() => stage.close())

const field = (page: Page) => page.getByRole('textbox', { name: /^Skriv til/ })
const log = (page: Page) => page.getByRole('log')

async function checkWithAxe(t: Test, page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    t.same(await findAccessibilityProblems(page), [], `axe finds nothing (${colorScheme})`)
  }
}

t.test(
  'A-03 own and other lines say whose they are, and the field says whom one writes to',
  async (t) => {
    const { page, trouble } = await stage.show('talk-writing', PHONE)
    await settled(page)
    const lines = page.getByRole('group', { name: 'Det, I har skrevet' }).locator('p')
    t.same(
      (await lines.allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim()),
      [
        'Mette: Hej Anna. Kan du høre mig?',
        'Dig: Ja, men min søster er her. Jeg vil hellere skrive 🙂',
        'Mette: Det er helt fint. Hvordan har du sovet?',
        'Dig: Bedre end i går',
        'Mette: Skal vi tal',
      ],
    )
    const [first, second] = await Promise.all([
      lines.nth(0).boundingBox(),
      lines.nth(1).boundingBox(),
    ])
    t.ok((first?.x ?? 0) < (second?.x ?? 0), 'they stand on different sides')
    t.ok(await lines.last().isVisible())
    await checkWithAxe(t, page)
    t.same(trouble, [])
    await page.context().close()
  },
)

t.test('A-03 a screen reader is told the other text by the word, politely', async (t) => {
  const { page } = await stage.show('talk-writing', PHONE)
  await settled(page)
  t.equal(await log(page).getAttribute('aria-live'), 'polite')
  await page.evaluate(() => window.arrive('e sammen'))
  await log(page).getByText('Mette: Skal vi tale', { exact: true }).waitFor({ state: 'attached' })
  t.notMatch(await log(page).textContent(), /sammen/, 'a word is told when it is finished')
  await page.evaluate(() => window.arrive(' nu?\u2028'))
  await log(page).getByText('sammen nu?').waitFor({ state: 'attached' })
  t.notMatch(await log(page).textContent(), /Bedre end/, 'and what one writes oneself is not')
  await page.context().close()
})

t.test('writing by keyboard alone: open, write, end a line, close', async (t) => {
  const { page } = await stage.show('talk-citizen-wide')
  await settled(page)
  await button(page, 'Skriv').focus()
  await page.keyboard.press('Enter')
  await field(page).waitFor()
  t.ok(await page.getByText('Mette ser det, mens du skriver. Det bliver ikke gemt.').isVisible())
  await page.keyboard.type('Hej Mette')
  await page.keyboard.press('Enter')
  await page.getByText('Hej Mette', { exact: true }).waitFor()
  t.equal(await field(page).inputValue(), '')
  await page.keyboard.type('Hvordan')
  await button(page, 'Ny linje').press('Enter')
  await page.getByText('Hvordan', { exact: true }).waitFor()
  await field(page).focus()
  await page.keyboard.press('Escape')
  await field(page).waitFor({ state: 'detached' })
  await button(page, 'Skriv').click()
  t.ok(await page.getByText('Hvordan', { exact: true }).isVisible(), 'nothing is lost by closing')
  await page.context().close()
})

t.test('what was too long is cut, and that is said', async (t) => {
  const { page } = await stage.show('talk-citizen-wide', PHONE)
  await settled(page)
  await button(page, 'Skriv').click()
  await field(page).fill('x'.repeat(100_000))
  await page.getByText('Det var for langt. Resten er ikke kommet med.').waitFor()
  t.equal((await field(page).inputValue()).length, 4_000)
  await page.context().close()
})

t.test('what the other writes comes into sight by itself, and takes no focus', async (t) => {
  const { page } = await stage.show('talk-citizen-wide', PHONE)
  await settled(page)
  await button(page, 'Sluk mikrofon').focus()
  await page.evaluate(() => window.arrive('Kan du se det her?'))
  await page.getByText('Kan du se det her?', { exact: true }).waitFor()
  await page.getByText('Mette skriver …').waitFor()
  const focused = page.locator('button:focus')
  t.match(await focused.textContent(), /Sluk mikrofon/)
  await page.context().close()
})

t.test('text that is waiting, and text that is missing, is said in words', async (t) => {
  const { page } = await stage.show('talk-writing-trouble', PHONE)
  await settled(page)
  await page.getByText('Forbindelsen er væk. Mette ser teksten, når den er tilbage.').waitFor()
  await page.getByText('[Her kan der mangle noget tekst.]').waitFor()
  await checkWithAxe(t, page)
  await page.context().close()
})

t.test('S-25 the four digits, one by one, and for staff that they are new', async (t) => {
  const { page, trouble } = await stage.show('talk-digits', PHONE)
  await settled(page)
  await button(page, 'Mere').click()
  await button(page, 'Tjek forbindelsen').click()
  await page.getByText('4 0 7 1').waitFor()
  await page.getByText(/Læs de fire tal højt for hinanden/).waitFor()
  await page.getByText('Anna har fået en ny forbindelse.').waitFor()
  await checkWithAxe(t, page)
  t.same(trouble, [])
  await page.context().close()
})

t.test('S-25 no digits, in calm words; and nothing of it for the citizen unasked', async (t) => {
  const { page } = await stage.show('talk-digits-none', PHONE)
  await settled(page)
  await button(page, 'Mere').click()
  t.equal(await page.getByText(/Vi kan ikke vise tal/).count(), 0)
  await button(page, 'Tjek forbindelsen').click()
  await page.getByText(/Vi kan ikke vise tal/).waitFor()
  t.equal(await page.getByText(/ny forbindelse/).count(), 0)
  await page.context().close()
})
