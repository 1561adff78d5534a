import lighthouse, { type Flags } from 'lighthouse'
import { chromium, type BrowserContext } from 'playwright-core'
import { findChromium } from '../e2e/support/browser.ts'
import { launchWorker } from '../e2e/support/conversation.ts'
import { pair } from '../e2e/support/pairing.ts'
import { startServer } from '../e2e/support/server.ts'
import { makeTempFolder } from '../e2e/support/temp-folder.ts'
import type { TestScope } from '../e2e/support/test-scope.ts'
import { findFreePort } from '../helpers/free-port.ts'

/** Of a hundred, for each category. */
export const LIGHTHOUSE_GOAL = 98

const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const
type Category = (typeof CATEGORIES)[number]

/** What Lighthouse says of a citizen's first page: the median of all runs, and what it finds wanting. */
export interface LighthouseResult {
  readonly scores: Readonly<Record<Category, number>>
  /** In ms, as Lighthouse reckons them for its slow phone. */
  readonly firstPaintMs: number
  readonly largestPaintMs: number
  readonly blockedMs: number
  /** Audits that count and have not all of their points, by their ids. */
  readonly wanting: readonly string[]
}

/** As the app opens with nothing kept but the device's key and session: the worker of before is gone. */
async function forgetFiles(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${url}/api/session`)
  await page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations())
      await registration.unregister()
    for (const name of await caches.keys()) await caches.delete(name)
  })
  // As Lighthouse itself does where it may reset storage: scripts come over the line, and not compiled before.
  const session = await context.newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await page.close()
}

/** The phone and line are Lighthouse's own: a Moto G Power, 4× slower, 1.6 Mbit/s, 150 ms. */
async function look(context: BrowserContext, url: string, port: number) {
  await forgetFiles(context, url)
  const flags: Flags = {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: [...CATEGORIES],
    // Otherwise the device would not be paired any more.
    disableStorageReset: true,
  }
  const found = await lighthouse(url, flags)
  if (found === undefined) throw new Error('Lighthouse has said nothing')
  const { lhr } = found
  if (lhr.runtimeError !== undefined) throw new Error(lhr.runtimeError.message)
  if (new URL(lhr.finalDisplayedUrl).pathname !== '/') throw new Error('this is another page')
  return lhr
}

type Report = Awaited<ReturnType<typeof look>>

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

function listWanting({ categories, audits }: Report): string[] {
  const counted = CATEGORIES.flatMap((name) => categories[name]?.auditRefs ?? [])
  const ids = counted.filter(({ weight }) => weight > 0).map(({ id }) => id)
  return [...new Set(ids)].filter((id) => (audits[id]?.score ?? 1) < 1)
}

/** A paired citizen's first page, opened by Lighthouse in Debian's Chromium. */
export async function measureLighthouse(t: TestScope, runs: number): Promise<LighthouseResult> {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const port = await findFreePort()
  const context = await chromium.launchPersistentContext(await makeTempFolder(t, 'profile'), {
    executablePath: findChromium(),
    locale: 'da-DK',
    args: [
      `--remote-debugging-port=${String(port)}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })
  t.teardown(() => context.close())
  const page = await context.newPage()
  // Pairing leads straight to the code where the browser offers no installation.
  await page.addInitScript(() => {
    addEventListener('beforeinstallprompt', (event) => event.stopImmediatePropagation(), true)
  })
  await pair(worker.page, page, server)
  // What two windows of one person do to each other is no part of it.
  await page.close()
  const reports: Report[] = []
  for (let run = 0; run < runs; run += 1) reports.push(await look(context, server.url, port))
  const take = (id: string) =>
    Math.round(median(reports.map(({ audits }) => audits[id]?.numericValue ?? NaN)))
  const scoreOf = (name: Category) =>
    Math.round(100 * median(reports.map(({ categories }) => categories[name]?.score ?? NaN)))
  return {
    scores: {
      performance: scoreOf('performance'),
      accessibility: scoreOf('accessibility'),
      'best-practices': scoreOf('best-practices'),
    },
    firstPaintMs: take('first-contentful-paint'),
    largestPaintMs: take('largest-contentful-paint'),
    blockedMs: take('total-blocking-time'),
    wanting: [...new Set(reports.flatMap(listWanting))].sort(),
  }
}
