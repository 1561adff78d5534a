import t from 'tap'
import { LIMIT_MS } from './gallery/page-tools.ts'
import { GalleryStage } from './gallery/stage.ts'

/** A small old phone, a phone, a tablet and a laptop. */
const SIZES = [
  { width: 320, height: 568 },
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1280, height: 800 },
] as const

/** What a citizen meets on an ordinary day. */
const STATES = [
  'home',
  'home-two-workers',
  'home-offered',
  'home-paused',
  'home-declined',
  'my-choices',
  'my-choices-paused',
  'my-choices-declined',
  'choice-question',
  'choice-already-yes',
  'pair',
  'pair-again',
  'pair-install',
  'devices',
  'lookups',
  'incoming',
] as const

t.test("a citizen's pages are one screen, with nothing below it", async (t) => {
  t.setTimeout(LIMIT_MS)
  const stage = await GalleryStage.open()
  t.teardown(() => stage.close())
  for (const state of STATES) {
    const { page } = await stage.show(state, { viewport: SIZES[0], hasTouch: true })
    for (const size of SIZES) {
      await page.setViewportSize(size)
      const { scrollHeight, clientHeight } = await page.evaluate(() => {
        const { scrollHeight, clientHeight } = document.documentElement
        return { scrollHeight, clientHeight }
      })
      t.ok(
        scrollHeight <= clientHeight,
        `${state} at ${size.width} by ${size.height}: ${scrollHeight} of ${clientHeight} px`,
      )
    }
    await page.context().close()
  }
})
