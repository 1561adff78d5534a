import type { Page } from 'playwright-core'
import { waitFor } from './wait.ts'

/** Longer than a page is calm before it registers the worker, and the worker needs for its files. */
const LIMIT_MS = 20_000

/** Waits until the service worker serves the page. */
export const waitForWorker = (page: Page): Promise<true> =>
  waitFor(
    'a service worker that serves the page',
    () =>
      page.evaluate(() => navigator.serviceWorker.controller?.state === 'activated' || undefined),
    LIMIT_MS,
  )
