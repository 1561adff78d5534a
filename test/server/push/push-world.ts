import type { Test } from 'tap'
import type { PushLanguage, PushLevel } from '@naervaer/shared/push'
import { listen, type TestServer, type TestServerOptions } from '../../helpers/build-app.ts'
import { Browser, ORIGIN, pairDevice, type FakeDevice } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { PushService, type PushedBrowser } from '../../helpers/push-service.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

export const INVITE = { type: 'call.invite', citizenId: PEOPLE.anna } as const

/** A server, a push service, a worker with a page, and a citizen's device whose page is closed. */
export interface PushWorld {
  readonly server: TestServer
  readonly service: PushService
  readonly mette: WsPerson
  readonly worker: Browser
  readonly device: FakeDevice
  readonly browser: PushedBrowser
}

export interface WorldOptions extends TestServerOptions {
  readonly level?: PushLevel
  readonly language?: PushLanguage
}

export async function startPushServer(t: Test, options: TestServerOptions = {}) {
  const service = await PushService.start(t)
  const env = { PUSH_HOSTS: service.host, ...options.env }
  return { service, server: await listen(t, { ...options, env }) }
}

export async function makePushWorld(t: Test, options: WorldOptions = {}): Promise<PushWorld> {
  const { level = 3, language = 'da', ...rest } = options
  const { service, server } = await startPushServer(t, rest)
  const mette = await server.connect('mette')
  const worker = await Browser.signedIn(server.app, 'mette')
  const device = await pairDevice(server.app, () => server.clock.now(), worker)
  const browser = service.makeBrowser()
  await subscribe(device, browser, level, language)
  await mette.waitFor('presence.changed', ({ isNotified }) => isNotified)
  return { server, service, mette, worker, device, browser }
}

/** As the app does once the browser has given a subscription. */
export async function subscribe(
  device: FakeDevice,
  { subscription }: Pick<PushedBrowser, 'subscription'>,
  level: PushLevel | null = 3,
  language: PushLanguage = 'da',
): Promise<void> {
  const answer = await put(device, { subscription, level, language })
  if (answer.statusCode !== 204) throw new Error(`subscription answered ${answer.body}`)
}

export async function put(device: FakeDevice, body: unknown) {
  const url = '/api/push/subscription'
  const headers = { 'naervaer-proof': await device.sign('PUT', url) }
  return device.ask(url, { method: 'PUT', headers, body })
}

/** As a service worker asks: without a session, by the token of its notice. */
export function sayAbout(server: TestServer, what: 'notice' | 'receipt', token: string) {
  return server.app.inject({
    method: 'POST',
    url: `/api/push/${what}`,
    headers: { origin: ORIGIN },
    payload: { token },
  })
}
