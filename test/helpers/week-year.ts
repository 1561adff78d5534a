import { addDays, toDayNumber, type Day } from '@naervaer/shared/wall'
import type { Page } from 'playwright-core'
import { button } from '../client/gallery/page-tools.ts'
import { weekReplyOf } from '../client/gallery/week-states.ts'

const DAY_MS = 24 * 3_600_000
const FIRST_DAY = '2026-11-23'

/** Eighteen citizens, each of them twice in every week of a year: 1 872 appointments, of which a week is told. */
export async function serveYear(page: Page): Promise<{ from: Day; to: Day }[]> {
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

/**
 * Goes on week by week, and tells what each took of the page's thread, styles and layout left out, in milliseconds.
 *
 * @param since - how many weeks the page has gone on already
 */
export async function stepWeeks(page: Page, weeks: number, since = 0): Promise<number[]> {
  const client = await page.context().newCDPSession(page)
  await client.send('Performance.enable')
  // `ScriptDuration` leaves out what runs when an answer has come: this is all but styles, layout and the test's own.
  const scriptMs = async () => {
    const { metrics } = await client.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((each) => each.name === name)?.value ?? NaN
    const others = of('RecalcStyleDuration') + of('LayoutDuration') + of('DevToolsCommandDuration')
    return (of('TaskDuration') - others) * 1_000
  }
  const taken: number[] = []
  for (let week = since + 1; week <= since + weeks; week += 1) {
    const friday = addDays(FIRST_DAY, week * 7 + 4)
    const before = await scriptMs()
    await button(page, 'Næste uge').click()
    await page.locator(`[data-key$="${friday}"]`).last().waitFor()
    taken.push((await scriptMs()) - before)
  }
  await client.detach()
  return taken
}
