import { setTimeout as delay } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { haveConversation, launchCitizen, launchWorker } from './support/conversation.ts'
import { makeMobileNetwork } from './support/mobile-network.ts'
import { openLocalhost } from './support/network.ts'
import { startServer } from './support/server.ts'
import { readAttempts, watchSockets } from './support/socket-watch.ts'
import { waitFor } from './support/wait.ts'

const SILENCE_MS = 30_000

/** In each direction. */
const DELAY_MS = 150

/** A second, and the round trips of a question and of a socket. */
const LIMIT_MS = 1_000 + 2 * 2 * DELAY_MS

/** What browsers say on their own when a network goes. */
const GONE = [/net::ERR_/, /WebSocket connection/]

/** A conversation whose citizen is far from the server. */
async function start(t: Test) {
  const network = await makeMobileNetwork(t)
  const server = await startServer(t, {
    networkNamespace: network.server,
    env: { HOST: '0.0.0.0' },
  })
  await openLocalhost(t, network.worker, server.port)
  await openLocalhost(t, network.citizen, server.port, DELAY_MS)
  const place = { url: `http://localhost:${String(server.port)}` }
  const worker = await launchWorker(t, place, { networkNamespace: network.worker })
  const citizen = await launchCitizen(t, place, {
    networkNamespace: network.citizen,
    initScript: watchSockets,
    expectedProblems: GONE,
  })
  await haveConversation(worker, citizen)
  return { network, server, worker, citizen }
}

t.test(
  'HB2 half a minute of silence on a slow line: the socket is back with the network',
  async (t) => {
    const { network, citizen } = await start(t)
    await network.keepNeighbours()
    await network.silence(true)
    await delay(SILENCE_MS)
    const endedAt = await citizen.page.evaluate(() => performance.now())
    await network.silence(false)
    const attempts = await waitFor('a socket that is spoken to', async () => {
      const all = await readAttempts(citizen.page)
      return all.some(({ heardAt }) => (heardAt ?? 0) > endedAt) ? all : undefined
    })
    for (const { madeAt, openedAt, heardAt } of attempts) {
      const times = [madeAt, openedAt, heardAt].map((at) =>
        at === null ? 'never' : (at - endedAt).toFixed(0),
      )
      t.comment(`made ${times[0]}, opened ${times[1]}, spoken to ${times[2]}`)
    }
    const inSilence = attempts.filter(
      ({ madeAt }) => madeAt > endedAt - SILENCE_MS && madeAt < endedAt,
    )
    // Browsers count those that fail, and make the next one wait the longer (RFC 6455 § 4.1).
    t.ok(inSilence.length <= 8, `${String(inSilence.length)} attempts in the silence`)
    const back = Math.min(
      ...attempts.map(({ heardAt }) => heardAt ?? 0).filter((at) => at > endedAt),
    )
    const backMs = back - endedAt
    t.ok(backMs < LIMIT_MS, `${backMs.toFixed(0)} ms after the network`)
  },
)
