import { resolve } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { OWN_DEVICES } from './fake-administration.ts'
import { STATES } from './states.ts'
import type { NvVideoTile } from '../../../client/src/components/nv-video-tile.ts'

/** Debian's Chromium; it may not speak to anybody but us. */
const CHROMIUM = '/usr/bin/chromium'
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

/** The gallery's server and a browser to look at it with. Whoever opens it closes it. */
export class GalleryStage {
  readonly #server: ViteDevServer
  readonly #browser: Browser
  readonly #address: string

  private constructor(server: ViteDevServer, browser: Browser) {
    this.#server = server
    this.#browser = browser
    this.#address = server.resolvedUrls?.local[0] ?? ''
  }

  static async open(): Promise<GalleryStage> {
    const server = await createServer({
      configFile: resolve(import.meta.dirname, 'vite.config.ts'),
      logLevel: 'error',
    })
    await server.listen()
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...FLAGS, ...sandbox],
    })
    return new GalleryStage(server, browser)
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.#server.close()
  }

  /** Opens one state and resolves when its page stands still; `trouble` gathers what the console says. */
  async show(state: string, options: BrowserContextOptions = {}): Promise<Shown> {
    const { userAgent } = STATES[state] ?? {}
    const context = await this.#browser.newContext({
      reducedMotion: 'reduce',
      ...(userAgent === undefined ? {} : { userAgent }),
      ...options,
    })
    await context.route('**/api/devices', (route) => route.fulfill({ json: OWN_DEVICES }))
    const page = await context.newPage()
    const trouble: string[] = []
    page.on('pageerror', ({ message }) => trouble.push(message))
    page.on('console', (message) => {
      const isTrouble = ['error', 'warning'].includes(message.type())
      // Vite serves Lit's development build, which says so.
      if (isTrouble && !message.text().includes('Lit is in dev mode')) trouble.push(message.text())
    })
    await page.goto(`${this.#address}test/client/gallery/index.html?state=${state}`)
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
