import assert from 'node:assert/strict'
import { accessSync, constants } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core'
import { LEAN_FLAGS } from '../../helpers/chromium-flags.ts'
import { type Colour, type Motion, makeCameraFile, makeMicrophoneFile } from './media.ts'
import { watchPages } from './page-hooks.ts'
import { keepEvidence, recordFrames } from './evidence.ts'
import { makeTempFolder } from './temp-folder.ts'
import type { TestScope } from './test-scope.ts'

/**
 * What a person's camera or microphone is like: there, refused by the person, or missing.
 *
 * Chromium cannot be without a microphone while it has a camera, so that pair is refused.
 */
export type DeviceKind = 'fake' | 'refused' | 'none'

/** What a test decides about a person at a browser. */
export interface PersonOptions {
  /** What the person's camera shows. */
  readonly colour: Colour
  /** What the person's microphone hears, in whole hertz. */
  readonly toneHz: number
  readonly camera?: DeviceKind
  readonly microphone?: DeviceKind
  /** How the camera's picture moves; little and seldom when left out. */
  readonly motion?: Motion
  /** So many cameras with a moving picture of Chromium's own, instead of one that shows the colour. */
  readonly cameras?: number
  readonly networkNamespace?: string
  /** A finger, not a mouse. */
  readonly hasTouch?: boolean
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  readonly reducedMotion?: 'reduce' | 'no-preference'
  /** What a test provokes on purpose; any other problem that a page reports fails the test. */
  readonly expectedProblems?: readonly RegExp[]
  /** Runs in every page before its own scripts. */
  readonly initScript?: () => void
  /** Without the app's service worker: what a test takes away would come from the files it keeps. */
  readonly isWithoutWorker?: boolean
  /** More of Chromium's command line. */
  readonly extraFlags?: readonly string[]
}

/** A person at a browser of their own: one Chromium process, one context, one page to begin with. */
export interface Person {
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
  /** Console errors, uncaught errors and policy reports of all pages so far, one line each. */
  readonly problems: () => readonly string[]
  /** Fails when there are problems other than those a test provokes on purpose. */
  readonly assertClean: (expected?: readonly RegExp[]) => void
}

const QUIET_FLAGS = [
  ...LEAN_FLAGS,
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

/** Finds the machine's Chromium, Debian's first. @throws Error when there is none */
export function findChromium(): string {
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const found = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
  if (found === undefined) throw new Error('no Chromium was found; on Debian: chromium')
  return found
}

/** A script that starts Chromium inside a network namespace; Playwright talks to it over a pipe. */
async function makeExecutable(folder: string, namespace: string | undefined): Promise<string> {
  if (namespace === undefined) return findChromium()
  const file = join(folder, 'chromium-in-namespace')
  await writeFile(file, `#!/bin/sh\nexec ip netns exec ${namespace} ${findChromium()} "$@"\n`)
  await chmod(file, 0o755)
  return file
}

/** Devices are missing by flag and refused by the context's permissions. */
async function deviceFlags(folder: string, options: PersonOptions): Promise<readonly string[]> {
  const { camera = 'fake', microphone = 'fake' } = options
  if (microphone === 'none') {
    assert.equal(camera, 'none', 'Chromium cannot have a camera and no microphone')
    return []
  }
  const microphoneFile = await makeMicrophoneFile(folder, options.toneHz)
  const sound = `--use-file-for-fake-audio-capture=${microphoneFile}`
  if (camera === 'none') return ['--use-fake-device-for-media-stream=device-count=0', sound]
  if (options.cameras !== undefined) {
    return [`--use-fake-device-for-media-stream=device-count=${options.cameras}`, sound]
  }
  const cameraFile = await makeCameraFile(folder, options.colour, options.motion)
  const picture = `--use-file-for-fake-video-capture=${cameraFile}`
  return ['--use-fake-device-for-media-stream', sound, picture]
}

function permissionsOf({ camera = 'fake', microphone = 'fake' }: PersonOptions): string[] {
  const granted = ['notifications']
  if (camera !== 'refused') granted.push('camera')
  if (microphone !== 'refused') granted.push('microphone')
  return granted
}

function collectProblems(context: BrowserContext, problems: string[]): void {
  context.on('console', (message) => {
    const isAboutPolicy = message.text().includes('Content Security Policy')
    if (message.type() !== 'error' && !isAboutPolicy) return
    // What could not be loaded is named by its address alone.
    const { url } = message.location()
    const what = message.text().startsWith('Failed to load') ? ` ${new URL(url).pathname}` : ''
    problems.push(`console: ${message.text()}${what}`)
  })
  context.on('weberror', (error) => {
    problems.push(`uncaught: ${error.error().stack ?? error.error().message}`)
  })
}

/**
 * Starts a Chromium process for one person, with Danish as its language; closes with the test, which
 * fails if a page has reported a problem of its own.
 *
 * Two people are two calls of this function; a second tab is `person.context.newPage()`.
 */
export async function launchPerson(t: TestScope, options: PersonOptions): Promise<Person> {
  const folder = await makeTempFolder(t, 'person')
  const browser = await chromium.launch({
    executablePath: await makeExecutable(folder, options.networkNamespace),
    args: [...QUIET_FLAGS, ...(await deviceFlags(folder, options)), ...(options.extraFlags ?? [])],
  })
  const context = await browser.newContext({
    locale: 'da-DK',
    timezoneId: 'Europe/Copenhagen',
    permissions: permissionsOf(options),
    viewport: options.viewport ?? { width: 1280, height: 800 },
    hasTouch: options.hasTouch ?? false,
    isMobile: options.hasTouch ?? false,
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ?? 'no-preference',
  })
  const problems: string[] = []
  collectProblems(context, problems)
  await watchPages(context, (report) => problems.push(`policy: ${report}`))
  if (options.initScript !== undefined) await context.addInitScript(options.initScript)
  if (options.isWithoutWorker === true)
    await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'))
  const frames = recordFrames(context)
  // Tap ends what was started last first: the pages are still there to be looked at.
  t.teardown(async () => {
    if (!t.passing()) await keepEvidence(t.name, context, [...problems, ...frames])
    await browser.close()
    try {
      assertClean(options.expectedProblems)
    } catch (error) {
      // Beside this, since tap leaves what else is to be ended once an ending has failed.
      queueMicrotask(() => {
        throw error
      })
    }
  })
  const assertClean = (expected: readonly RegExp[] = []) => {
    const unexpected = problems.filter((text) => !expected.some((each) => each.test(text)))
    assert.deepEqual(unexpected, [], 'the pages reported problems')
  }
  return {
    browser,
    context,
    page: await context.newPage(),
    problems: () => problems,
    assertClean,
  }
}
