import type { Page } from 'playwright-core'
import t from 'tap'
import { assertBothWays, button, readOnlyCall } from './support/conversation.ts'
import { readSelectedPath } from './support/media-probe.ts'
import { measureGap, startMobileCall } from './support/mobile-call.ts'
import { waitFor } from './support/wait.ts'

/** The shortest that the server takes. */
const LIFETIME_SECONDS = 60

/** Twice the median that this project has set itself. */
const LIMIT_MS = 3_400

/** One ICE server as the page's newest connection has it. */
interface TurnServer {
  readonly urls: string[]
  readonly username: string
  readonly credential: string
}

const readTurn = (page: Page): Promise<TurnServer> =>
  page.evaluate(() => {
    const servers = window.nvTestPeers.at(-1)?.getConfiguration().iceServers ?? []
    const turn = servers.find(({ username }) => username !== undefined)
    if (turn === undefined) throw new Error('no TURN server')
    const { username = '', credential = '' } = turn
    return { urls: [turn.urls].flat(), username, credential }
  })

/** The user name begins with when it expires. */
const readExpiryMs = ({ username }: TurnServer): number => Number(username.split(':')[0]) * 1_000

/** What coturn says to one that is asked for an address with this credential. */
const tryTurn = (page: Page, turn: TurnServer): Promise<string> =>
  page.evaluate(
    (server) =>
      new Promise<string>((resolve) => {
        const connection = new RTCPeerConnection({
          iceServers: [server],
          iceTransportPolicy: 'relay',
        })
        // Not one of the call's.
        window.nvTestPeers.pop()
        const end = (outcome: string) => {
          connection.close()
          resolve(outcome)
        }
        connection.onicecandidate = ({ candidate }) => {
          if (candidate !== null && candidate.candidate !== '') end('an address')
        }
        connection.onicecandidateerror = ({ errorCode }) => {
          if (errorCode === 401) end('401')
        }
        connection.createDataChannel('try')
        void connection.setLocalDescription()
      }),
    turn,
  )

t.test('the network changes when the first TURN credentials have expired', async (t) => {
  const call = await startMobileCall(t, {
    isRelayed: true,
    turnLifetimeSeconds: LIFETIME_SECONDS,
  })
  const pages = [call.worker.page, call.citizen.page]
  const first = await Promise.all(pages.map(readTurn))
  for (const [n, page] of pages.entries()) {
    const turn = first[n]
    if (turn === undefined) throw new Error('no TURN server')
    t.equal(await tryTurn(page, turn), 'an address', 'they are good at first')
  }
  const expiredAt = Math.max(...first.map(readExpiryMs))
  await waitFor(
    'the end of the first credentials',
    () => Date.now() > expiredAt + 1_000 || undefined,
    (LIFETIME_SECONDS + 5) * 1_000,
  )
  for (const [n, page] of pages.entries()) {
    const turn = first[n]
    if (turn === undefined) throw new Error('no TURN server')
    t.equal(await tryTurn(page, turn), '401', 'and refused now')
  }
  await assertBothWays(call.worker, call.citizen)
  const gap = await measureGap(call, async () => {
    await call.network.wifi(false)
    await call.network.mobile(true)
  })
  t.ok(gap < LIMIT_MS, `${gap.toFixed(0)} ms`)
  await assertBothWays(call.worker, call.citizen)
  const usedBefore = first.map(({ username }) => username)
  for (const page of pages) {
    const fresh = await readTurn(page)
    t.notOk(usedBefore.includes(fresh.username), 'a fresh name')
    t.ok(readExpiryMs(fresh) > Date.now(), 'that is good for a while')
    t.match(await readSelectedPath(page), { local: 'relay', remote: 'relay' })
  }
  await button(call.worker.page, 'Læg på').click()
  t.match(await readOnlyCall(call.server), { outcome: 'completed', path: 'relay' })
})
