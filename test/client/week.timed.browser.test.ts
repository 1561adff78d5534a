import { toDayNumber } from '@naervaer/shared/wall'
import t from 'tap'
import { serveYear, stepWeeks } from '../helpers/week-year.ts'
import { openStates } from './gallery/on-states.ts'

/** What a click may take of the page's thread until the next week stands there. */
const LIMIT_MS = 100
const WEEKS = 51

t.test('a year of eighteen citizens: each week is there within 100 ms of script', async (t) => {
  const { stage } = await openStates(t)
  const { page } = await stage.show('worker-week-full', { viewport: { width: 1280, height: 800 } })
  const asked = await serveYear(page)
  await page.locator('nv-week-grid [data-key]').first().waitFor()
  const taken = await stepWeeks(page, WEEKS)
  taken.sort((one, other) => one - other)
  const medianMs = taken[Math.floor(taken.length / 2)] ?? NaN
  const worstMs = taken.at(-1) ?? NaN
  t.comment(`script of a week: median ${medianMs.toFixed(0)} ms, worst ${worstMs.toFixed(0)} ms`)
  t.ok(medianMs < LIMIT_MS, `${medianMs.toFixed(0)} of ${String(LIMIT_MS)} ms`)
  t.equal(asked.length, WEEKS, 'each week is asked for once')
  t.ok(
    asked.every(({ from, to }) => toDayNumber(to) - toDayNumber(from) === 6),
    'and nothing but the week',
  )
})
