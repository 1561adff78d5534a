import type { Page } from 'playwright-core'
import t from 'tap'
import { LIMIT_MS, setLetters, settled } from './gallery/page-tools.ts'
import { GalleryStage } from './gallery/stage.ts'

/** Phones; the last is a laptop of 1280 at 200 %. */
const WIDTHS_PX = [320, 360, 390, 640]

const STATES = ['talk-worker-tall', 'talk-mic-off', 'talk-writing', 'talk-paused']

/** Words on the buttons of a talk that stand on more than one line, and those that stick out of their button. */
const findBroken = (page: Page): Promise<string[]> =>
  page.locator('nv-call-controls').evaluate((controls) => {
    const range = document.createRange()
    const findTexts = (node: Node): Node[] =>
      node.nodeType === Node.TEXT_NODE ? [node] : [...node.childNodes].flatMap(findTexts)
    return [...(controls.shadowRoot?.querySelectorAll('button') ?? [])].flatMap((button) => {
      const { left, right } = button.getBoundingClientRect()
      return findTexts(button).flatMap((text) =>
        [...(text.textContent ?? '').matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
          range.setStart(text, index)
          range.setEnd(text, index + word.length)
          const rects = [...range.getClientRects()]
          const isOut = rects.some((rect) => rect.left < left || rect.right > right)
          return rects.length > 1 || isOut ? [word] : []
        }),
      )
    })
  })

t.test('no word on the buttons of a talk is broken, or sticks out', async (t) => {
  t.setTimeout(LIMIT_MS)
  const stage = await GalleryStage.open({ isInPlace: true })
  t.teardown(() => stage.close())
  for (const state of STATES) {
    const { page, leave } = await stage.show(state, { hasTouch: true })
    await settled(page)
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: 844 })
      t.same(await findBroken(page), [], `${state} at ${String(width)} px`)
    }
    await page.setViewportSize({ width: 390, height: 844 })
    await setLetters(page, '200%')
    t.same(await findBroken(page), [], `${state} at 390 px with letters of 200 %`)
    await leave()
  }
})
