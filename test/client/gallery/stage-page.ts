import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { answerPages } from './answers.ts'
import { TEN_O_CLOCK } from './fake-services.ts'

declare global {
  interface Window {
    /** Tells the stage what the content security policy refused. */
    galleryReport: (report: string) => void
  }
}

/** What a state needs before the first script of its page, and that no later state can be without. */
export interface Before {
  readonly userAgent?: string | undefined
  /** What an earlier visit has left. */
  readonly kept?: string | undefined
  readonly isOffline?: boolean | undefined
}

/** A document begins with nothing of the state before it. */
function forget(): void {
  localStorage.clear()
  sessionStorage.clear()
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

const twoFrames = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
  })

/** The gallery itself needs its network. */
function goOffline(): void {
  Object.defineProperty(navigator, 'onLine', { get: () => false })
}

/**
 * A browser's page that shows states one after the other: a new process and the compiling of all scripts
 * take longer than most tests of a state.
 */
export class StagePage {
  readonly page: Page
  readonly #context: BrowserContext
  readonly #options: BrowserContextOptions
  #state = ''
  #trouble: string[] = []

  private constructor(context: BrowserContext, page: Page, options: BrowserContextOptions) {
    this.#context = context
    this.page = page
    this.#options = options
    page.on('pageerror', ({ message }) => this.#trouble.push(message))
    page.on('console', (message) => {
      const isTrouble = ['error', 'warning'].includes(message.type())
      if (isTrouble) this.#trouble.push(message.text())
    })
  }

  /** @param onRefused - is told of the state and what the content security policy refused there */
  static async open(
    browser: Browser,
    options: BrowserContextOptions,
    { userAgent, kept, isOffline }: Before,
    onRefused: (state: string, report: string) => void,
  ): Promise<StagePage> {
    const full: BrowserContextOptions = {
      reducedMotion: 'reduce',
      locale: 'da-DK',
      ...(userAgent === undefined ? {} : { userAgent }),
      ...options,
    }
    const context = await browser.newContext(full)
    await context.addInitScript(forget)
    await context.addInitScript(watchPolicy)
    // So that a picture of today is the same tomorrow; timers run on.
    await context.clock.setFixedTime(TEN_O_CLOCK + 5 * 60_000)
    if (kept !== undefined) await context.addInitScript(keepBefore, kept)
    if (isOffline === true) await context.addInitScript(goOffline)
    const made = new StagePage(context, await context.newPage(), full)
    await answerPages(context, () => made.#state)
    await context.exposeBinding('galleryReport', (_source, report: string) => {
      made.#trouble.push(report)
      onRefused(made.#state, report)
    })
    return made
  }

  /**
   * @param address - of the gallery
   * @param isInPlace - in the document of the state before, if there is one
   * @returns what the console says from now on
   */
  async turnTo(address: string, state: string, isInPlace: boolean): Promise<readonly string[]> {
    const trouble: string[] = []
    this.#trouble = trouble
    const isFirst = this.#state === ''
    this.#state = state
    const search = `?state=${state}`
    if (isInPlace && !isFirst) {
      await this.page.evaluate((search) => window.turnGallery(search), search)
    } else {
      await this.page.goto(address + search)
    }
    // Every state has a heading, which comes with the page's own code.
    await this.page.locator('h1').waitFor({ state: 'attached' })
    // What comes in a frame of its own, and what makes room for it in the next.
    await this.page.evaluate(twoFrames)
    return trouble
  }

  /** Takes back what a test can have done, so that the next state finds a page like a new one. */
  async clean(): Promise<void> {
    const { page } = this
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await this.#context.clearCookies()
    await this.#context.clearPermissions()
    const { viewport, colorScheme, reducedMotion } = this.#options
    if (viewport) await page.setViewportSize(viewport)
    await page.emulateMedia({
      media: null,
      colorScheme: colorScheme ?? 'light',
      reducedMotion: reducedMotion ?? null,
    })
    await page.mouse.move(0, 0)
  }

  close(): Promise<void> {
    return this.#context.close()
  }
}
