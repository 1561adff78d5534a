import { setTimeout as delay } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { launchPerson } from './support/browser.ts'
import { haveConversation, launchCitizen, launchWorker } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { makeMobileNetwork } from './support/mobile-network.ts'
import { openLocalhost } from './support/network.ts'
import { pair } from './support/pairing.ts'
import { startServer } from './support/server.ts'
import { readAttempts, waitForWayBack, watchSockets } from './support/socket-watch.ts'

const SILENCE_MS = 30_000

/** In each direction. */
const DELAY_MS = 150
const ROUND_TRIP_MS = 2 * DELAY_MS

/** One round trip for the question that finds the network, one for the socket. */
const LIMIT_MS = 1_000 + 2 * ROUND_TRIP_MS

/** A paired device proves itself before, in one request: its ticket is too old by then, its nonce is not. */
const PAIRED_LIMIT_MS = LIMIT_MS + ROUND_TRIP_MS

/**
 * Browsers count those that fail, and make the next ones wait: after a dozen by seconds. Eight are due in
 * half a minute. One is begun anew some ten seconds after the loss, and by it there may be a ninth.
 */
const MAX_ATTEMPTS = 9

/** What browsers say on their own when a network goes, or nobody is signed in yet. */
const EXPECTED = [/net::ERR_/, /WebSocket connection/, /status of 401/]

/** A conversation whose citizen is far from the server. */
async function start(t: Test, { isPaired }: { readonly isPaired: boolean }) {
  const network = await makeMobileNetwork(t)
  const server = await startServer(t, {
    networkNamespace: network.server,
    env: { HOST: '0.0.0.0' },
  })
  await openLocalhost(t, network.worker, server.port)
  await openLocalhost(t, network.citizen, server.port, DELAY_MS)
  const place = { ...server, url: `http://localhost:${String(server.port)}` }
  const worker = await launchWorker(t, place, { networkNamespace: network.worker })
  const change = {
    networkNamespace: network.citizen,
    initScript: watchSockets,
    expectedProblems: EXPECTED,
  }
  const citizen = isPaired
    ? await launchPerson(t, { colour: COLOURS.orange, toneHz: 880, ...change })
    : await launchCitizen(t, place, change)
  if (isPaired) await pair(worker.page, citizen.page, place)
  await haveConversation(worker, citizen)
  return { network, citizen }
}

/** @returns how long after the network the citizen's socket is back */
async function measureWayBack(t: Test, options: Parameters<typeof start>[1]): Promise<number> {
  const { network, citizen } = await start(t, options)
  await network.keepNeighbours()
  await network.silence(true)
  await delay(SILENCE_MS)
  const endedAt = await citizen.page.evaluate(() => performance.now())
  await network.silence(false)
  const backMs = await waitForWayBack(citizen.page, endedAt)
  const made = (await readAttempts(citizen.page)).map(({ madeAt }) => madeAt - endedAt)
  const inSilence = made.filter((at) => at > -SILENCE_MS && at < 0)
  const told = inSilence.map((at) => ((at + SILENCE_MS) / 1_000).toFixed(1)).join(', ')
  t.ok(inSilence.length <= MAX_ATTEMPTS, `attempts in the silence: ${told} s after its beginning`)
  return backMs
}

t.test(
  'HB2 half a minute of silence on a slow line: the socket is back with the network',
  async (t) => {
    const backMs = await measureWayBack(t, { isPaired: false })
    t.ok(backMs < LIMIT_MS, `${backMs.toFixed(0)} ms after the network`)
  },
)

t.test('HB2 HT24 the same on a paired device, which has to prove itself first', async (t) => {
  const backMs = await measureWayBack(t, { isPaired: true })
  t.ok(backMs < PAIRED_LIMIT_MS, `${backMs.toFixed(0)} ms after the network`)
})
