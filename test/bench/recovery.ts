import { setTimeout as delay } from 'node:timers/promises'
import {
  measureGap,
  measureReturn,
  startMobileCall,
  type MobileCall,
} from '../e2e/support/mobile-call.ts'
import { withScope } from './scope.ts'
import { summarize, type Summary } from './summary.ts'

/** Long enough for the browser to have settled after a change. */
const REST_MS = 3_000

interface Fault {
  readonly name: string
  /** What this project has set itself. */
  readonly goalMs: number
  readonly options?: Parameters<typeof startMobileCall>[1]
  readonly run: (call: MobileCall) => Promise<number>
  readonly undo: (call: MobileCall) => Promise<void>
}

const wifiToMobile = (call: MobileCall) =>
  measureGap(call, async () => {
    await call.network.wifi(false)
    await call.network.mobile(true)
  })

const backToWifi = async ({ network }: MobileCall) => {
  await network.wifi(true)
  await delay(REST_MS)
  await network.mobile(false)
}

const FAULTS: readonly Fault[] = [
  { name: 'Wi-Fi to mobile, direct', goalMs: 1_700, run: wifiToMobile, undo: backToWifi },
  {
    name: 'Wi-Fi to mobile, relayed',
    goalMs: 1_700,
    options: { isRelayed: true },
    run: wifiToMobile,
    undo: backToWifi,
  },
  {
    name: 'Wi-Fi to mobile, direct, a telephone',
    goalMs: 1_700,
    options: { isTelephone: true },
    run: wifiToMobile,
    undo: backToWifi,
  },
  {
    name: 'Wi-Fi to mobile, relayed, a telephone',
    goalMs: 1_700,
    options: { isRelayed: true, isTelephone: true },
    run: wifiToMobile,
    undo: backToWifi,
  },
  {
    name: 'Wi-Fi to mobile, the browser says nothing',
    goalMs: 3_200,
    options: { withoutEvents: true },
    run: wifiToMobile,
    undo: backToWifi,
  },
  {
    name: 'direct path blocked, relay left',
    goalMs: 2_000,
    run: (call) => measureGap(call, () => call.network.forward(false)),
    undo: (call) => call.network.forward(true),
  },
  {
    name: 'mobile up already, Wi-Fi lost',
    goalMs: 4_000,
    run: async (call) => {
      await call.network.mobile(true)
      await delay(REST_MS)
      return measureGap(call, () => call.network.wifi(false))
    },
    undo: backToWifi,
  },
  {
    name: '30 s of silence, after their end',
    goalMs: 1_000,
    run: (call) =>
      measureReturn(call, async () => {
        await call.network.keepNeighbours()
        await call.network.silence(true)
        await delay(30_000)
        await call.network.silence(false)
      }),
    undo: () => Promise.resolve(),
  },
]

export interface Recovery {
  readonly name: string
  readonly goalMs: number
  /** Of those tries that recovered. */
  readonly gap: Summary
}

/**
 * Makes each fault `tries` times, and again and again in the same call: it must survive them all.
 *
 * @param onMeasured - told of each when it is done; all of them take half an hour
 */
export async function measureRecovery(
  tries: number,
  onMeasured: (recovery: Recovery) => void,
): Promise<Recovery[]> {
  const measured: Recovery[] = []
  for (const { name, goalMs, options = {}, run, undo } of FAULTS) {
    const gaps = await withScope(name, async (t) => {
      const call = await startMobileCall(t, options)
      const each: number[] = []
      for (let n = 0; n < tries; n += 1) {
        await delay(REST_MS)
        each.push(await run(call))
        await undo(call)
      }
      return each
    })
    const recovery = { name, goalMs, gap: summarize(gaps) }
    measured.push(recovery)
    onMeasured(recovery)
  }
  return measured
}
