import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import t from 'tap'
import { launchPerson } from './support/browser.ts'
import { button, launchWorker, ring } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { confirm, enterCode, openDialog, readCode, readDigits } from './support/pairing.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'
import { waitForWorker } from './support/worker.ts'

const MANUAL = new URL('../../docs/operating.md', import.meta.url)

/** The documented list: where something is kept, and its name. */
async function readDocumented(): Promise<ReadonlySet<string>> {
  const [, chapter = ''] = (await readFile(MANUAL, 'utf8')).split('## What stays in the browser')
  const [list = ''] = chapter.split('\n## ')
  const rows = [...list.matchAll(/^\| ([\w, ]+?) +\| `([\w.-]+)` /gm)]
  // What only a real sign-in of staff leaves behind is shown by the tests of that.
  return new Set(
    rows
      .filter(([, where]) => where !== 'cookie, staff')
      .map(([, where, name]) => `${where} ${name}`),
  )
}

/** Everything that the page's origin keeps besides cookies, by where and name. */
const listStorage = (page: Page) =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const kept = [...(await caches.keys())].map((name) => name.replace(/-(v\d+-)?http.*$/, ''))
    return [
      ...Object.keys(localStorage).map((name) => `local storage ${name}`),
      ...Object.keys(sessionStorage).map((name) => `session storage ${name}`),
      ...databases.map(({ name }) => `IndexedDB ${name}`),
      ...kept.map((name) => `cache storage ${name.replace('-precache-v2', '-precache')}`),
    ]
  })

const listKeptFiles = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys()
    const all = await Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
    )
    return all.flat().map((url) => new URL(url).pathname)
  })

t.test(
  'L-17 after a whole run nothing is kept but what is documented, and nobody else was asked',
  async (t) => {
    const documented = await readDocumented()
    t.ok(documented.size > 8)
    const server = await startServer(t, { env: { DUTY_PHONE: '12 34 56 78' } })
    const expectedProblems = [/status of 40[14]/, /ERR_CONNECTION_REFUSED/]
    const worker = await launchWorker(t, server, { expectedProblems })
    const citizen = await launchPerson(t, {
      colour: COLOURS.orange,
      toneHz: 880,
      cameras: 3,
      viewport: { width: 390, height: 844 },
      expectedProblems,
    })
    const asked = new Set<string>()
    for (const { context, page } of [worker, citizen]) {
      context.on('request', (request) => asked.add(new URL(request.url()).origin))
      page.on('websocket', (socket) => asked.add(new URL(socket.url()).origin))
    }
    const { page, context } = citizen
    const found = new Set<string>()
    const look = async () => {
      for (const each of await listStorage(page)) found.add(each)
      for (const { name } of await context.cookies()) found.add(`cookie ${name}`)
    }

    await page.goto(`${server.url}/start?lang=da`)
    await page.getByLabel('Startkode').waitFor()
    await page.evaluate(() =>
      fetch('/api/app-name', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: '{"name":"minDag"}',
      }),
    )
    await openDialog(worker.page)
    await enterCode(page, server.url, await readCode(worker.page))
    await readDigits(page)
    await look()
    await confirm(worker.page, page)
    await look()
    await waitForWorker(page)
    await waitFor('what is kept for a time without a server', async () =>
      page.evaluate(() => localStorage.getItem('naervaer.kept') ?? undefined),
    )
    await ring(worker.page)
    await button(page, 'Svar').click()
    await page.getByRole('heading', { name: 'Du taler med Mette' }).waitFor({ state: 'attached' })
    await button(page, 'Mere').click()
    await button(page, 'Vælg kamera, mikrofon og lyd').click()
    await page.getByLabel('Kamera').selectOption('fake_device_2')
    await button(page, 'Luk').click()
    await button(page, 'Pause').click()
    await look()
    await button(page, 'Fortsæt').click()
    await button(worker.page, 'Læg på').click()
    await button(page, 'Tilbage').click()
    await page.goto(`${server.url}/besked`)
    await button(page, 'Nej tak').click()
    await waitForWorker(page)
    await look()
    await worker.context.grantPermissions(['notifications'])
    await button(worker.page, 'Tilbage til mine borgere').click()
    await button(worker.page, 'Giv mig besked på skærmen, når en borger venter').click()
    await worker.page.getByText('Du får besked, når en borger vil ringes op').waitFor()
    for (const each of await listStorage(worker.page)) found.add(each)
    for (const { name } of await worker.context.cookies()) found.add(`cookie ${name}`)

    t.same([...found].sort(), [...documented].sort())
    t.same([...asked].sort(), [server.url, server.url.replace('http', 'ws')].sort())
    const files = await listKeptFiles(page)
    t.ok(files.length > 20)
    t.same(
      files.filter((path) => !/^\/(index\.html|icon\.svg|assets\/[\w.-]+)$/.test(path)),
      [],
      'no answer of the server is kept',
    )
    const stored = await context.storageState()
    t.notMatch(JSON.stringify(stored), /Holm/, 'no whole names')

    await server.stop()
    await page.reload()
    await page.getByText('Mette kan ikke ringe til dig her lige nu.').waitFor()
    t.equal(
      await page.getByRole('link', { name: 'Ring 12 34 56 78' }).getAttribute('href'),
      'tel:12345678',
    )
    t.equal(await page.getByRole('link', { name: 'Ring 112' }).getAttribute('href'), 'tel:112')
  },
)
