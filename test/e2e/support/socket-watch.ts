import type { Page } from 'playwright-core'
import { PATIENCE_MS, waitFor } from './wait.ts'

/** One socket that a page has tried to open, by the page's clock; null for what has not happened. */
export interface SocketAttempt {
  readonly madeAt: number
  openedAt: number | null
  /** The server's first frame. */
  heardAt: number | null
}

declare global {
  interface Window {
    /** Every socket the page has made, oldest first; put there by the test. */
    nvTestSockets: SocketAttempt[]
  }
}

/** Runs in every page before its own scripts; sockets do what they always do. */
export function watchSockets(): void {
  const attempts: SocketAttempt[] = (window.nvTestSockets = [])
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      const attempt: SocketAttempt = {
        madeAt: performance.now(),
        openedAt: null,
        heardAt: null,
      }
      attempts.push(attempt)
      this.addEventListener('open', () => {
        attempt.openedAt = performance.now()
      })
      this.addEventListener('message', () => {
        attempt.heardAt ??= performance.now()
      })
    }
  }
}

/** Every socket so far. */
export const readAttempts = (page: Page): Promise<SocketAttempt[]> =>
  page.evaluate(() => window.nvTestSockets)

/**
 * Waits for a socket on which the server has spoken after an instant of the page's clock: one that is new,
 * and not an old one on which it goes on.
 *
 * @returns how long after that
 */
export async function waitForWayBack(
  page: Page,
  sinceMs: number,
  limitMs = PATIENCE_MS,
): Promise<number> {
  const heardAt = await waitFor(
    'a socket that is spoken to',
    async () =>
      (await readAttempts(page)).find((attempt) => (attempt.heardAt ?? 0) > sinceMs)?.heardAt ??
      undefined,
    limitMs,
  )
  return heardAt - sinceMs
}
