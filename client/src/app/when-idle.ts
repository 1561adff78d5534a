/** A phone that is busy drawing is not asked; one that never rests is asked all the same. */
const IDLE_LIMIT_MS = 3_000

/** Runs when the browser has nothing better to do; Safari has no word for that, and waits a moment. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: IDLE_LIMIT_MS })
  else setTimeout(run, 1_000)
}
