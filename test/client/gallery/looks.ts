import { findAccessibilityProblems } from '../../helpers/axe.ts'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'

/** The narrowest screen that WCAG asks for (SC 1.4.10). */
export const NARROW = { viewport: { width: 320, height: 640 }, hasTouch: true }

/** What a page looks like just now, in both schemes: axe finds nothing, and nothing lies beside the screen. */
export async function checkLooks(t: Test, page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const problems = await findAccessibilityProblems(page)
    t.same(problems, [], `axe finds nothing (${colorScheme})`)
  }
  const beyondPx = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  t.ok(beyondPx <= 0, `no sideways scroll: ${beyondPx} px`)
}
