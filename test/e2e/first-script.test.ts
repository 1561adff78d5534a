import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import t from 'tap'
import { launchPerson } from './support/browser.ts'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
  ring,
} from './support/conversation.ts'
import { pair } from './support/pairing.ts'
import { COLOURS } from './support/media.ts'
import { remoteVideo } from './support/media-probe.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

/** What a phone on a slow network can be asked to fetch before its citizen can be rung. */
const BUDGET_BYTES = 70_000

const FEATURES = /\/assets\/features[^/]*\.js/

const PEER = /\/assets\/simplepeer[^/]*\.js/

/** What comes while nobody waits: what two need and can do in a talk, and what makes the page an app. */
const LATER = /\/assets\/(simplepeer|features|start-shell)[^/]*\.js/

/** Every script that a page fetches but the call's, by address. */
function watchScripts(page: Page): Map<string, Promise<Buffer>> {
  const scripts = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (response.request().resourceType() !== 'script' || LATER.test(pathname)) return
    // What comes as the page closes is no part of its first load.
    scripts.set(
      pathname,
      response.body().catch(() => Buffer.alloc(0)),
    )
  })
  return scripts
}

/** Runs in the page before its own scripts: adds up what moves under a reader's eyes (Layout Instability API). */
function watchShifts(): void {
  Reflect.set(window, 'nvTestShifts', 0)
  new PerformanceObserver((list) => {
    const shifts = list.getEntries().map((entry) => Number(Reflect.get(entry, 'value')))
    const before = Number(Reflect.get(window, 'nvTestShifts'))
    Reflect.set(
      window,
      'nvTestShifts',
      shifts.reduce((total, each) => total + each, before),
    )
  }).observe({ type: 'layout-shift', buffered: true })
}

t.test(
  "a paired citizen's first load is small, and the rest is there before it rings",
  async (t) => {
    const server = await startServer(t)
    const worker = await launchWorker(t, server)
    const citizen = await launchPerson(t, {
      colour: COLOURS.orange,
      toneHz: 880,
      viewport: { width: 390, height: 844 },
      expectedProblems: [/status of 40[14]/],
    })
    await pair(worker.page, citizen.page, server)

    const page = await citizen.context.newPage()
    await page.addInitScript(watchShifts)
    const scripts = watchScripts(page)
    const peer = page.waitForRequest(PEER)
    await page.goto(server.url)
    await page.getByText('Når Mette ringer, kommer det frem her.').waitFor()
    await peer
    t.equal(
      await page.evaluate(() => Number(Reflect.get(window, 'nvTestShifts'))),
      0,
      'nothing has moved',
    )
    const bodies = await Promise.all(scripts.values())
    // As they travel at best.
    const sizes = bodies.map((body) =>
      body.length === 0 ? 0 : gzipSync(body, { level: 9 }).length,
    )
    const sum = sizes.reduce((total, size) => total + size, 0)
    t.comment(`${String(sizes.length)} scripts of ${String(sum)} bytes`)
    t.ok(sizes.length >= 2, 'scripts were seen: the libraries and ours')
    t.ok(sum <= BUDGET_BYTES, `${String(sum)} of ${String(BUDGET_BYTES)} bytes`)
    t.notMatch(Buffer.concat(bodies).toString(), /\n {2,}\S/, 'templates without indentation')
    t.same(
      [...scripts.keys()].filter((path) => /staff|account|citizens|nv-it/.test(path)),
      [],
      'nothing of staff',
    )
  },
)

t.test('a call comes about although its script failed at first', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server, {
    isWithoutWorker: true,
    expectedProblems: [/ERR_(FAILED|ABORTED)/],
  })
  let isBlocked = true
  const refused: string[] = []
  await citizen.context.route(PEER, async (route) => {
    if (!isBlocked) return route.continue()
    refused.push(route.request().url())
    return route.abort()
  })
  await citizen.page.reload({ waitUntil: 'commit' })
  // The page before may have asked as well.
  refused.length = 0
  await citizen.page.waitForEvent('requestfailed', (request) => PEER.test(request.url()))
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  await citizen.page
    .getByRole('heading', { name: 'Du taler med Mette' })
    .waitFor({ state: 'attached' })
  isBlocked = false
  await assertBothWays(worker, citizen)
  t.equal(new Set(refused).size, refused.length, 'each attempt had an address of its own')
  await button(worker.page, 'Læg på').click()
})

