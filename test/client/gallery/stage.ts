import type { AboutReply } from '@naervaer/shared'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { absencesReplyOf } from './absence-states.ts'
import { OWN_DEVICES } from './fake-administration.ts'
import { CHECKLIST, NEW_REPORT, STORED_REPORT } from './fake-check.ts'
import { DESK_DEVICE, DESK_DEVICES } from './fake-desk.ts'
import { answerPlanning } from './fake-planning.ts'
import { OWN_TALKS } from './fake-talks.ts'
import { GalleryServer } from './gallery-server.ts'
import { TEN_O_CLOCK } from './fake-services.ts'
import { STATES } from './states.ts'
import { hasWeek, weekReplyOf } from './week-states.ts'
import type { NvVideoTile } from '../../../client/src/components/nv-video-tile.ts'

/** Debian's Chromium; it may not speak to anybody but us. */
export const CHROMIUM = '/usr/bin/chromium'
const FLAGS = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--autoplay-policy=no-user-gesture-required',
]

/** What a week has on it, whichever way it is shown. */
const PLANNED = 'nv-week-grid [data-key], nv-week-list [role=listitem]'

export interface Shown {
  readonly page: Page
  readonly trouble: readonly string[]
}

declare global {
  interface Window {
    /** Tells the stage what the content security policy refused. */
    galleryReport: (report: string) => void
  }
}

/** Runs in every page before its own scripts. */
function watchPolicy(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    const { effectiveDirective, blockedURI, sample } = event
    window.galleryReport(`${effectiveDirective} refused ${blockedURI} ${sample}`)
  })
}

/** As an earlier visit has left it. */
function keepBefore(kept: string): void {
  localStorage.setItem('naervaer.kept', kept)
}

/** The gallery itself needs its network. */
function goOffline(): void {
  Object.defineProperty(navigator, 'onLine', { get: () => false })
}

/** What a municipality says of itself. */
const ABOUT: AboutReply = {
  municipality: 'Nordby Kommune',
  privacyUrl: 'https://www.example.dk/privatliv',
  accessibilityUrl: 'https://www.was.digst.dk/video-example-dk',
  keptDays: { calls: 183, appointments: 183, audit: 396 },
  version: '0.1.0',
}

/**
 * The gallery's server and a browser to look at it with. Whoever opens it closes it, which fails when
 * the content security policy has refused anything on any of its pages (criterion S-17).
 */
export class GalleryStage {
  readonly #server: GalleryServer
  readonly #browser: Browser
  readonly #refusals: string[] = []

  private constructor(server: GalleryServer, browser: Browser) {
    this.#server = server
    this.#browser = browser
  }

