import type { Locator, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { openStates } from './gallery/on-states.ts'
import {
  asked,
  button,
  overlaps,
  patch,
  PHONE,
  setLetters,
  settled,
  type Box,
} from './gallery/page-tools.ts'

/** Phones, tablets of three makes, a desk, and a phone on its side. */
const SIZES = [
  [320, 568],
  [390, 844],
  [768, 1024],
  [810, 1080],
  [820, 1180],
  [1280, 800],
  [844, 390],
] as const

const boxOf = async (locator: Locator): Promise<Box> => {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('it is not to be seen')
  return box
}

const middleOf = ({ x, y, width, height }: Box): [number, number] => [x + width / 2, y + height / 2]

/** The first tap of two; whatever it sets off comes between them. */
async function tapTwice(page: Page, name: string, between: () => Promise<void>): Promise<void> {
  await settled(page)
  const [x, y] = middleOf(await boxOf(button(page, name)))
  await page.touchscreen.tap(x, y)
  await between()
  await page.touchscreen.tap(x, y)
  await page.mouse.click(x, y)
}

/** What pointers have really hit, by the name of the innermost element. */
const watchHits = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const hits: string[] = []
    Object.assign(window, { hits })
    addEventListener('click', (event) => {
      const [target] = event.composedPath()
      hits.push(target instanceof Element ? target.localName : 'nothing')
    })
  })
const hitsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { hits: string[] }).hits)

t.test('hurried and heavy fingers', async (t) => {
  const { on, stage } = await openStates(t)

  await on('incoming', '"Ikke nu" twice is one "not now"', async (t, page) => {
    await watchHits(page)
    await tapTwice(page, 'Ikke nu', async () => {
      await patch(page, { phase: 'idle', call: null })
      await page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
    })
    t.same(await asked(page), ['decline'])
    t.equal((await hitsOf(page)).filter((hit) => hit !== 'body' && hit !== 'html').length, 1)
  })

  await on('incoming', '"Svar uden kamera" twice turns nothing on or off', async (t, page) => {
    await tapTwice(page, 'Svar uden kamera', async () => {
      await patch(page, { phase: 'talking' })
      await button(page, 'Læg på').waitFor()
    })
    t.same(await asked(page), ['answer without camera'])
    await settled(page)
    await page.touchscreen.tap(...middleOf(await boxOf(button(page, 'Læg på'))))
    t.same(await asked(page), ['answer without camera', 'hangUp'], 'one tap hangs up')
  })

  await on('ended-failed-worker', '"Ring igen" twice does not stop the ring', async (t, page) => {
    await tapTwice(page, 'Ring igen', async () => {
      await patch(page, { phase: 'outgoing' })
      await button(page, 'Stop opkald').waitFor()
    })
    t.match(await asked(page), ['dismiss', /^ring /])
    t.equal((await asked(page)).length, 2)
  })

  await on('talk-citizen-wide', 'the guard is no wall for the keyboard', async (t, page) => {
    await settled(page)
    await page.locator('nv-app').evaluate((app) => app.toggleAttribute('is-new', true))
    await page.touchscreen.tap(...middleOf(await boxOf(button(page, 'Sluk mikrofon'))))
    t.same(await asked(page), [], 'the guard stands')
    await button(page, 'Sluk kamera').press('Enter')
    t.same(await asked(page), ['camera off'])
  })

  await on('home', 'nothing that is pressed elsewhere lies where 112 does', async (t, page) => {
    for (const state of ['incoming', 'talk-citizen-wide', 'ended-left-citizen', 'vacant']) {
      const other = await stage.show(state, PHONE)
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height })
        await other.page.setViewportSize({ width, height })
        const urgent = await boxOf(page.getByRole('link', { name: 'Ring 112' }))
        for (const it of await other.page.getByRole('button').all()) {
          const name = (await it.textContent())?.trim()
          t.notOk(overlaps(await boxOf(it), urgent), `${name} of ${state} at ${width}`)
        }
      }
      await other.leave()
    }
  })

  await on('talk-citizen-wide', 'no button moves while one talks', async (t, page) => {
    for (const letters of ['100%', '200%']) {
      await setLetters(page, letters)
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height })
        await checkStill(t, page, `${letters} letters at ${width} by ${height}`)
      }
    }
  })

  await on('talk-citizen-wide', 'hanging up keeps away from the others', async (t, page) => {
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height })
      const stop = await boxOf(button(page, 'Læg på'))
      for (const name of ['Sluk kamera', 'Sluk mikrofon']) {
        const other = await boxOf(button(page, name))
        const wider = {
          x: other.x - 19,
          y: other.y - 19,
          width: other.width + 38,
          height: other.height + 38,
        }
        t.notOk(overlaps(wider, stop), `20 px and more from »${name}« at ${width} by ${height}`)
      }
    }
  })
})

async function checkStill(t: Test, page: Page, when: string): Promise<void> {
  await patch(page, { ownMedia: { camera: 'on', microphone: 'on' } })
  const stop = await boxOf(button(page, 'Læg på'))
  const microphone = await boxOf(button(page, 'Sluk mikrofon'))
  for (const state of ['off', 'refused'] as const) {
    await patch(page, { ownMedia: { camera: state, microphone: state } })
    await button(page, 'Tænd mikrofon').waitFor()
    t.same(await boxOf(button(page, 'Læg på')), stop, `»Læg på«, ${state}, ${when}`)
    t.same(await boxOf(button(page, 'Tænd mikrofon')), microphone, `${state}, ${when}`)
  }
}
