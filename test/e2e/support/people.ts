import type { Page } from 'playwright-core'

/**
 * Signs a demo person in through the page with the demo people and waits until it has gone.
 *
 * @param url - where the server listens, without a slash at its end
 */
export async function signIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/demo`)
  await page.getByRole('button', { name: `Log ind som ${name}`, exact: true }).click()
  await page.waitForURL((current) => current.pathname !== '/demo')
}
