import axe, { type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** Put there by the scan. */
    axe: typeof axe
  }
}

/**
 * Scans the page as it is, shadow roots included, for what keeps people out: WCAG 2.1 A and AA, and good practice.
 * Our pages have no frames, so axe is asked in the page itself: what looks into frames opens a page for each look.
 *
 * @param rules - these alone; all when left out
 * @returns one text for each violation and place; empty when there is none
 */
export async function findAccessibilityProblems(
  page: Page,
  rules?: readonly string[],
): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window)
  if (!isThere) await page.evaluate(axe.source)
  const options: RunOptions = {
    // The rest of a report is some hundred kilobytes, which nobody reads.
    resultTypes: ['violations'],
    ...(rules === undefined ? {} : { runOnly: [...rules] }),
  }
  return page.evaluate(async (options) => {
    const { violations } = await window.axe.run(document, options)
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html, failureSummary }) =>
        [`${id}: ${help}`, `  at ${JSON.stringify(target)}`, html, failureSummary ?? ''].join('\n'),
      ),
    )
  }, options)
}
