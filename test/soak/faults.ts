import { setTimeout as delay } from 'node:timers/promises'
import type { MobileCall } from '../e2e/support/mobile-call.ts'

/** What may happen in the middle of a call, and how the world is put right again after it. */
export interface Fault {
  readonly name: string
  readonly run: (call: MobileCall) => Promise<void>
  readonly undo: (call: MobileCall) => Promise<void>
}

/** Networks settle before they are changed again: a telephone is no switch. */
const SETTLE_MS = 2_000

const nothing = () => Promise.resolve()

const backToWifi = async ({ network }: MobileCall) => {
  await network.wifi(true)
  await delay(SETTLE_MS)
  await network.mobile(false)
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
]
