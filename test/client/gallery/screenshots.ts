import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { GalleryStage } from './stage.ts'

/** A telephone, a tablet and a desk. */
export const SCREENSHOT_SIZES = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desk: { width: 1280, height: 800 },
} as const
export type ScreenshotSize = keyof typeof SCREENSHOT_SIZES

export interface Screenshot {
  /** Of the gallery. */
  readonly state: string
  readonly size: ScreenshotSize
  readonly scheme: 'light' | 'dark'
  /** Danish, where nothing else is said. */
  readonly language?: 'en'
}

const of = (
  size: ScreenshotSize,
  states: readonly string[],
  scheme: Screenshot['scheme'] = 'light',
): Screenshot[] => states.map((state) => ({ state, size, scheme }))

const inEnglish = (screenshots: readonly Screenshot[]): Screenshot[] =>
  screenshots.map((each) => ({ ...each, language: 'en' }))

/** Those that are kept in `docs/screenshots`, for the README and the guides. */
export const KEPT_SCREENSHOTS: readonly Screenshot[] = [
  ...of('phone', [
    'home',
    'home-asked',
    'home-missed',
    'home-paused',
    'home-appointment',
    'home-soon',
    'incoming',
    'talk-citizen-wide',
    'ended-own-citizen',
    'my-choices-quiet',
    'choice-question',
    'pair',
  ]),
  ...of('phone', ['home', 'my-choices'], 'dark'),
  ...of('tablet', ['home', 'incoming', 'talk-citizen-wide']),
  ...of('desk', ['citizens-wishes', 'worker-week', 'talk-worker-wide']),
  ...of('desk', ['citizens-wishes'], 'dark'),
  ...inEnglish([
    ...of('phone', ['home-appointment', 'home-soon', 'incoming', 'talk-citizen-wide']),
    ...of('phone', ['home-asked', 'my-choices-quiet', 'choice-question', 'pair']),
    ...of('desk', ['citizens-wishes', 'worker-week', 'talk-worker-wide']),
  ]),
]

/** At most this much is kept: who fetches the source fetches them too. */
export const MAX_KEPT_FILES = 40
export const MAX_KEPT_BYTES = 4 * 1024 * 1024

/** WebP that is looked at on paper as well. */
const QUALITY = 82

export const nameOf = ({ state, size, scheme, language }: Screenshot): string =>
  `${state}-${size}${scheme === 'dark' ? '-dark' : ''}${language === 'en' ? '-en' : ''}.webp`

/** Playwright knows PNG and JPEG only; the browser itself knows better. */
async function takeWebp(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
  })
  return Buffer.from(data, 'base64')
}

/** Makes the pictures in a folder, which is made where it is missing. */
export async function makeScreenshots(
  stage: GalleryStage,
  folder: string,
  wanted: readonly Screenshot[],
): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const each of wanted) {
    const { page, leave } = await stage.show(each.state, {
      viewport: SCREENSHOT_SIZES[each.size],
      hasTouch: each.size !== 'desk',
      colorScheme: each.scheme,
      ...(each.language === undefined ? {} : { locale: 'en-GB' }),
    })
    await writeFile(join(folder, nameOf(each)), await takeWebp(page))
    await leave()
  }
}