/** Whether the words of a pause lie over the middle of the other side's picture. */
const isCovered = (page: Page): Promise<boolean> =>
  remoteVideo(page).evaluate((video) => {
    const { left, top, width, height } = video.getBoundingClientRect()
    const at = [left + width / 2, top + height / 2] as const
    const path: Element[] = []
    let root: Document | ShadowRoot | null = document
    while (root !== null) {
      const found: Element | null = root.elementFromPoint(...at)
      if (found === null || path.includes(found)) break
      path.push(found)
      root = found.shadowRoot
    }
    return path.some((each) => each.closest('.no-picture') !== null)
  })

t.test(
  'a pause holds without the script of the features, which is fetched until it comes',
  async (t) => {
    const server = await startServer(t)
    const worker = await launchWorker(t, server)
    const citizen = await launchCitizen(t, server, {
      isWithoutWorker: true,
      expectedProblems: [/ERR_(FAILED|ABORTED)/],
    })
    await haveConversation(worker, citizen)
    const { page } = citizen
    await button(page, 'Pause').click()
    await worker.page.getByText('Anna holder pause.').waitFor()

    let isBlocked = true
    const refused: string[] = []
    await citizen.context.route(FEATURES, async (route) => {
      if (!isBlocked) return route.continue()
      refused.push(route.request().url())
      return route.abort()
    })
    // Whatever plays, at whatever moment: the sound of the other must not.
    await page.addInitScript(() => {
      const heard: boolean[] = []
      Reflect.set(window, 'nvTestHeard', heard)
      const note = (event: Event) => {
        const { target } = event
        if (target instanceof HTMLVideoElement && target.dataset['party'] === 'remote') {
          heard.push(!target.muted)
        }
      }
      const play = Reflect.get<HTMLMediaElement, 'play'>(HTMLMediaElement.prototype, 'play')
      HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
        for (const type of ['playing', 'volumechange']) this.addEventListener(type, note)
        return play.call(this)
      }
    })
    await page.reload()
    await page.getByText('Pause. Ingen kan se eller høre dig.').waitFor()
    await button(page, 'Fortsæt').waitFor()
    await waitFor('the other side’s stream', () =>
      remoteVideo(page).evaluate((video: HTMLVideoElement) => video.readyState >= 2 || undefined),
    )
    t.ok(await remoteVideo(page).evaluate((video: HTMLVideoElement) => video.muted))
    // A new screen takes no pointers for a moment, and so has nothing below one.
    await page.locator('nv-app:not([is-new])').waitFor({ state: 'attached' })
    t.ok(await isCovered(page), 'nobody in the room sees the other')
    await waitFor('a second attempt', () => refused.length >= 2 || undefined)
    t.equal(new Set(refused).size, refused.length, 'each attempt had an address of its own')
    t.same(
      await page.evaluate(() => [...new Set(Reflect.get(window, 'nvTestHeard') as boolean[])]),
      [false],
    )

    isBlocked = false
    await button(page, 'Fortsæt').click()
    await worker.page.getByText('Anna holder pause.').waitFor({ state: 'detached' })
    await assertBothWays(worker, citizen)
    await button(worker.page, 'Læg på').click()
  },
)

/** The service worker comes after the first page, and again with each version; reminders are answered in it. */
const WORKER_BUDGET_BYTES = 22_500

t.test('the service worker is small, and checks messages with the page’s own parts', async (t) => {
  const server = await startServer(t)
  const script = await (await fetch(`${server.url}/service-worker.js`)).text()
  const size = gzipSync(script, { level: 9 }).length
  t.comment(`service worker: ${String(size)} bytes`)
  t.ok(size > 5_000 && size <= WORKER_BUDGET_BYTES, `${String(size)} bytes`)
  // As `no-formats.ts` says it: typebox's own formats are not in it.
  t.match(script, 'a schema has a format, and this script knows none')
})
