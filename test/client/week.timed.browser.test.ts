import { addDays, toDayNumber, type Day } from '@naervaer/shared/wall'
import type { Page } from 'playwright-core'
import t from 'tap'
import { openStates } from './gallery/on-states.ts'
import { button } from './gallery/page-tools.ts'
import { weekReplyOf } from './gallery/week-states.ts'

const DAY_MS = 24 * 3_600_000
const FIRST_DAY = '2026-11-23'

/** What a click may take of the page's thread until the next week stands there. */
const LIMIT_MS = 100
const WEEKS = 51

/** Eighteen citizens, each of them twice in every week of a year: 1 872 appointments, of which a week is told. */
async function serveYear(page: Page): Promise<{ from: Day; to: Day }[]> {
  const asked: { from: Day; to: Day }[] = []
  await page.route('**/api/appointments?*', (route) => {
    const { searchParams } = new URL(route.request().url())
    const span = { from: searchParams.get('from') ?? '', to: searchParams.get('to') ?? '' }
    asked.push(span)
    const days = toDayNumber(span.from) - toDayNumber(FIRST_DAY)
    const { appointments } = weekReplyOf('worker-week-full')
    const moved = appointments.map(({ citizenId, appointment }) => ({
      citizenId,
      appointment: {
        ...appointment,
        day: addDays(appointment.day, days),
        startAt: appointment.startAt + days * DAY_MS,
        endAt: appointment.endAt + days * DAY_MS,
      },
    }))
    return route.fulfill({ json: { appointments: moved } })
  })
  return asked
}

t.test('a year of eighteen citizens: each week is there within 100 ms of script', async (t) => {
  const { stage } = await openStates(t)
  const { page } = await stage.show('worker-week-full', { viewport: { width: 1280, height: 800 } })
  const asked = await serveYear(page)
  const client = await page.context().newCDPSession(page)
  await client.send('Performance.enable')
  // `ScriptDuration` leaves out what runs when an answer has come: this is all but styles, layout and the test's own.
  const scriptMs = async () => {
    const { metrics } = await client.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((each) => each.name === name)?.value ?? NaN
    const others = of('RecalcStyleDuration') + of('LayoutDuration') + of('DevToolsCommandDuration')
    return (of('TaskDuration') - others) * 1_000
  }

  await page.locator('nv-week-grid [data-key]').first().waitFor()
  const taken: number[] = []
  for (let week = 1; week <= WEEKS; week += 1) {
    const from = addDays(FIRST_DAY, week * 7)
    const before = await scriptMs()
    await button(page, 'Næste uge').click()
    await page
      .locator(`nv-week-grid [data-key$="${addDays(from, 4)}"]`)
      .last()
      .waitFor()
    taken.push((await scriptMs()) - before)
  }
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
