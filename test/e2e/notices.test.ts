import type { Page } from 'playwright-core'
import t from 'tap'
import { describeNotice, PUSH_LEVELS, type PushSubscriptionBody } from '@naervaer/shared/push'
import { PushService, type Delivered } from '../helpers/push-service.ts'
import { runCliJson } from '../helpers/cli.ts'
import { launchPerson } from './support/browser.ts'
import { button, launchWorker } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { callAnna, choose, closeApp, makeNoticeWorld, stubPushManager } from './support/notices.ts'
import { pair } from './support/pairing.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

/** As browsers do: another key is another address, and what it was made for is told beside it. */
const giveOtherAddresses = (page: Page, next: PushSubscriptionBody): Promise<void> =>
  page.evaluate(({ endpoint, p256dh, auth }) => {
    let key: ArrayBuffer | null = null
    const make = (address: string) => ({
      endpoint: address,
      options: { applicationServerKey: key ?? new ArrayBuffer(65) },
      toJSON: () => ({ endpoint: address, keys: { p256dh, auth } }),
      unsubscribe: () => Promise.resolve(true),
    })
    PushManager.prototype.getSubscription = () =>
      Promise.resolve(make(endpoint) as unknown as PushSubscription)
    PushManager.prototype.subscribe = (options) => {
      key = (options?.applicationServerKey as Uint8Array<ArrayBuffer>).slice().buffer
      return Promise.resolve(make(endpoint) as unknown as PushSubscription)
    }
  }, next)

t.test('N14 each level shows its very words, and no more where nobody answers', async (t) => {
  const { server, service, worker, citizen, page } = await makeNoticeWorld(t, 1)
  let last: Delivered | undefined
  for (const level of PUSH_LEVELS) {
    await page.goto(`${server.url}/besked`)
    const before = service.delivered.length
    await choose(page, level)
    await page.goto('about:blank')
    await callAnna(worker.page)
    // A trial of the level, and the ring.
    last = (await service.waitForCount(before + 2)).at(-1)
    if (last === undefined) throw new Error('nothing was sent')
    await citizen.deliver(last)
    const { title } = describeNotice('ring', level, 'da', { name: 'Mette', time: '' })
    t.match(await citizen.waitForNotice(title), { body: '', silent: false })
    await worker.page.getByText('Beskeden er nået frem til telefonen.').waitFor()
    t.equal((await citizen.listNotices()).length, 1)
    await citizen.wipe()
    await button(worker.page, 'Stop opkald').click()
    await service.waitForCount(before + 3)
    await button(worker.page, 'Tilbage til mine borgere').click()
  }
  // Its socket would be missed.
  await worker.page.close()
  await server.stop()
  if (last !== undefined) await citizen.deliver(last)
  t.match(await citizen.waitForNotice('Ny besked'), { body: '' }, 'nothing claims that it rings')
})

t.test('W-19 a dead subscription: the worker reads it, and what can be done', async (t) => {
  const world = await makeNoticeWorld(t)
  const { service, worker } = world
  await closeApp(world)
  await worker.page.getByText('Kan få besked, når du ringer').waitFor()
  service.answer = () => ({ status: 410 })
  await callAnna(worker.page)
  await worker.page
    .getByText('Anna får besked, når appen er lukket.')
    .waitFor({ state: 'detached' })
  await worker.page.getByText('Anna får ikke besked, når appen er lukket.').waitFor()
  await worker.page.getByRole('heading', { name: 'Det kan du gøre nu' }).waitFor()
})

