import type { BrowserContext, CDPSession, Page, Worker } from 'playwright-core'
import { describeNotice, type PushLevel } from '@naervaer/shared/push'
import { PushService, type Delivered, type PushedBrowser } from '../../helpers/push-service.ts'
import { launchPerson } from './browser.ts'
import { button, launchWorker, rowOf } from './conversation.ts'
import { COLOURS } from './media.ts'
import { pair } from './pairing.ts'
import { startServer, type TestServer } from './server.ts'
import type { TestScope } from './test-scope.ts'
import { waitFor } from './wait.ts'

/** What this browser has on the screen. */
interface Notice {
  readonly title: string
  readonly body: string
  readonly silent: boolean | null
}

/** As much of a service worker's inside as is used here. */
interface WorkerScope {
  readonly registration: {
    getNotifications(): Promise<(Notice & { close(): void })[]>
  }
  readonly clients: { openWindow(url: string): Promise<null> }
  dispatchEvent(event: Event): boolean
}

/** A citizen's browser whose app is installed, paired and notified, and whose push service is ours. */
export class NotifiedPerson {
  readonly context: BrowserContext
  readonly worker: Worker
  readonly #session: CDPSession
  readonly #registrationId: string
  readonly #origin: string

  constructor(
    context: BrowserContext,
    worker: Worker,
    session: CDPSession,
    registrationId: string,
    origin: string,
  ) {
    this.context = context
    this.worker = worker
    this.#session = session
    this.#registrationId = registrationId
    this.#origin = origin
  }

  /** What the vendor's channel does: hands on what was opened, and wakes the worker. */
  async deliver({ text }: Pick<Delivered, 'text'>): Promise<void> {
    await this.#session.send('ServiceWorker.deliverPushMessage', {
      origin: this.#origin,
      registrationId: this.#registrationId,
      data: text,
    })
  }

  listNotices(): Promise<Notice[]> {
    return this.worker.evaluate(async () => {
      const { registration } = globalThis as unknown as WorkerScope
      const notices = await registration.getNotifications()
      return notices.map(({ title, body, silent }) => ({ title, body, silent }))
    })
  }

  waitForNotice(title: string): Promise<Notice> {
    return waitFor(`the notice "${title}"`, async () =>
      (await this.listNotices()).find((notice) => notice.title === title),
    )
  }

  waitForNone(): Promise<true> {
    return waitFor('that no notice is left', async () =>
      (await this.listNotices()).length === 0 ? true : undefined,
    )
  }

  /** What stands on the buttons of the notice; the browser gives what it would show. */
  listButtons(): Promise<string[]> {
    return this.worker.evaluate(async () => {
      const { registration } = globalThis as unknown as WorkerScope
      const [notice] = await registration.getNotifications()
      const buttons = (notice === undefined ? [] : Reflect.get(notice, 'actions')) as {
        title: string
      }[]
      return buttons.map(({ title }) => title)
    })
  }

  /** As the system does for a finger on one of the buttons. */
  async press(action: string): Promise<void> {
    await this.worker.evaluate(async (chosen) => {
      const scope = globalThis as unknown as WorkerScope
      const [notification] = await scope.registration.getNotifications()
      if (notification === undefined) throw new Error('nothing to press')
      const Tap = Reflect.get(globalThis, 'NotificationEvent') as new (
        type: string,
        about: { notification: Notice; action: string },
      ) => Event
      scope.dispatchEvent(new Tap('notificationclick', { notification, action: chosen }))
    }, action)
  }

  /** The citizen wipes away what is there. */
  async wipe(): Promise<void> {
    await this.worker.evaluate(async () => {
      const { registration } = globalThis as unknown as WorkerScope
      for (const notice of await registration.getNotifications()) notice.close()
    })
  }

  /** As the browser says that it has given this device another address. */
  async changeAddress(browser: PushedBrowser): Promise<void> {
    await stubWorkersPushManager(this.worker, browser)
    await this.worker.evaluate(() => {
      const scope = globalThis as unknown as WorkerScope
      const Change = Reflect.get(globalThis, 'PushSubscriptionChangeEvent') as
        (new (type: string) => Event) | undefined
      const Extendable = Reflect.get(globalThis, 'ExtendableEvent') as new (type: string) => Event
      scope.dispatchEvent(new (Change ?? Extendable)('pushsubscriptionchange'))
    })
  }

  /**
   * As the system does for a finger on the notice.
   *
   * @returns the address for which a window was asked
   */
  async tap(): Promise<string> {
    return this.worker.evaluate(async () => {
      const scope = globalThis as unknown as WorkerScope
      const [notification] = await scope.registration.getNotifications()
      if (notification === undefined) throw new Error('nothing to tap')
      const Tap = Reflect.get(globalThis, 'NotificationEvent') as new (
        type: string,
        about: { notification: Notice },
      ) => Event
      const address = new Promise<string>((resolve) => {
        scope.clients.openWindow = (url) => {
          resolve(url)
          return Promise.resolve(null)
        }
      })
      scope.dispatchEvent(new Tap('notificationclick', { notification }))
      return address
    })
  }
}

