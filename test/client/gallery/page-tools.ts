import type { Locator, Page } from 'playwright-core'
import type { CallSnapshot } from '../../../client/src/call/call-snapshot.ts'

/** For a file of browser tests, on two busy cores. */
export const LIMIT_MS = 300_000

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true }

/** As Playwright measures, in CSS pixels of the window. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Whether two boxes share any area. */
export function overlaps(a: Box, b: Box): boolean {
  const isBeside = a.x + a.width <= b.x || b.x + b.width <= a.x
  const isAbove = a.y + a.height <= b.y || b.y + b.height <= a.y
  return !isBeside && !isAbove
}

/** What the page has asked of calls so far. */
export const asked = (page: Page): Promise<string[]> => page.evaluate(() => window.asked)

/** Changes the call as the page sees it. */
export const patch = (page: Page, change: Partial<CallSnapshot>): Promise<void> =>
  page.evaluate((change) => window.snapshot.patch(change), change)

export const button = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true })

/** Resolves when the screen may be pressed by pointers. */
export const settled = (page: Page): Promise<void> =>
  page.locator('nv-app:not([is-new])').waitFor({ state: 'attached' })

/** Letters of another size, as a person asks their browser for them; a style of the test's own is refused. */
export const setLetters = (page: Page, fontSize: string): Promise<void> =>
  page.evaluate((fontSize) => {
    document.documentElement.style.fontSize = fontSize
  }, fontSize)

/** Words of the element that has the focus, through shadow roots. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const deepest = (root: DocumentOrShadowRoot): Element | null => {
      const element = root.activeElement
      const inside = element?.shadowRoot?.activeElement ? element.shadowRoot : null
      return inside === null ? element : deepest(inside)
    }
    return deepest(document)?.textContent.trim() ?? ''
  })