t.test('the browser gives the closed app another address, and rings still come', async (t) => {
  const world = await makeNoticeWorld(t)
  const { server, service, worker, citizen } = world
  await closeApp(world)
  // What the session was is over: the device's key alone says who it is.
  await citizen.context.clearCookies()
  const before = server.rows('select endpoint_hash from push_subscriptions')
  await citizen.changeAddress(service.makeBrowser('/push/another'))
  await waitFor('the server to know the new address', () => {
    const now = server.rows('select endpoint_hash from push_subscriptions')
    return JSON.stringify(now) === JSON.stringify(before) ? undefined : true
  })
  t.equal(before.length, 1)
  await callAnna(worker.page)
  const sent = (await service.waitForCount(2)).at(-1)
  if (sent === undefined) throw new Error('nothing was sent')
  t.match(sent, { path: '/push/another', message: { level: 3, title: 'Mette ringer' } })
  await citizen.deliver(sent)
  await citizen.waitForNotice('Mette ringer')
  const lines = server.rows("select action from audit_events where action like 'notices.%'")
  t.strictSame(lines, [{ action: 'notices.turnedOn' }], 'nothing was turned on or off by it')
})

t.test('the first screen says that nothing is heard, and no is no', async (t) => {
  const service = await PushService.start(t)
  const server = await startServer(t, { env: { PUSH_HOSTS: service.host } })
  const worker = await launchWorker(t, server)
  const { context, page } = await launchPerson(t, {
    colour: COLOURS.orange,
    toneHz: 880,
    expectedProblems: [/status of 40[14]/],
  })
  await context.grantPermissions(['notifications'], { origin: server.url })
  await stubPushManager(context, service.makeBrowser())
  await pair(worker.page, page, server)
  await page.goto(server.url)
  const hint = page.getByRole('link', { name: 'Du får ikke besked, når Mette ringer.' })
  // Browsers differ in whether a page of the same site counts as touched: here it is, wherever that leads.
  const touch = async () => {
    await page.getByRole('heading', { name: 'Hej' }).click()
  }
  await touch()
  await hint.click()
  await button(page, 'Nej tak').click()
  await page.getByText('Når Mette ringer, kommer det frem her.').waitFor()
  let asked = 0
  page.on('response', (response) => {
    if (new URL(response.url()).pathname === '/api/push') asked += 1
  })
  await page.reload()
  await touch()
  // The start asks, to renew the address, and so does the hint.
  await waitFor('the hint to know', () => asked >= 2 || undefined)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
  t.equal(await hint.count(), 0, 'nobody is asked twice')
  t.strictSame(service.requests, [])
})

t.test(
  'S-33 the server is given another key: an open app makes itself reachable by itself',
  async (t) => {
    const { server, service, worker, page } = await makeNoticeWorld(t)
    await page.goto(server.url)
    await page.getByRole('main').waitFor()
    const next = service.makeBrowser().subscription
    await giveOtherAddresses(page, next)
    const { lost } = await runCliJson<{ lost: number }>(
      { DATA_DIR: server.dataDir },
      ...['keys', 'rotate', 'vapid'],
    )
    t.equal(lost, 1)
    await waitFor('an address for the new key', () => {
      const rows = server.rows('select lost_at from push_subscriptions')
      return rows.length === 1 && rows[0]?.['lost_at'] === null ? true : undefined
    })
    await page.goto('about:blank')
    await callAnna(worker.page)
    const ring = (await service.waitForCount(2)).at(-1)
    t.equal(ring?.path, new URL(next.endpoint).pathname)
  },
)

t.test(
  'S-33 the server is given another key while an open app has no connection: the app is reachable when it has one again',
  async (t) => {
    const { server, service, worker, page } = await makeNoticeWorld(t)
    // Its socket would be missed.
    await worker.page.close()
    await page.goto(server.url)
    await page.getByRole('main').waitFor()
    await giveOtherAddresses(page, service.makeBrowser().subscription)
    await server.stop()
    await runCliJson({ DATA_DIR: server.dataDir }, 'keys', 'rotate', 'vapid')
    const { dataDir, port } = server
    const again = await startServer(t, { dataDir, port, env: { PUSH_HOSTS: service.host } })
    await waitFor('an address for the new key', () => {
      const rows = again.rows('select lost_at from push_subscriptions')
      return rows.length === 1 && rows[0]?.['lost_at'] === null ? true : undefined
    })
  },
)
