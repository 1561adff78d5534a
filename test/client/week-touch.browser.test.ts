import type { CDPSession, Page } from 'playwright-core'
import t from 'tap'
import { openStates } from './gallery/on-states.ts'
import { button, settled } from './gallery/page-tools.ts'

const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true }

/** Of Jens's visit on Thursday at two. */
const VISIT = /Torsdag den 26\. november\s+Jens\s+14\.00/
const HOUR_PX = 88
const STEPS = 8

interface Point {
  readonly x: number
  readonly y: number
}

const visit = (page: Page) => page.locator('nv-week-grid').getByRole('button', { name: VISIT })

/** On the words of the visit, where a finger would be. */
async function onVisit(page: Page): Promise<Point> {
  await settled(page)
  // At its edge the calendar would scroll along with what is dragged.
  await visit(page).evaluate((each) => each.scrollIntoView({ block: 'center' }))
  const box = await visit(page).locator('b').boundingBox()
  if (box === null) throw new Error('no such appointment')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** A finger, as the browser has it from the screen: playwright's own taps are all that it can. */
async function touch(session: CDPSession, type: string, points: readonly Point[]): Promise<void> {
  await session.send('Input.dispatchTouchEvent', {
    type: type as 'touchStart',
    touchPoints: [...points],
  })
}

const nextFrame = () => new Promise<void>((resolve) => void requestAnimationFrame(() => resolve()))

async function slide(session: CDPSession, { x, y }: Point, px: number): Promise<void> {
  for (let step = 1; step <= STEPS; step += 1) {
    await touch(session, 'touchMove', [{ x, y: y + (px * step) / STEPS }])
  }
  await touch(session, 'touchEnd', [])
}

t.test('the week under a finger', async (t) => {
  const { on } = await openStates(t, TABLET)

  await on('worker-week', 'held until it lifts, it is dragged', async (t, page) => {
    const session = await page.context().newCDPSession(page)
    const from = await onVisit(page)
    await touch(session, 'touchStart', [from])
    await page.locator('nv-week-grid .lifted.draft').waitFor()
    await slide(session, from, HOUR_PX)
    await page.getByText('Ny tid: torsdag den 26. november kl. 15.00').waitFor()
    await button(page, 'Nej, lad den blive').tap()
    await visit(page).waitFor()
    await page.locator('nv-week-grid .lifted').waitFor({ state: 'detached' })
    t.pass('and is where it was when that was not meant')
  })

  await on('worker-week', 'lifted and let go it stays where it is', async (t, page) => {
    const session = await page.context().newCDPSession(page)
    const from = await onVisit(page)
    await touch(session, 'touchStart', [from])
    await page.locator('nv-week-grid .lifted.draft').waitFor()
    t.match(await page.locator('nv-week-grid .lifted.draft').innerText(), /14\.00\s*–15\.00/)
    await touch(session, 'touchEnd', [])
    await page.locator('nv-week-grid .lifted.draft').waitFor({ state: 'detached' })
    t.equal(await page.locator('dialog[open]').count(), 0, 'nobody is asked')
    await visit(page).waitFor()
  })

  await on(
    'worker-week',
    'a finger that moves at once scrolls, and moves nothing',
    async (t, page) => {
      const session = await page.context().newCDPSession(page)
      const from = await onVisit(page)
      const before = (await visit(page).boundingBox())?.y ?? NaN
      await touch(session, 'touchStart', [from])
      await slide(session, from, HOUR_PX)
      const shifted = async () =>
        ((await visit(page).boundingBox())?.y ?? NaN) > before + HOUR_PX / 2
      for (let looks = 0; looks < 100 && !(await shifted()); looks += 1)
        await page.evaluate(nextFrame)
      t.ok(await shifted(), 'the appointment went with the page')
      t.equal(await page.locator('nv-week-grid .lifted').count(), 0)
      t.equal(await page.locator('dialog[open]').count(), 0)
    },
  )
})
