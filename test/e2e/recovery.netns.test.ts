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
import { waitFor } from './support/wait.ts'

/**
 * How long the picture may stand still here: these machines are busy. What it takes on a quiet one is
 * measured by `npm run bench`.
 */
const BUSY_MS = 6_000

/** Sound and picture have come back on both sides, in the same conversation, and nobody rolled back. */
async function assertWhole(t: Test, call: MobileCall): Promise<void> {
  await assertBothWays(call.worker, call.citizen)
  const [row, ...others] = call.server.rows('select state, outcome from calls')
  t.equal(others.length, 0, 'one call')
  t.match(row, { outcome: null })
  const sides = [
    [call.worker, 'have-remote-offer'],
    [call.citizen, 'have-local-offer'],
  ] as const
  for (const [{ page }, state] of sides) {
    const states = await page.evaluate(() => [...window.nvTestSignalling])
    t.notOk(states.includes(state), `never ${state}: one side alone offers`)
  }
}

t.test('a change of network, and back, in a direct call', async (t) => {
  const call = await startMobileCall(t)
  const { network } = call
  const toMobile = await measureGap(call, async () => {
    await network.wifi(false)
    await network.mobile(true)
  })
  t.ok(toMobile < BUSY_MS, `Wi-Fi to mobile: ${toMobile.toFixed(0)} ms`)
  await assertWhole(t, call)
  await network.wifi(true)
  const back = await measureGap(call, () => network.mobile(false))
  t.ok(back < BUSY_MS, `mobile lost, Wi-Fi there: ${back.toFixed(0)} ms`)
  await assertWhole(t, call)
  const blocked = await measureGap(call, () => network.forward(false))
  t.ok(blocked < BUSY_MS, `direct path blocked: ${blocked.toFixed(0)} ms`)
  await assertWhole(t, call)
  for (const { page } of [call.worker, call.citizen]) {
    t.match(await readSelectedPath(page), { local: 'relay' })
  }
  await button(call.worker.page, 'Læg på').click()
  t.match(await readOnlyCall(call.server), { outcome: 'completed', path: 'relay' })
})

t.test('a hole in the network of two seconds, and of thirty', async (t) => {
  const call = await startMobileCall(t)
  const { network } = call
  for (const seconds of [2, 30]) {
    const returned = await measureReturn(call, async () => {
      await network.silence(true)
      await delay(seconds * 1_000)
      await network.silence(false)
    })
    t.ok(returned < BUSY_MS, `after ${String(seconds)} s: ${returned.toFixed(0)} ms`)
    await assertWhole(t, call)
  }
})

t.test('a change of network that the browser says nothing of, relayed', async (t) => {
  const call = await startMobileCall(t, { isRelayed: true, withoutEvents: true })
  const { network } = call
  const gap = await measureGap(call, async () => {
    await network.wifi(false)
    await network.mobile(true)
  })
  t.ok(gap < BUSY_MS, `${gap.toFixed(0)} ms`)
  await assertWhole(t, call)
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
  t.ok(gap < 2 * BUSY_MS, `${gap.toFixed(0)} ms`)
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
