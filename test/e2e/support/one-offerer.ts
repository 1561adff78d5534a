import assert from 'node:assert/strict'
import type { Person } from './browser.ts'

/**
 * Asserts that the worker's side alone has made offers since its page was loaded (SI1): no connection has
 * been in a state from which one of the two would have to roll back, which freezes Chromium's picture.
 */
export async function assertOneOfferer(worker: Person, citizen: Person): Promise<void> {
  const sides = [
    [worker, 'have-local-offer', 'have-remote-offer'],
    [citizen, 'have-remote-offer', 'have-local-offer'],
  ] as const
  for (const [{ page }, own, never] of sides) {
    const states = await page.evaluate(() => [...window.nvTestSignalling])
    assert.ok(states.includes(own), `${own} was seen: ${states.join(', ')}`)
    assert.ok(!states.includes(never), `never ${never}: one side alone offers`)
  }
}
