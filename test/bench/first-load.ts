import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { launchPerson } from '../e2e/support/browser.ts'
import { launchWorker } from '../e2e/support/conversation.ts'
import { COLOURS } from '../e2e/support/media.ts'
import { pair } from '../e2e/support/pairing.ts'
import { startServer } from '../e2e/support/server.ts'
import type { TestScope } from '../e2e/support/test-scope.ts'
import { waitFor } from '../e2e/support/wait.ts'
import { summarize, type Summary } from './summary.ts'

declare global {
  interface Window {
    /** When something was on the screen first, in ms since the page was asked for; put there by the bench. */
    nvBenchSeen: Record<string, number>
  }
}

/** A phone of the Moto-G class on a slow mobile network, as Lighthouse has it. */
const CPU_SLOWDOWN = 4
const LATENCY_MS = 150
const BYTES_PER_S = 1_600_000 / 8

/** The goal: from the address to a home that can be rung. */
export const FIRST_LOAD_GOAL_MS = 2_000

/** What a paired citizen waits for who opens the app for the first time after an update. */
export interface FirstLoad {
  /** Until who will ring is on the screen, which is said only of a page that can be rung. */
  readonly usable: Summary
  /** Until what the citizen may say is there as well. */
  readonly complete: Summary
  /** The same line and processor, and one script of as many bytes that does nothing. */
  readonly floor: Summary
  /** What all of it weighed on the wire, as the server sent it. */
  readonly scriptBytes: number
}

/** Runs in every page before its own scripts. */
function watchScreen(): void {
  window.nvBenchSeen = {}
  const note = (what: string, isThere: boolean) => {
    if (isThere) window.nvBenchSeen[what] ??= performance.now()
  }
  const look = () => {
    const app = document.querySelector('nv-app')?.shadowRoot
    const home = app?.querySelector('nv-citizen-home-page')?.shadowRoot
    note('usable', home?.querySelector('.next') instanceof Element)
    const asks = home?.querySelector('nv-home-asks')?.shadowRoot
    note('complete', asks?.querySelector('button') instanceof Element)
    note('floor', document.title === 'floor')
    requestAnimationFrame(look)
  }
  look()
}

async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const line = { offline: false, latency: LATENCY_MS }
  const bytes = { downloadThroughput: BYTES_PER_S, uploadThroughput: BYTES_PER_S / 2 }
  await session.send('Network.emulateNetworkConditions', { ...line, ...bytes })
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
}

/** Loads an address in a page of its own. @returns when each was seen, and the bytes of all scripts */
async function load(context: BrowserContext, url: string, wanted: readonly string[]) {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await slowDown(session)
  const scripts = new Set<string>()
  let scriptBytes = 0
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength
  })
  await page.goto(url, { waitUntil: 'commit' })
  const seen = await waitFor(`the page at ${url}`, () => readSeen(page, wanted))
  await page.close()
  return { seen, scriptBytes }
}

async function readSeen(page: Page, wanted: readonly string[]) {
  const seen = await page.evaluate(() => window.nvBenchSeen)
  return wanted.every((what) => what in seen) ? seen : undefined
}

/** A page with one script of that size, which is all that it does. @returns its address */
async function serveFloor(t: TestScope, bytes: number): Promise<string> {
  const script = `document.title = 'floor' // ${randomBytes(bytes).toString('hex').slice(0, bytes)}`
  const server = createServer(({ url }, reply) => {
    const isPage = url === '/'
    reply.setHeader('content-type', isPage ? 'text/html' : 'text/javascript')
    reply.end(isPage ? '<!doctype html><script type="module" src="/floor.js"></script>' : script)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return `http://localhost:${String(address.port)}/`
}

export async function measureFirstLoad(t: TestScope, runs: number): Promise<FirstLoad> {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchPerson(t, {
    colour: COLOURS.orange,
    toneHz: 880,
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    initScript: watchScreen,
    expectedProblems: [/status of 40[14]/],
  })
  await pair(worker.page, citizen.page, server)
  // What two windows of one person do to each other is no part of it.
  await citizen.page.close()
  const took: Record<'usable' | 'complete' | 'floor', number[]> = {
    usable: [],
    complete: [],
    floor: [],
  }
  let scriptBytes = 0
  let floorUrl: string | null = null
  for (let run = 0; run < runs; run += 1) {
    const own = await load(citizen.context, server.url, ['usable', 'complete'])
    took.usable.push(own.seen['usable'] ?? NaN)
    took.complete.push(own.seen['complete'] ?? NaN)
    scriptBytes = Math.max(scriptBytes, own.scriptBytes)
    floorUrl ??= await serveFloor(t, own.scriptBytes)
    const bare = await load(citizen.context, floorUrl, ['floor'])
    took.floor.push(bare.seen['floor'] ?? NaN)
  }
  return {
    usable: summarize(took.usable),
    complete: summarize(took.complete),
    floor: summarize(took.floor),
    scriptBytes,
  }
}
