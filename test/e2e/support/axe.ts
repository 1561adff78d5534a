import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']

/**
 * Scans the page as it is, shadow roots included, for what keeps people out.
 *
 * @returns one text for each violation and place; empty when there is none
 */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      [`${id}: ${help}`, `  at ${JSON.stringify(target)}`, `  ${failureSummary ?? ''}`].join('\n'),
    ),
  )
}
