import t, { type Test } from 'tap'
import type { Page } from 'playwright-core'
import { findAccessibilityProblems } from '../helpers/axe.ts'
import { launchPerson, type Person } from './support/browser.ts'
import {
  assertBothWays,
  assertLampOut,
  button,
  haveConversation,
  launchWorker,
  readOnlyCall,
  ring,
  rowOf,
} from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { enterCode, openDialog, pair, readCode, readDigits } from './support/pairing.ts'
import { startServer, type TestServer } from './support/server.ts'

/** What the browser itself says of a refusal that is provoked on purpose. */
const REFUSALS = [/status of 4(01|04|10)/, /no valid credentials available/]

const launchVisitor = (t: Test, viewport = { width: 390, height: 844 }) =>
  launchPerson(t, {
    colour: COLOURS.orange,
    toneHz: 880,
    viewport,
    expectedProblems: REFUSALS,
  })

/** Asks the server from the page itself, as somebody would who only has its cookies. */
const askWithCookies = (page: Page, method: string, path: string) =>
  page.evaluate(async ([verb, address]) => (await fetch(address, { method: verb })).status, [
    method,
    path,
  ] as const)

t.test('W-07 from the code to the first call, across two browsers', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchVisitor(t)
  await openDialog(worker.page)
  const code = await readCode(worker.page)
  await worker.page.getByText('Koden gælder i 10 minutter.').waitFor()
  t.same(await findAccessibilityProblems(worker.page), [], 'the dialog')

  await t.test('a wrong code, a short one, and the right one pasted with its space', async (t) => {
    await enterCode(citizen.page, server.url, '12')
    await citizen.page.getByText('Koden har seks tal.').waitFor()
    const wrong = String((Number(code.replace(' ', '')) + 1) % 1_000_000).padStart(6, '0')
    await enterCode(citizen.page, server.url, wrong)
    await citizen.page.getByText('Koden passer ikke. Se på tallene igen.').waitFor()
    t.same(await findAccessibilityProblems(citizen.page), [], 'the page with a complaint')
    await enterCode(citizen.page, server.url, code)
  })

  const digits = await readDigits(citizen.page)
  t.same(await findAccessibilityProblems(citizen.page), [], 'the two digits')
  await worker.page.getByText(`vil tilsluttes som Anna. Står der ${digits} på den?`).waitFor()
  t.same(await findAccessibilityProblems(worker.page), [], 'the question')
  t.equal(await askWithCookies(citizen.page, 'GET', '/api/devices'), 401, 'not before the yes')

  await t.test('a page that is reloaded while it waits goes on waiting', async () => {
    await citizen.page.reload()
    t.equal(await readDigits(citizen.page), digits)
  })
  await button(worker.page, 'Ja').click()
  await citizen.page.getByRole('heading', { name: 'Er du Anna?' }).waitFor()
  await button(citizen.page, 'Ja').click()
  await citizen.page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
  await button(worker.page, 'Luk').click()
  await haveConversation(worker, citizen)
  await button(worker.page, 'Læg på').click()
  t.match(await readOnlyCall(server), { outcome: 'completed' })
  t.notOk(server.logs().includes(code.replace(' ', '')), 'W-09 the code is not in the log')
})

t.test('W-09 a link that is scanned while /start is open pairs as well', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const { page } = await launchVisitor(t)
  await page.goto(`${server.url}/start`)
  await page.getByLabel('Startkode').waitFor()
  const answer = worker.page.waitForResponse((response) => response.url().endsWith('/api/pairings'))
  await openDialog(worker.page)
  const { link } = (await (await answer).json()) as { link: string }
  // As the browser hands it to the app that is open: the address changes, and nothing is loaded.
  await page.evaluate((to) => location.assign(to), link)
  const digits = await readDigits(page)
  t.equal(await page.evaluate(() => location.href), `${server.url}/start`)
  await worker.page.getByText(`Står der ${digits} på den?`).waitFor()
})

t.test('W-09 a scanned link pairs, and its secret leaves the address at once', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchVisitor(t)
  const asked: string[] = []
  citizen.page.on('request', (request) => asked.push(request.url()))
  const answer = worker.page.waitForResponse((response) => response.url().endsWith('/api/pairings'))
  await openDialog(worker.page)
  const { link } = (await (await answer).json()) as { link: string }
  await worker.page.getByRole('img', { name: 'Billede til at scanne' }).waitFor()
  await citizen.page.goto(link)
  const digits = await readDigits(citizen.page)
  t.equal(await citizen.page.evaluate(() => location.href), `${server.url}/start`)
  await worker.page.getByText(`Står der ${digits} på den?`).waitFor()
  const secret = link.split('#')[1] ?? ''
  const leaked = asked.filter((url) => url.includes(secret) && url !== link)
  t.same(leaked, [], 'asked of nobody by address')
  t.notOk(server.logs().includes(secret))

  await t.test('Nej: the device is nobody’s', async () => {
    await button(worker.page, 'Nej').click()
    await worker.page.getByText('Den blev ikke tilsluttet.').waitFor()
    await citizen.page.getByText('Det blev ikke til noget. Bed om en ny kode.').waitFor()
  })
})

