/** How long the helpers wait for something that takes moments, in milliseconds. */
export const PATIENCE_MS = 15_000

/**
 * Waits until a condition gives a value, asking again at short intervals.
 *
 * @param what - completes the sentence "… did not come in time"
 * @throws Error naming what was waited for, and the last error of the condition, after the limit
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | undefined | Promise<T | undefined>,
  limitMs = PATIENCE_MS,
): Promise<T> {
  const giveUpAt = performance.now() + limitMs
  for (;;) {
    const value = await condition()
    if (value !== undefined) return value
    if (performance.now() > giveUpAt) throw new Error(`${what} did not come in ${limitMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
