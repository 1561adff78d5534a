import { findAccessibilityProblems } from '../helpers/axe.ts'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { setLetters } from './gallery/page-tools.ts'
import { GalleryStage } from './gallery/stage.ts'
import { STATES } from './gallery/states.ts'
import { lix } from './lix.ts'

/** What a page has to say for itself, measured where it is drawn. */
interface Measured {
  readonly scrollWidth: number
  readonly clientWidth: number
  readonly smallTargets: readonly string[]
}

/** Shadow roots are closed to selectors, so the page is walked. */
const measure = (page: Page): Promise<Measured> =>
  page.evaluate(() => {
    const all = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot === null ? [] : all(element.shadowRoot)),
      ])
    const targets = all(document).filter((element) => element.matches('button, a.button'))
    const { scrollWidth, clientWidth } = document.documentElement
    return {
      scrollWidth,
      clientWidth,
      smallTargets: targets
        // What is behind a closed sheet is no target.
        .filter((element) => element.checkVisibility())
        .filter((element) => {
          const { width, height } = element.getBoundingClientRect()
          return width < 48 || height < 48
        })
        .map((element) => element.textContent.trim()),
    }
  })

/** Text as it is read: sentences of different elements do not run into each other. */
const readText = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const read = (node: Node): string => {
      if (node instanceof Text) return node.data.trim()
      if (node instanceof Element && ['STYLE', 'SCRIPT'].includes(node.tagName)) return ''
      const isBlock = node instanceof Element && /^(P|H1|H2|LI|BUTTON|A|DIV)$/.test(node.tagName)
      const shadow = node instanceof Element ? node.shadowRoot : null
      const children = shadow === null ? [] : [...shadow.childNodes]
      const parts = [...children, ...node.childNodes].map(read).filter((part) => part !== '')
      return parts.join(' ') + (isBlock && parts.length > 0 ? '\n' : '')
    }
    return read(document.body)
  })

/** Every state in two schemes and three widths, on two cores. */
const LIMIT_MS = 500_000

t.test('every state of every page', async (t) => {
  t.setTimeout(LIMIT_MS)
  const stage = await GalleryStage.open({ isInPlace: true })
  t.teardown(() => stage.close())

  for (const state of Object.keys(STATES)) {
    await t.test(state, async (t) => {
      const { page, trouble, leave } = await stage.show(state, PHONE)
      t.same(await findAccessibilityProblems(page), [], 'axe finds nothing (light)')
      await page.emulateMedia({ colorScheme: 'dark' })
      const dark = await findAccessibilityProblems(page, ['color-contrast'])
      t.same(dark, [], 'axe finds nothing (dark)')
      await checkPage(t, page)
      await checkReading(t, page, state)
      await checkSizes(t, page)
      t.same(trouble, [], 'the console stays silent')
      await leave()
    })
  }
})

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true }

async function checkPage(t: Test, page: Page): Promise<void> {
  t.equal(await page.getByRole('main').count(), 1, 'one main')
  t.equal(await page.getByRole('heading', { level: 1 }).count(), 1, 'one heading of the first rank')
  t.match(await page.title(), /Nærvær$/)
  t.equal(await page.locator('html').getAttribute('lang'), 'da')
  const { smallTargets } = await measure(page)
  t.same(smallTargets, [], 'A-14 every target is 48 px or more')
}

async function checkReading(t: Test, page: Page, state: string): Promise<void> {
  if (/demo|citizens|worker|staff|out-/.test(state)) return
  const text = await readText(page)
  const words = text.split(/\s+/).length
  if (words < 10) return
  // The criterion begins at thirty words; of fewer the measure says less, so it is held more loosely.
  const limit = words < 30 ? 40 : 30
  t.ok(lix(text) <= limit, `A-16 LIX ${lix(text).toFixed(0)} of: ${text.replaceAll('\n', ' / ')}`)
}

async function checkSizes(t: Test, page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSidewaysScroll(t, page, '320 px')
  await setLetters(page, '200%')
  await expectNoSidewaysScroll(t, page, '320 px and letters of double size')
}

async function expectNoSidewaysScroll(t: Test, page: Page, when: string): Promise<void> {
  const { scrollWidth, clientWidth } = await measure(page)
  t.ok(scrollWidth <= clientWidth, `no sideways scroll at ${when}: ${scrollWidth} px`)
}
