import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { LEAN_FLAGS } from '../../helpers/chromium-flags.ts'
import { GalleryServer } from './gallery-server.ts'
import { StagePage } from './stage-page.ts'
import { STATES } from './states.ts'
import { hasWeek } from './week-states.ts'
import type { NvVideoTile } from '../../../client/src/components/nv-video-tile.ts'

/** Debian's Chromium; it may not speak to anybody but us. */
export const CHROMIUM = '/usr/bin/chromium'
const FLAGS = [
  ...LEAN_FLAGS,
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
  /** Gives the page back, for another state; what a test has added to its context closes it instead. */
  readonly leave: () => Promise<void>
}

/**
 * The gallery's server and a browser to look at it with. Whoever opens it closes it, which fails when
 * the content security policy has refused anything on any of its pages (criterion S-17).
 */
export class GalleryStage {
  readonly #server: GalleryServer
  readonly #browser: Browser
  readonly #refusals: string[] = []
  /** Pages that wait for their next state, by the options that they were opened with. */
  readonly #idle = new Map<string, StagePage[]>()

  readonly #isInPlace: boolean

  private constructor(server: GalleryServer, browser: Browser, isInPlace: boolean) {
    this.#server = server
    this.#browser = browser
    this.#isInPlace = isInPlace
  }

  /** @param isInPlace - states that are only looked at follow each other in one document, which is three times as quick */
  static async open({ isInPlace = false } = {}): Promise<GalleryStage> {
    const server = await GalleryServer.open()
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...FLAGS, ...sandbox],
    })
    return new GalleryStage(server, browser, isInPlace)
  }

  /** @throws Error with what the content security policy has refused */
  async close(): Promise<void> {
    await this.#browser.close()
    await this.#server.close()
    if (this.#refusals.length > 0) throw new Error(this.#refusals.join('\n'))
  }

  /** Shows one state and resolves when its page stands still; `trouble` gathers what the console says. */
  async show(state: string, options: BrowserContextOptions = {}): Promise<Shown> {
    const { userAgent, kept, isOffline, pressed } = STATES[state] ?? {}
    const before = {
      userAgent,
      kept: kept === undefined ? undefined : JSON.stringify(kept),
      isOffline,
    }
    const key = JSON.stringify([options, before])
    const idle = this.#idle.get(key) ?? []
    this.#idle.set(key, idle)
    const shown =
      idle.pop() ??
      (await StagePage.open(this.#browser, options, before, (where, report) =>
        this.#refusals.push(`${where}: ${report}`),
      ))
    const trouble = await shown.turnTo(
      this.#server.address,
      state,
      // What an earlier visit has left is there before a document only.
      this.#isInPlace && kept === undefined,
    )
    const { page } = shown
    if (pressed !== undefined) await press(page, pressed)
    if (state.startsWith('talk-')) await waitForPictures(page)
    if (hasWeek(state)) await page.locator(PLANNED).first().waitFor({ state: 'attached' })
    const leave = async () => {
      await shown.clean()
      idle.push(shown)
    }
    return { page, trouble, leave }
  }
}

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
