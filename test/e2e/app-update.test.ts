import type { Page } from 'playwright-core'
import t from 'tap'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
} from './support/conversation.ts'
import { startOwnClient } from './support/own-client.ts'
import { waitFor } from './support/wait.ts'
import { waitForWorker } from './support/worker.ts'

/** A page that nobody touches is loaded anew within half a minute and a look or two. */
const TAKE_OVER_LIMIT_MS = 60_000

/** Gone as soon as the page is loaded anew. */
const mark = (page: Page) => page.evaluate(() => void Reflect.set(window, 'nvTestOld', true))
const isOld = (page: Page) => page.evaluate(() => Reflect.get(window, 'nvTestOld') === true)

/** Asks the server for a new version, as browsers do by themselves, and waits until it is there. */
async function fetchUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
  })
  await waitFor('a new version that waits', () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return registration.waiting !== null || undefined
    }),
  )
}

/** How many windows of the browser forbid a new version. */
const countForbidding = (page: Page) =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query()
    return held.filter(({ name, mode }) => name === 'naervaer.busy' && mode === 'shared').length
  })

t.test('N27 a new version waits while two talk, and takes over quietly afterwards', async (t) => {
  const server = await startOwnClient(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  const { page } = citizen
  await waitForWorker(page)
  await mark(page)
  await haveConversation(worker, citizen)

  await server.deploy()
  await fetchUpdate(page)
  const other = await citizen.context.newPage()
  await other.goto(`${server.url}/start`)
  await other.getByLabel('Startkode').fill('12')
  await waitFor('both windows to forbid it', async () => {
    return (await countForbidding(page)) === 2 || undefined
  })
  await assertBothWays(worker, citizen)
  t.ok(await isOld(page), 'the page of the talk is the one it was')
  await fetchUpdate(page)

  await button(worker.page, 'Læg på').click()
  await button(page, 'Tilbage').click()
  await page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
  t.ok(await isOld(page), 'whoever has just tapped is not disturbed')
  await waitFor(
    'the window of the talk to be calm',
    async () => (await countForbidding(page)) === 1 || undefined,
    TAKE_OVER_LIMIT_MS,
  )
  t.ok(await isOld(page), 'another window has something half done')
  await other.close()
  await waitFor(
    'the new version',
    async () => !(await isOld(page).catch(() => true)) || undefined,
    TAKE_OVER_LIMIT_MS,
  )
  await page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
  t.notOk(
    await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null),
    'nothing waits any more',
  )
  await button(worker.page, 'Tilbage til mine borgere').click()
  await haveConversation(worker, citizen)
  await button(worker.page, 'Læg på').click()
})

const countKept = (page: Page) => page.evaluate(async () => (await caches.keys()).length)

t.test('S-19 the kill switch empties every app, which then comes from the network', async (t) => {
  const server = await startOwnClient(t)
  const { page } = await launchCitizen(t, server)
  await waitForWorker(page)
  t.equal(await countKept(page), 1)
  await mark(page)

  const on = await server.naervaer('kill-switch', 'on')
  t.match(on, { code: 0, stdout: /^The kill switch is on/ })
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    // The last worker takes its leave while this is under way.
    await registration.update().catch(() => undefined)
  })
  await waitFor(
    'a page from the network',
    async () => !(await isOld(page).catch(() => true)) || undefined,
    TAKE_OVER_LIMIT_MS,
  )
  await page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
  t.equal(await countKept(page), 0)
  t.ok(await page.evaluate(() => navigator.serviceWorker.controller === null))

  // A page that asks again is not sent round in circles.
  await mark(page)
  const before = server.asked.length
  await waitFor('the page to register its worker', () => {
    return server.asked.slice(before).includes('/service-worker.js') || undefined
  })
  await waitFor('no worker', () =>
    page.evaluate(async () => {
      const all = await navigator.serviceWorker.getRegistrations()
      return all.length === 0 || undefined
    }),
  )
  t.ok(await isOld(page))

  t.match(await server.naervaer('kill-switch', 'off'), { code: 0 })
  await page.reload()
  await waitForWorker(page)
  t.equal(await countKept(page), 1)
})

t.test(
  'S-19 a page that is too broken to listen comes from the network at its next start',
  async (t) => {
    const server = await startOwnClient(t)
    const { page, context } = await launchCitizen(t, server)
    await waitForWorker(page)
    await context.addInitScript(() => {
      navigator.serviceWorker.addEventListener = () => undefined
    })
    await page.reload()
    await server.naervaer('kill-switch', 'on')
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      await registration.update().catch(() => undefined)
    })
    await waitFor('nothing to be kept', async () => (await countKept(page)) === 0 || undefined)
    await page.reload()
    await page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
    t.equal(await countKept(page), 0)
    t.ok(await page.evaluate(() => navigator.serviceWorker.controller === null))
  },
)

t.test('S-19 a client of the version before talks through a server of the next', async (t) => {
  const server = await startOwnClient(t, 2)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  await haveConversation(worker, citizen)
  await button(worker.page, 'Læg på').click()
})
