import type { Page } from 'playwright-core'
import t from 'tap'
import { launchPerson } from './support/browser.ts'
import { launchCitizen, launchWorker } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'
import { waitForWorker } from './support/worker.ts'

const STRANGER = { colour: COLOURS.orange, toneHz: 880 } as const

t.test('S-17 the service worker comes under our policy, from the server itself', async (t) => {
  const server = await startServer(t)
  const answer = await fetch(`${server.url}/service-worker.js`)
  t.equal(answer.headers.get('cache-control'), 'no-cache')
  t.match(answer.headers.get('content-type'), /javascript/)
  t.match(answer.headers.get('content-security-policy'), "default-src 'none'")
  const { page } = await launchCitizen(t, server)
  await waitForWorker(page)
  const worker = await page.evaluate(async () => {
    const { scope, active, updateViaCache } = await navigator.serviceWorker.ready
    return { scope, script: active?.scriptURL, updateViaCache }
  })
  t.same(worker, {
    scope: `${server.url}/`,
    script: `${server.url}/service-worker.js`,
    updateViaCache: 'none',
  })
})

t.test('the app starts, reloads and opens any of its pages with the server stopped', async (t) => {
  const server = await startServer(t)
  const { context, page } = await launchPerson(t, {
    ...STRANGER,
    expectedProblems: [/ERR_CONNECTION_REFUSED/, /status of 404/],
  })
  await page.goto(`${server.url}/start`)
  await waitForWorker(page)
  await server.stop()
  const heading = 'Vi kan ikke få forbindelse'
  await page.reload()
  await page.getByRole('heading', { name: heading }).waitFor()
  const other = await context.newPage()
  await other.goto(`${server.url}/mine-valg?lang=da`)
  await other.getByRole('heading', { name: heading }).waitFor()
})

const readKept = (page: Page) => page.evaluate(() => localStorage.getItem('naervaer.kept'))

t.test('L-17 what is kept of people goes when nobody is signed in any more', async (t) => {
  const server = await startServer(t)
  const { page } = await launchCitizen(t, server, { expectedProblems: [/status of 401/] })
  await waitFor('what is kept', async () => (await readKept(page)) ?? undefined)
  const kept = { workers: ['Mette'], dutyPhone: '00 00 00 00', next: null }
  t.same(JSON.parse((await readKept(page)) ?? ''), kept)
  // As somebody elsewhere may: this window hears of it by its socket alone.
  await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }))
  await waitFor('it to be gone', async () => (await readKept(page)) === null || undefined)
})

t.test('L-17 nothing is kept on the page of staff', async (t) => {
  const server = await startServer(t)
  const { page } = await launchWorker(t, server)
  await waitForWorker(page)
  t.equal(await readKept(page), null)
})
