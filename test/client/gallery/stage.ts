import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { OWN_DEVICES } from './fake-administration.ts'
import { GalleryServer } from './gallery-server.ts'
import { TEN_O_CLOCK } from './fake-services.ts'
import { STATES } from './states.ts'
import type { NvVideoTile } from '../../../client/src/components/nv-video-tile.ts'

/** Debian's Chromium; it may not speak to anybody but us. */
export const CHROMIUM = '/usr/bin/chromium'
const FLAGS = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--autoplay-policy=no-user-gesture-required',
]

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
    const { userAgent } = STATES[state] ?? {}
    const context = await this.#browser.newContext({
      reducedMotion: 'reduce',
      locale: 'da-DK',
      ...(userAgent === undefined ? {} : { userAgent }),
      ...options,
    })
    await context.route('**/api/devices', (route) => route.fulfill({ json: OWN_DEVICES }))
    const trouble: string[] = []
    await context.exposeBinding('galleryReport', (_source, report: string) => {
      trouble.push(report)
      this.#refusals.push(`${state}: ${report}`)
    })
    await context.addInitScript(watchPolicy)
    // So that a picture of today is the same tomorrow; timers run on.
    await context.clock.setFixedTime(TEN_O_CLOCK + 5 * 60_000)
    const page = await context.newPage()
    page.on('pageerror', ({ message }) => trouble.push(message))
    page.on('console', (message) => {
      const isTrouble = ['error', 'warning'].includes(message.type())
      if (isTrouble) trouble.push(message.text())
    })
    await page.goto(`${this.#server.address}?state=${state}`)
    // Every state has a heading, which comes with the page's own code.
    await page.locator('h1').waitFor({ state: 'attached' })
    if (state.startsWith('talk-')) await waitForPictures(page)
    return { page, trouble }
  }
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
