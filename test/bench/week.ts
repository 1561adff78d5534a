import { GalleryStage } from '../client/gallery/stage.ts'
import { button } from '../client/gallery/page-tools.ts'
import { serveYear, stepWeeks } from '../helpers/week-year.ts'
import { summarize, type Summary } from './summary.ts'

/** What a click on the next week takes of the page's thread, styles and layout left out. */
export interface WeekChange {
  /** In the grid that the calendar library draws. */
  readonly grid: Summary
  /** The same appointments as a list of our own, which no library draws. */
  readonly list: Summary
}

/** A year of eighteen citizens, half of it in the grid and half in the list, in one page. */
export async function measureWeek(): Promise<WeekChange> {
  const stage = await GalleryStage.open()
  try {
    const viewport = { width: 1280, height: 800 }
    const { page } = await stage.show('worker-week-full', { viewport })
    await serveYear(page)
    await page.locator('nv-week-grid [data-key]').first().waitFor()
    const half = 26
    const grid = await stepWeeks(page, half)
    await button(page, 'Liste').click()
    await page.locator('nv-week-list [data-key]').first().waitFor()
    const list = await stepWeeks(page, half - 1, half)
    return { grid: summarize(grid), list: summarize(list) }
  } finally {
    await stage.close()
  }
}
