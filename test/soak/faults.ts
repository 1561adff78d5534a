import { setTimeout as delay } from 'node:timers/promises'
import type { Person } from '../e2e/support/browser.ts'
import { button } from '../e2e/support/conversation.ts'
import type { MobileCall } from '../e2e/support/mobile-call.ts'
import { ip, PUBLIC_ADDRESS } from '../e2e/support/network.ts'

/** A call whose people may come back on another page. */
export interface SoakCall extends Omit<MobileCall, 'worker' | 'citizen'> {
  worker: Person
  citizen: Person
}

/** What may happen in the middle of a call, and how the world is put right again after it. */
export interface Fault {
  readonly name: string
  readonly run: (call: SoakCall) => Promise<void>
  readonly undo: (call: SoakCall) => Promise<void>
}

/** Networks settle before they are changed again: a telephone is no switch. */
const SETTLE_MS = 2_000

const nothing = () => Promise.resolve()

const backToWifi = async ({ network }: SoakCall) => {
  await network.wifi(true)
  await delay(SETTLE_MS)
  await network.mobile(false)
}

/** Shorter than the two minutes for which a seat is kept, longer than the heartbeat needs to notice. */
const SOCKET_AWAY_MS = 30_000

/** As a machine needs that is started again. */
const SERVER_AWAY_MS = 10_000
const FROZEN_MS = 12_000
const CABLE_OUT_MS = 5_000

/** The server and TURN cannot be reached from one side, while the direct path goes on. */
async function withoutServer(namespace: string): Promise<void> {
  const away = ['blackhole', `${PUBLIC_ADDRESS}/32`]
  await ip('-n', namespace, 'route', 'add', ...away)
  await delay(SOCKET_AWAY_MS)
  await ip('-n', namespace, 'route', 'del', ...away)
}

/** The worker's only network: the switch at its other end loses power. */
async function pullCable({ network }: SoakCall): Promise<void> {
  const setPort = (state: string) => ip('-n', network.server, 'link', 'set', 'person1', state)
  await setPort('down')
  await delay(CABLE_OUT_MS)
  await setPort('up')
}

async function freeze({ context, page }: Person): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  await delay(FROZEN_MS)
  await devtools.send('Page.setWebLifecycleState', { state: 'active' })
  await devtools.detach()
}

/** The tab is gone; in a new one the person goes back with one tap. */
async function crash(person: Person, url: string): Promise<Person> {
  const crashed = person.page.waitForEvent('crash')
  void person.page.goto('chrome://crash').catch(() => undefined)
  await crashed
  const page = await person.context.newPage()
  await page.goto(url)
  await button(page, 'Gå tilbage til samtalen').click()
  await person.page.close()
  return { ...person, page }
}

export const FAULTS: readonly Fault[] = [
  { name: 'none', run: nothing, undo: nothing },
  {
    name: 'Wi-Fi to mobile',
    run: async ({ network }) => {
      await network.wifi(false)
      await network.mobile(true)
    },
    undo: backToWifi,
  },
  {
    name: 'mobile 3 s after Wi-Fi',
    run: async ({ network }) => {
      await network.wifi(false)
      await delay(3_000)
      await network.mobile(true)
    },
    undo: backToWifi,
  },
  {
    name: 'direct path blocked',
    run: ({ network }) => network.forward(false),
    undo: ({ network }) => network.forward(true),
  },
  {
    name: 'silence of 5 s',
    run: async ({ network }) => {
      await network.silence(true)
      await delay(5_000)
      await network.silence(false)
    },
    undo: nothing,
  },
  {
    name: 'server stands still for 5 s',
    run: async ({ server }) => {
      process.kill(server.pid, 'SIGSTOP')
      await delay(5_000)
      process.kill(server.pid, 'SIGCONT')
    },
    undo: nothing,
  },
  {
    name: 'citizen reloads',
    run: async ({ citizen }) => {
      await citizen.page.reload()
    },
    undo: nothing,
  },
  {
    name: 'worker reloads',
    run: async ({ worker }) => {
      await worker.page.reload()
    },
    undo: nothing,
  },
  {
    name: 'silence of 30 s',
    run: async ({ network }) => {
      await network.silence(true)
      await delay(30_000)
      await network.silence(false)
    },
    undo: nothing,
  },
  {
    name: 'citizen without the server for 30 s',
    run: ({ network }) => withoutServer(network.citizen),
    undo: nothing,
  },
  {
    name: 'worker without the server for 30 s',
    run: ({ network }) => withoutServer(network.worker),
    undo: nothing,
  },
  { name: "worker's cable out for 5 s", run: pullCable, undo: nothing },
  {
    name: 'server killed, and back after 10 s',
    run: ({ restartServer }) => restartServer(SERVER_AWAY_MS),
    undo: nothing,
  },
  {
    name: "citizen's tab crashes",
    run: async (call) => {
      call.citizen = await crash(call.citizen, call.server.url)
    },
    undo: nothing,
  },
  {
    name: "worker's tab crashes",
    run: async (call) => {
      call.worker = await crash(call.worker, call.server.url)
    },
    undo: nothing,
  },
  {
    name: "citizen's page is frozen for 12 s",
    run: ({ citizen }) => freeze(citizen),
    undo: nothing,
  },
  {
    name: "worker's page is frozen for 12 s",
    run: ({ worker }) => freeze(worker),
    undo: nothing,
  },
]
