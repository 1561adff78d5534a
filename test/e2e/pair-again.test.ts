import t, { type Test } from 'tap'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { findAccessibilityProblems } from '../helpers/axe.ts'
import { launchPerson, type Person } from './support/browser.ts'
import { assertBothWays, button, launchWorker, ring } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { confirm, enterCode, openDialog, pair, readCode, readDigits } from './support/pairing.ts'
import { startServer, type TestServer } from './support/server.ts'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

const launchVisitor = (t: Test): Promise<Person> =>
  launchPerson(t, {
    colour: COLOURS.orange,
    toneHz: 880,
    viewport: { width: 390, height: 844 },
    // What the browser says of a device that is not known, or not yet.
    expectedProblems: [/status of 4(01|04|10)/],
  })

const keysThatHold = (server: TestServer) =>
  server.rows('select device_id from device_keys where revoked_at is null')

/** Everything that makes the browser this device, as the browser itself throws it away. */
async function loseKey({ context, page }: Person): Promise<void> {
  await context.clearCookies()
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('naervaer-device')
        deleting.onsuccess = () => resolve()
        deleting.onerror = () => reject(new Error('not deleted'))
      }),
  )
}

t.test(
  'W-08 lost cookies are of no matter: the key signs in again, and nobody is asked',
  async (t) => {
    const server = await startServer(t)
    const worker = await launchWorker(t, server)
    const citizen = await launchVisitor(t)
    await pair(worker.page, citizen.page, server)
    await citizen.context.clearCookies()
    const shown: string[] = []
    citizen.page.on('domcontentloaded', () => shown.push('loaded'))
    await citizen.page.goto(server.url)
    await citizen.page.getByText('Når Mette ringer, kommer det frem her.').waitFor()
    t.same(shown, ['loaded'], 'in one page, without a way round')
    t.equal(keysThatHold(server).length, 1, 'the same device')
    await ring(worker.page)
    await button(citizen.page, 'Svar').click()
    await assertBothWays(worker, citizen)
    await button(worker.page, 'Læg på').click()
  },
)

t.test('W-08 a lost key: whom to ring, and a new code brings all back', async (t) => {
  const server = await startServer(t, { env: { DUTY_PHONE: '12 34 56 78' } })
  const worker = await launchWorker(t, server)
  const citizen = await launchVisitor(t)
  await pair(worker.page, citizen.page, server)
  const before = keysThatHold(server)
  const old = String(before[0]?.['device_id'])
  const sessionsOfOld = () => server.rows('select id from sessions where device_id = ?', old)
  t.equal(sessionsOfOld().length, 1, 'signed in')
  await loseKey(citizen)
  await citizen.page.goto(server.url)
  await citizen.page.getByRole('heading', { name: 'Appen skal forbindes igen' }).waitFor()
  const call = citizen.page.getByRole('link', { name: 'Ring 12 34 56 78' })
  t.equal(await call.getAttribute('href'), 'tel:12345678')
  t.same(await findAccessibilityProblems(citizen.page), [], 'the page that says so')

  const from = performance.now()
  await openDialog(worker.page)
  await button(worker.page, 'Forbind igen').click()
  await citizen.page.getByLabel('Startkode').fill(await readCode(worker.page))
  await button(citizen.page, 'Fortsæt').click()
  await confirm(worker.page, citizen.page)
  const tookMs = performance.now() - from
  t.comment(`paired again in ${Math.round(tookMs)} ms`)
  t.ok(tookMs < 30_000, 'within half a minute, as fast as the two can type')
  const after = keysThatHold(server)
  t.equal(after.length, 1, 'one device, and the old one is none any more')
  t.notSame(after, before)
  const [row] = server.rows('select revoked_at from device_keys where device_id = ?', old)
  t.type(row?.['revoked_at'], 'number', 'the old one is disconnected')
  t.same(sessionsOfOld(), [], 'and signed out')
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  await assertBothWays(worker, citizen)
  await button(worker.page, 'Læg på').click()
})

/** A page of an iPhone, in Safari or as the app on its home screen, which share nothing. */
async function openIphone(t: Test, { browser }: Person, isApp: boolean): Promise<Page> {
  const options: BrowserContextOptions = { userAgent: IPHONE, locale: 'da-DK', hasTouch: true }
  const context = await browser.newContext({ ...options, viewport: { width: 390, height: 844 } })
  t.teardown(() => context.close())
  if (isApp) {
    await context.addInitScript(() =>
      Object.defineProperty(navigator, 'standalone', { value: true }),
    )
  }
  return context.newPage()
}