t.test(
  'a copied code fails: it is used up, or its digits are not in the citizen’s hand',
  async (t) => {
    const server = await startServer(t)
    const worker = await launchWorker(t, server)
    const citizen = await launchVisitor(t)
    const thief = await launchVisitor(t)
    await openDialog(worker.page)
    const code = await readCode(worker.page)
    await enterCode(thief.page, server.url, code)
    await readDigits(thief.page)
    await enterCode(citizen.page, server.url, code)
    await citizen.page.getByText('Koden er for gammel. Bed om en ny.').waitFor()
    await worker.page.getByText(/Står der \d\d på den\?/).waitFor()
    await button(worker.page, 'Nej').click()
    await thief.page.getByText('Det blev ikke til noget.').waitFor()
    t.equal(await askWithCookies(thief.page, 'GET', '/api/devices'), 401)
    t.same(server.rows('select * from device_keys'), [])
  },
)

t.test('W-07 the code is dead when the dialog closes, also with the whole page', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchVisitor(t)
  for (const end of ['button', 'page'] as const) {
    await openDialog(worker.page)
    const code = await readCode(worker.page)
    const closed = worker.page.waitForResponse((each) => each.request().method() === 'DELETE')
    if (end === 'button') {
      await button(worker.page, 'Luk').click()
      await closed
    } else {
      closed.catch(() => undefined)
      await worker.page.reload()
      await worker.page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
    }
    await enterCode(citizen.page, server.url, code)
    await citizen.page.getByText('Koden er for gammel. Bed om en ny.').waitFor()
  }
  t.pass('both')
})

