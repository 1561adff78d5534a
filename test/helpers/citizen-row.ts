import type { Locator, Page } from 'playwright-core'

/** The row of one citizen on the worker's page. */
export function rowOf(worker: Page, citizen: string): Locator {
  return worker.getByRole('listitem').filter({ hasText: citizen })
}

/** Opens what is behind "Mere" of a citizen's row, and leaves it open where it is. */
export async function openMore(row: Locator): Promise<void> {
  const more = row.getByRole('button', { name: 'Mere', exact: true })
  if ((await more.getAttribute('aria-expanded')) === 'false') await more.click()
  await row.locator('nv-citizen-more').waitFor()
}