t.test('W-06 an iPhone: the app is what is paired, and Safari says that it is not', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const phone = await launchVisitor(t)
  const safari = await openIphone(t, phone, false)
  const app = await openIphone(t, phone, true)

  await safari.goto(`${server.url}/start`)
  await safari.getByRole('heading', { name: 'Læg appen på din hjemmeskærm' }).waitFor()
  t.same(await findAccessibilityProblems(safari), [], 'the steps')
  await openDialog(worker.page)
  const code = await readCode(worker.page)
  await enterCode(app, server.url, code)
  await confirm(worker.page, app)

  await safari.reload()
  await safari.getByText('Her ringer det ikke, når siden er lukket.').waitFor()
  await button(safari, 'Fortsæt alligevel').click()
  await safari.getByRole('heading', { name: 'Skriv din startkode' }).waitFor()
  await safari.getByLabel('Startkode').fill(code)
  await button(safari, 'Fortsæt').click()
  await safari.getByText('Koden er for gammel. Bed om en ny.').waitFor()
  const status = await safari.evaluate(async () => (await fetch('/api/devices')).status)
  t.equal(status, 401)
  t.equal(keysThatHold(server).length, 1)
})

/** The link in the picture on the worker's screen. */
async function openWithLink(worker: Page): Promise<string> {
  const answer = worker.waitForResponse((response) => response.url().endsWith('/api/pairings'))
  await openDialog(worker)
  const { link } = (await (await answer).json()) as { link: string }
  return link
}

t.test('a code scanned with an iPhone’s camera waits behind the steps', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const safari = await openIphone(t, await launchVisitor(t), false)
  await safari.goto(await openWithLink(worker.page))
  await safari.getByRole('heading', { name: 'Læg appen på din hjemmeskærm' }).waitFor()
  t.equal(await safari.evaluate(() => location.href), `${server.url}/start`, 'no secret is seen')
  await button(safari, 'Fortsæt alligevel').click()
  const digits = await readDigits(safari)
  await worker.page.getByText(`Står der ${digits} på den?`).waitFor()
})

t.test('a code is scanned in the app, where the browser reads codes', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchVisitor(t)
  const link = await openWithLink(worker.page)
  // Chromium reads codes on Android, macOS and ChromeOS, not here: this reader sees what it is told.
  await citizen.context.addInitScript(
    ({ link }) => {
      const seen = ['https://example.com/start#AAAAAAAAAAAAAAAAAAAAAA', 'milk', link]
      const Reader = class {
        static getSupportedFormats() {
          return Promise.resolve(['qr_code'])
        }

        detect(picture: HTMLVideoElement) {
          if (picture.videoWidth === 0) return Promise.resolve([])
          return Promise.resolve([{ rawValue: seen.shift() ?? '' }])
        }
      }
      Object.defineProperty(window, 'BarcodeDetector', { value: Reader })
    },
    { link },
  )
  await citizen.page.goto(`${server.url}/start`)
  await button(citizen.page, 'Scan koden i stedet').click()
  await citizen.page.getByRole('heading', { name: 'Scan koden' }).waitFor()
  await confirm(worker.page, citizen.page)
})

t.test('the browser’s own offer to install is kept for the page of the code', async (t) => {
  const server = await startServer(t)
  const { context, page } = await launchVisitor(t)
  // Chromium makes no offer in a private window: here it is made the moment somebody listens for it.
  await context.addInitScript(() => {
    const listen = window.addEventListener.bind(window)
    window.addEventListener = (...args: Parameters<typeof listen>) => {
      listen(...args)
      if (args[0] !== 'beforeinstallprompt') return
      const offer = new Event('beforeinstallprompt', { cancelable: true })
      const accept = () => {
        document.title = 'asked'
        return Promise.resolve()
      }
      Object.assign(offer, { prompt: accept, userChoice: Promise.resolve({ outcome: 'accepted' }) })
      window.dispatchEvent(offer)
    }
  })
  await page.goto(`${server.url}/start`)
  await page.getByText('Så er den let at finde igen.').waitFor()
  t.same(await findAccessibilityProblems(page), [], 'the offer')
  await button(page, 'Læg appen på skærmen').click()
  await page.getByRole('heading', { name: 'Åbn nu appen fra hjemmeskærmen' }).waitFor()
  t.equal(await page.title(), 'asked')
  await button(page, 'Fortsæt her').click()
  await page.getByRole('heading', { name: 'Skriv din startkode' }).waitFor()
})
