import t from 'tap'
import { button, LIMIT_MS } from './gallery/page-tools.ts'
import { GalleryStage } from './gallery/stage.ts'

/** A small old phone, a phone, a tablet and a laptop. */
const SIZES = [
  { width: 320, height: 568 },
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1280, height: 800 },
] as const

/** What a citizen meets on an ordinary day. */
const STATES: readonly (readonly [state: string, pressed?: string])[] = [
  ['home'],
  ['home-maintenance'],
  ['home-ready'],
  ['home-asked'],
  ['home-missed'],
  ['home-busy'],
  ['home-two-workers'],
  ['home-offered'],
  ['home-paused'],
  ['home-declined'],
  ['my-choices'],
  ['my-choices', 'Hold pause'],
  ['my-choices', 'Hvornår må vi ikke ringe?'],
  ['my-choices', 'Telefon og tablet'],
  ['my-choices', 'Sprog (language)'],
  ['my-choices-quiet'],
  ['my-choices', 'Jeg vil ikke have flere videosamtaler'],
  ['my-choices-paused'],
  ['my-choices-declined'],
  ['choice-question'],
  ['choice-already-yes'],
  ['pair'],
  ['pair-again'],
  ['pair-install'],
  ['pair-install-menu'],
  ['pair-install-elsewhere'],
  ['trouble-kept'],
  ['trouble-offline'],
  ['devices'],
  ['lookups'],
  ['incoming'],
  ['incoming-alone'],
]

t.test("a citizen's pages are one screen, with nothing below it", async (t) => {
  t.setTimeout(LIMIT_MS)
  const stage = await GalleryStage.open({ isInPlace: true })
  t.teardown(() => stage.close())
  for (const [state, pressed] of STATES) {
    const { page, leave } = await stage.show(state, { viewport: SIZES[0], hasTouch: true })
    if (pressed !== undefined) {
      await button(page, pressed).click()
      await button(page, pressed).waitFor({ state: 'detached' })
    }
    for (const size of SIZES) {
      await page.setViewportSize(size)
      const { scrollHeight, clientHeight } = await page.evaluate(() => {
        const { scrollHeight, clientHeight } = document.documentElement
        return { scrollHeight, clientHeight }
      })
      t.ok(
        scrollHeight <= clientHeight,
        `${state} ${pressed ?? ''} at ${size.width} by ${size.height}: ${scrollHeight} of ${clientHeight} px`,
      )
    }
    await leave()
  }
})