/** Headless Chromium reaches no push service: the page gets our browser's address from `subscribe`. */
export async function stubPushManager(context: BrowserContext, { subscription }: PushedBrowser) {
  await context.addInitScript(({ endpoint, p256dh, auth }) => {
    // An empty page has no storage, and nothing to subscribe.
    if (location.protocol === 'about:') return
    let isOn = localStorage.getItem('test.subscribed') === 'yes'
    const made = {
      endpoint,
      options: { applicationServerKey: null },
      toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
      unsubscribe: () => {
        isOn = false
        localStorage.removeItem('test.subscribed')
        return Promise.resolve(true)
      },
    } as unknown as PushSubscription
    PushManager.prototype.subscribe = () => {
      isOn = true
      localStorage.setItem('test.subscribed', 'yes')
      return Promise.resolve(made)
    }
    PushManager.prototype.getSubscription = () => Promise.resolve(isOn ? made : null)
  }, subscription)
}

/** The same inside the service worker, where no page and no `localStorage` is. */
export async function stubWorkersPushManager(
  worker: Worker,
  { subscription }: PushedBrowser,
): Promise<void> {
  await worker.evaluate(({ endpoint, p256dh, auth }) => {
    const made = {
      endpoint,
      options: { applicationServerKey: null },
      toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
    } as unknown as PushSubscription
    // What the browser has given up is not there any more: it asks anew.
    PushManager.prototype.getSubscription = () => Promise.resolve(null)
    PushManager.prototype.subscribe = () => Promise.resolve(made)
  }, subscription)
}

/** A municipality with one worker, and one citizen whose phone is told of rings. */
export interface NoticeWorld {
  readonly server: TestServer
  readonly service: PushService
  readonly worker: { readonly page: Page }
  readonly citizen: NotifiedPerson
  readonly page: Page
}

/** From pairing through the citizen's own taps to a device that is notified at this level. */
export async function makeNoticeWorld(t: TestScope, level: PushLevel = 3): Promise<NoticeWorld> {
  const service = await PushService.start(t)
  const server = await startServer(t, { env: { PUSH_HOSTS: service.host } })
  const worker = await launchWorker(t, server)
  const { context, page } = await launchPerson(t, {
    colour: COLOURS.orange,
    toneHz: 880,
    viewport: { width: 390, height: 844 },
    expectedProblems: [/status of (40[14]|503)/, /ERR_/],
  })
  await context.grantPermissions(['notifications'], { origin: server.url })
  await stubPushManager(context, service.makeBrowser())
  await pair(worker.page, page, server)
  const [serviceWorker] = context.serviceWorkers()
  const running = serviceWorker ?? (await context.waitForEvent('serviceworker'))
  // A window that has nothing to do with the app, and outlives it.
  const session = await context.newCDPSession(await context.newPage())
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [registration] = registrations
      if (registration !== undefined) resolve(registration.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const citizen = new NotifiedPerson(context, running, session, await found, `${server.url}/`)
  await turnOn(page, server, level)
  const [trial] = await service.waitForCount(1)
  if (trial === undefined) throw new Error('no trial')
  await citizen.deliver(trial)
  const { title } = describeNotice('trial', level, 'da', { name: 'Mette', time: '' })
  await citizen.waitForNotice(title)
  await citizen.wipe()
  return { server, service, worker, citizen, page }
}

/** As the citizen does, in the app. */
export async function turnOn(page: Page, server: TestServer, level: PushLevel): Promise<void> {
  await page.goto(`${server.url}/besked`)
  await page.getByRole('heading', { name: 'Må vi give dig besked, når Mette ringer?' }).waitFor()
  await button(page, 'Ja, giv mig besked').click()
  await choose(page, level)
}

/** What the locked screen may show, and a trial of it. */
export async function choose(page: Page, level: PushLevel): Promise<void> {
  await page.getByRole('heading', { name: 'Hvad må der stå på skærmen' }).waitFor()
  const { title } = describeNotice('ring', level, 'da', { name: 'Mette', time: '' })
  await page.getByRole('radio', { name: title }).check()
  await button(page, 'Gem').click()
  await page.getByText('Vi har sendt dig en prøve.').waitFor()
}

/** Whatever is known of her app. */
export const callAnna = (worker: Page): Promise<void> =>
  rowOf(worker, 'Anna').getByRole('button', { name: 'Ring op' }).click()

/** No page of the app is left; the browser itself stays. */
export async function closeApp({ page, worker }: NoticeWorld): Promise<void> {
  await page.close()
  await rowOf(worker.page, 'Anna').getByText('Har appen åben').waitFor({ state: 'detached' })
}
