import { setTimeout as delay } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { assertBothWays, button, readOnlyCall } from './support/conversation.ts'
import { readSelectedPath } from './support/media-probe.ts'
import {
  measureGap,
  measureReturn,
  startMobileCall,
  type MobileCall,
} from './support/mobile-call.ts'
import { assertOneOfferer } from './support/one-offerer.ts'
import { waitFor } from './support/wait.ts'

/**
 * How long the picture may stand still here, in milliseconds. The medians that this project has set itself
 * are measured on a quiet machine by `npm run bench`. What a busy machine adds comes and goes, and what the
 * app takes stays: so a fault that took longer is made again, and the quickest counts.
 */
const LIMITS = {
  /** Median 1.7 s. */
  toMobile: 1_700,
  /** Where the new network is known when the browser tells of it, 0.5 to 2 s later. */
  telephone: 3_400,
  /** Median 4 s, which a single try has stayed below so far: the other network is there already. */
  wifiIsBack: 4_000,
  /** Median 2 s. A TURN server that is gone is no other case. */
  blocked: 4_000,
  /** Median 3.2 s. */
  withoutEvents: 4_800,
  /** After a silence that ICE outlives: median 1 s. */
  shortSilence: 2_000,
  /**
   * Median 1 s. After a long silence a request, a socket, a seat, an offer and a whole new connection come
   * one after the other: of all this the busy machine has most to hold up, and has made 3 s of it.
   */
  longSilence: 4_000,
}

const TRIES = 3

/**
 * @param measure - makes a fault and takes it back. @returns how long it was felt, for each limit, in milliseconds
 * @returns the quickest of up to three tries, for each limit
 */
async function findQuickest(
  t: Pick<Test, 'comment'>,
  limits: readonly number[],
  measure: () => Promise<readonly number[]>,
): Promise<readonly number[]> {
  let quickest: readonly number[] = limits.map(() => Infinity)
  for (let n = 0; n < TRIES; n += 1) {
    const measured = await measure()
    // All of them, so that a way that has become slow shows where the quickest still holds.
    t.comment(measured.map((ms) => `${ms.toFixed(0)} ms`).join(', '))
    quickest = quickest.map((best, at) => Math.min(best, measured[at] ?? Infinity))
    if (quickest.every((best, at) => best < (limits[at] ?? 0))) break
  }
  return quickest
}

/** From Wi-Fi to mobile. @returns for how long the picture stood still */
const goMobile = (call: MobileCall) =>
  measureGap(call, async () => {
    await call.network.wifi(false)
    await call.network.mobile(true)
  })

/** @returns for how long the picture stood still */
async function comeHome(call: MobileCall): Promise<number> {
  await call.network.wifi(true)
  return measureGap(call, () => call.network.mobile(false))
}

/** Sound and picture have come back on both sides, in the same conversation, and nobody rolled back. */
async function assertWhole(t: Test, call: MobileCall): Promise<void> {
  await assertBothWays(call.worker, call.citizen)
  const row = await waitFor('the call to be whole in the record', () => {
    const rows = call.server.rows('select state, outcome from calls')
    t.equal(rows.length, 1, 'one call')
    return rows[0]?.['state'] === 'connected' ? rows[0] : undefined
  })
  t.match(row, { outcome: null })
  await assertOneOfferer(call.worker, call.citizen)
}

t.test('a change of network, and back, in a direct call', async (t) => {
  const call = await startMobileCall(t)
  const { network } = call
  const [toMobile = NaN, back = NaN] = await findQuickest(
    t,
    [LIMITS.toMobile, LIMITS.wifiIsBack],
    async () => {
      const away = await goMobile(call)
      await assertWhole(t, call)
      const home = await comeHome(call)
      await assertWhole(t, call)
      return [away, home]
    },
  )
  t.ok(toMobile < LIMITS.toMobile, `Wi-Fi to mobile: ${toMobile.toFixed(0)} ms`)
  t.ok(back < LIMITS.wifiIsBack, `mobile lost, Wi-Fi there: ${back.toFixed(0)} ms`)
  const blocked = await measureGap(call, () => network.forward(false))
  t.ok(blocked < LIMITS.blocked, `direct path blocked: ${blocked.toFixed(0)} ms`)
  await assertWhole(t, call)
  for (const { page } of [call.worker, call.citizen]) {
    t.match(await readSelectedPath(page), { local: 'relay' })
  }
  await button(call.worker.page, 'Læg på').click()
  t.match(await readOnlyCall(call.server), { outcome: 'completed', path: 'relay' })
})

t.test('a change of network on a telephone, relayed', async (t) => {
  const call = await startMobileCall(t, { isRelayed: true, isTelephone: true })
  const [gap = NaN] = await findQuickest(t, [LIMITS.telephone], async () => {
    const away = await goMobile(call)
    await assertWhole(t, call)
    await comeHome(call)
    return [away]
  })
  t.ok(gap < LIMITS.telephone, `${gap.toFixed(0)} ms`)
})

t.test('a hole in the network of two seconds, and of thirty', async (t) => {
  const call = await startMobileCall(t)
  const { network } = call
  for (const [seconds, limitMs] of [
    [2, LIMITS.shortSilence],
    [30, LIMITS.longSilence],
  ] as const) {
    const [returned = NaN] = await findQuickest(t, [limitMs], async () => {
      const silent = await measureReturn(call, async () => {
        await network.silence(true)
        await delay(seconds * 1_000)
        await network.silence(false)
      })
      await assertWhole(t, call)
      return [silent]
    })
    t.ok(returned < limitMs, `after ${String(seconds)} s: ${returned.toFixed(0)} ms`)
  }
})

t.test('a change of network that the browser says nothing of, relayed', async (t) => {
  const call = await startMobileCall(t, { isRelayed: true, withoutEvents: true })
  const [gap = NaN] = await findQuickest(t, [LIMITS.withoutEvents], async () => {
    const away = await goMobile(call)
    await assertWhole(t, call)
    await comeHome(call)
    return [away]
  })
  t.ok(gap < LIMITS.withoutEvents, `${gap.toFixed(0)} ms`)
})

t.test('a TURN server that is stopped while in use: the call moves to the other', async (t) => {
  const call = await startMobileCall(t, { isRelayed: true, turnServers: 2 })
  const readUrls = async () => {
    const urls = await Promise.all(
      [call.worker, call.citizen].map(({ page }) => page.evaluate(readRelayUrl)),
    )
    return urls.every((url) => url !== null) ? urls : undefined
  }
  const [used = ''] = await waitFor('relays in use', readUrls)
  const [stopped] = call.turns.filter(({ urls }) => urls.some((url) => url.startsWith(used)))
  if (stopped === undefined) throw new Error(`no server is ${used}`)
  const gap = await measureGap(call, () => stopped.stop())
  t.ok(gap < LIMITS.blocked, `${gap.toFixed(0)} ms`)
  await assertWhole(t, call)
  for (const url of await waitFor('relays in use', readUrls)) t.notOk(url.startsWith(used), url)
})

/** The TURN server of the page's newest connection, without its transport; null while there is none. */
async function readRelayUrl(): Promise<string | null> {
  const stats = await window.nvTestPeers.at(-1)?.getStats()
  const entries = [...(stats?.values() ?? [])] as Record<string, string | undefined>[]
  const pairId = entries.find(({ type }) => type === 'transport')?.['selectedCandidatePairId']
  const localId = entries.find(({ id }) => id === pairId)?.['localCandidateId']
  const url = entries.find(({ id }) => id === localId)?.['url']
  return url?.split('?')[0] ?? null
}