t.test(
  'the key cannot be read, cookies can be lost, and a copy of them opens nothing',
  async (t) => {
    const server = await startServer(t)
    const worker = await launchWorker(t, server)
    const citizen = await launchVisitor(t)
    await pair(worker.page, citizen.page, server)

    const key = await citizen.page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('naervaer-device')
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(new Error('no database'))
      })
      const record = await new Promise<{ privateKey: CryptoKey }>((resolve) => {
        const asking = database.transaction('keys').objectStore('keys').get('device')
        asking.onsuccess = () => resolve(asking.result as { privateKey: CryptoKey })
      })
      database.close()
      const { extractable, usages } = record.privateKey
      const formats = ['jwk', 'pkcs8', 'raw'] as const
      const exported = await Promise.all(
        formats.map((format) =>
          crypto.subtle.exportKey(format, record.privateKey).then(
            () => 'exported',
            () => 'refused',
          ),
        ),
      )
      return { extractable, usages, exported }
    })
    t.strictSame(key, {
      extractable: false,
      usages: ['sign'],
      exported: ['refused', 'refused', 'refused'],
    })

    const thief = await launchVisitor(t)
    await thief.context.addCookies(await citizen.context.cookies())
    await thief.page.goto(`${server.url}/start`)
    t.equal(await askWithCookies(thief.page, 'GET', '/api/devices'), 401, 'no route')
    const opened = await thief.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`, 'naervaer.v1')
          socket.onopen = () => resolve('open')
          socket.onerror = () => resolve('refused')
        }),
    )
    t.equal(opened, 'refused', 'no socket')
    const you = await thief.page.evaluate(
      async () => ((await (await fetch('/api/session')).json()) as { you: unknown }).you,
    )
    t.equal(you, null, 'not even a name')

    await citizen.context.clearCookies()
    await citizen.page.goto(server.url)
    await citizen.page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
    t.equal(server.rows('select * from device_keys where revoked_at is null').length, 1)

    await t.test('a second window of the device does not end the first', async () => {
      const second = await citizen.context.newPage()
      await second.goto(server.url)
      await second.getByRole('heading', { name: 'Hej Anna' }).waitFor()
      await ring(worker.page)
      await Promise.all([citizen.page, second].map((page) => button(page, 'Svar').waitFor()))
      await button(citizen.page, 'Svar').click()
      await assertBothWays(worker, citizen)
      await button(worker.page, 'Læg på').click()
      await second.close()
    })
  },
)

const deviceId = (server: TestServer) =>
  String(server.rows('select device_id from device_keys')[0]?.['device_id'])

/** As the page of a leader or of IT would, in the worker's own name. */
async function revokeByWorker(worker: Person, server: TestServer): Promise<void> {
  const anna = String(server.rows("select id from people where name = 'Anna'")[0]?.['id'])
  const path = `/api/citizens/${anna}/devices/${deviceId(server)}`
  t.equal(await askWithCookies(worker.page, 'DELETE', path), 204)
}

t.test(
  'W-25 a lost phone: the call ends, the lamp goes out, and a new code brings all back',
  async (t) => {
    const server = await startServer(t)
    const worker = await launchWorker(t, server)
    const citizen = await launchVisitor(t)
    await pair(worker.page, citizen.page, server)
    await haveConversation(worker, citizen)
    const from = performance.now()
    await revokeByWorker(worker, server)
    await worker.page.getByRole('heading', { name: 'Samtalen er slut' }).waitFor()
    t.ok(performance.now() - from < 5_000, 'the call within 5 s')
    await assertLampOut(citizen.page, 2_000)
    t.match(await readOnlyCall(server), { outcome: 'completed', end_reason: 'revoked' })
    await citizen.page.goto(server.url)
    await citizen.page.getByRole('heading', { name: 'Denne computer er koblet fra' }).waitFor()
    t.same(await findAccessibilityProblems(citizen.page), [])

    await worker.page.goto(server.url)
    await pair(worker.page, citizen.page, server)
    await ring(worker.page)
    await button(citizen.page, 'Svar').click()
    await assertBothWays(worker, citizen)
    await button(worker.page, 'Læg på').click()
  },
)

t.test('W-25 an open page that is revoked says so within two seconds', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchVisitor(t)
  await pair(worker.page, citizen.page, server)
  await openDialog(worker.page)
  await worker.page.getByRole('button', { name: 'Frakobl enhed' }).click()
  const from = performance.now()
  await button(worker.page, 'Ja, frakobl').click()
  await citizen.page.getByRole('heading', { name: 'Denne computer er koblet fra' }).waitFor()
  t.ok(performance.now() - from < 2_000, 'within 2 s')
  await worker.page.getByText('Enheden er koblet fra. Den kan ikke bruges mere.').waitFor()
  await rowOf(worker.page, 'Anna').getByText('Ikke i appen').waitFor()
})

t.test('"Mine enheder": the citizen sees the own devices and removes this one', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchVisitor(t)
  await pair(worker.page, citizen.page, server)
  await citizen.page.getByRole('link', { name: 'Mine valg' }).click()
  await citizen.page.getByRole('button', { name: 'Telefon og tablet' }).click()
  await citizen.page.getByRole('link', { name: 'Mine enheder' }).click()
  await citizen.page.getByText('Det er den, du bruger nu.').waitFor()
  t.same(await findAccessibilityProblems(citizen.page), [])
  await button(citizen.page, 'Fjern').click()
  await button(citizen.page, 'Behold').click()
  await button(citizen.page, 'Fjern').click()
  await button(citizen.page, 'Fjern').click()
  await citizen.page.getByRole('heading', { name: 'Denne computer er koblet fra' }).waitFor()
  t.equal(server.rows('select * from device_keys where revoked_at is null').length, 0)
})

t.test('a paired device comes back by itself when the server has been away', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server, {
    // The server that came again is ended before the pages, which are told that it stops.
    expectedProblems: [/ERR_CONNECTION_REFUSED/, /503 \(Service Unavailable\)/],
  })
  const citizen = await launchPerson(t, {
    colour: COLOURS.orange,
    toneHz: 880,
    expectedProblems: [...REFUSALS, /ERR_CONNECTION_REFUSED/, /503 \(Service Unavailable\)/],
  })
  await pair(worker.page, citizen.page, server)
  await rowOf(worker.page, 'Anna').getByText('Har appen åben').waitFor()
  await server.kill9()
  await citizen.page.getByText('Forbindelsen blev afbrudt. Vi prøver igen.').first().waitFor()
  const again = await startServer(t, { dataDir: server.dataDir, port: server.port })
  await worker.page.getByText('Forbindelsen blev afbrudt.').first().waitFor({ state: 'hidden' })
  await rowOf(worker.page, 'Anna').getByText('Har appen åben').waitFor()
  t.equal(
    again.rows("select * from sessions where method = 'device'").length,
    1,
    'the same session',
  )
  await haveConversation(worker, citizen)
  await button(worker.page, 'Læg på').click()
})