  static async open(): Promise<GalleryStage> {
    const server = await GalleryServer.open()
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...FLAGS, ...sandbox],
    })
    return new GalleryStage(server, browser)
  }

  /** @throws Error with what the content security policy has refused */
  async close(): Promise<void> {
    await this.#browser.close()
    await this.#server.close()
    if (this.#refusals.length > 0) throw new Error(this.#refusals.join('\n'))
  }

  /** Opens one state and resolves when its page stands still; `trouble` gathers what the console says. */
  async show(state: string, options: BrowserContextOptions = {}): Promise<Shown> {
    const { userAgent, kept, isOffline, pressed } = STATES[state] ?? {}
    const context = await this.#browser.newContext({
      reducedMotion: 'reduce',
      locale: 'da-DK',
      ...(userAgent === undefined ? {} : { userAgent }),
      ...options,
    })
    await context.route('**/api/devices', (route) => route.fulfill({ json: OWN_DEVICES }))
    await context.route('**/manifest.webmanifest*', (route) =>
      route.fulfill({ json: { short_name: 'Nærvær' } }),
    )
    await context.route('**/api/about', (route) => route.fulfill({ json: ABOUT }))
    await context.route('**/api/app-name', (route) => route.fulfill({ status: 204 }))
    // As in a wi-fi that wants a sign-in: the check of the line is told what no server of ours says.
    await context.route('**/api/check', (route) => route.fulfill({ body: '<h1>Gæstenet</h1>' }))
    await context.route('**/api/check/reports', (route) =>
      route.fulfill({ status: 201, json: NEW_REPORT }),
    )
    await context.route('**/api/it/reports/*', (route) => route.fulfill({ json: STORED_REPORT }))
    await context.route('**/api/it/devices', (route) => route.fulfill({ json: DESK_DEVICES }))
    await context.route('**/api/it/devices/*', (route) => route.fulfill({ json: DESK_DEVICE }))
    await context.route('**/api/it/devices/connected', (route) =>
      route.fulfill({
        json: {
          deviceIds: DESK_DEVICES.devices.flatMap(({ id, isConnected }) =>
            isConnected ? [id] : [],
          ),
        },
      }),
    )
    await context.route('**/api/check/state', (route) => route.fulfill({ status: 204 }))
    await context.route('**/api/own/pseudonym', (route) =>
      route.fulfill({ json: { code: '4F2A' } }),
    )
    await context.route('**/api/check/results', (route) => route.fulfill({ status: 204 }))
    await context.route('**/api/appointments?*', (route) =>
      route.fulfill({ json: weekReplyOf(state) }),
    )
    await context.route('**/checklist', (route) => route.fulfill({ json: CHECKLIST }))
    await context.route('**/api/own/absences', (route) =>
      route.fulfill({ json: absencesReplyOf(state) }),
    )
    await context.route('**/api/own/calendar-feed', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({
            status: 201,
            json: { url: `https://video.example.dk/api/calendar/${'A'.repeat(43)}.ics` },
          })
        : route.fulfill({ json: { since: null, hasNames: false } }),
    )
    await context.route('**/api/own/talks', (route) => route.fulfill({ json: OWN_TALKS }))
    await context.route('**/pick-up', (route) =>
      route.request().method() === 'PUT'
        ? route.fulfill({ status: 204 })
        : route.fulfill({ json: { line: state.includes('agreed') ? 'outing' : null } }),
    )
    await context.route('**/travel', (route) =>
      route.request().method() === 'PUT'
        ? route.fulfill({ status: 204 })
        : route.fulfill({ json: { travel: { minutes: 40, km: 22 } } }),
    )
    await context.route('**/api/appointments/**', (route) => answerPlanning(route))
    await context.route('**/api/appointments', (route) => answerPlanning(route))
    await context.route('**/replaced', (route) => route.fulfill({ status: 204 }))
    await context.route('**/api/push', (route) => route.fulfill({ json: pushOf(state) }))
    const trouble: string[] = []
    await context.exposeBinding('galleryReport', (_source, report: string) => {
      trouble.push(report)
      this.#refusals.push(`${state}: ${report}`)
    })
    await context.addInitScript(watchPolicy)
    // So that a picture of today is the same tomorrow; timers run on.
    await context.clock.setFixedTime(TEN_O_CLOCK + 5 * 60_000)
    if (kept !== undefined) await context.addInitScript(keepBefore, JSON.stringify(kept))
    if (isOffline === true) await context.addInitScript(goOffline)
    const page = await context.newPage()
    page.on('pageerror', ({ message }) => trouble.push(message))
    page.on('console', (message) => {
      const isTrouble = ['error', 'warning'].includes(message.type())
      if (isTrouble) trouble.push(message.text())
    })
    await page.goto(`${this.#server.address}?state=${state}`)
    // Every state has a heading, which comes with the page's own code.
    await page.locator('h1').waitFor({ state: 'attached' })
    if (pressed !== undefined) await press(page, pressed)
    if (state.startsWith('talk-')) await waitForPictures(page)
    if (hasWeek(state)) await page.locator(PLANNED).first().waitFor({ state: 'attached' })
    return { page, trouble }
  }
}

/** How the device stands with notices; a municipality that has none in states of that name. */
const pushOf = (state: string) => ({
  publicKey: state.endsWith('-closed') ? null : `B${'A'.repeat(86)}`,
  own: state.endsWith('-on') ? { level: 2, language: 'da', provenAt: null } : null,
})

/** Presses a button that opens something, and resolves when it is open. */
async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true }).first()
  await button.click()
  await button.and(page.locator('[aria-expanded=true]')).waitFor()
  // Where the pointer lies, something looks otherwise.
  await page.mouse.move(0, 0)
}

/** Resolves when every picture that is to be seen has been drawn. */
async function waitForPictures(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const find = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element.localName === 'nv-video-tile' ? [element] : []),
        ...(element.shadowRoot === null ? [] : find(element.shadowRoot)),
      ])
    return find(document).every((tile) => {
      const { stream, isCovered } = tile as Element & Pick<NvVideoTile, 'stream' | 'isCovered'>
      return stream === null || isCovered || tile.hasAttribute('has-picture')
    })
  })
}
