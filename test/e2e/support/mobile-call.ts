import { setTimeout as delay } from 'node:timers/promises'
import { haveConversation, launchCitizen, launchWorker } from './conversation.ts'
import { makeCertificate } from './certificate.ts'
import { makeMobileNetwork, type MobileNetwork } from './mobile-network.ts'
import { readClock, readLongestGap, waitForPicture, watchPicture } from './picture-gap.ts'
import type { Person } from './browser.ts'
import { startServer, type TestServer } from './server.ts'
import { startTurn, type TestTurn } from './turn.ts'
import type { TestScope } from './test-scope.ts'

const SECRET = 'a-secret-of-this-test'
const PORT = 8443

/** What browsers say on their own when a network goes; none of it is ours to prevent. */
const NETWORK_PROBLEMS = [/net::ERR_/, /WebSocket connection/]

/** A worker on a cable and a citizen on the move, in the middle of a conversation. */
export interface MobileCall {
  readonly network: MobileNetwork
  /** The one that runs now. */
  readonly server: TestServer
  /** Kills the server as a power cut would, and starts it again on its records after a while. */
  readonly restartServer: (awayMs: number) => Promise<void>
  readonly turns: readonly TestTurn[]
  readonly worker: Person
  readonly citizen: Person
}

interface MobileCallOptions {
  /** Everything goes through coturn. */
  readonly isRelayed?: boolean
  /** The citizen's browser is no desktop's: it finds out about networks by its own means alone. */
  readonly isTelephone?: boolean
  /** As on an iPhone, the pages hear nothing of the networks besides. */
  readonly withoutEvents?: boolean
  readonly turnServers?: number
  /** How long what the server gives out for TURN is taken; two hours when left out. */
  readonly turnLifetimeSeconds?: number
}

/** Runs in every page before its own scripts. */
function beTelephone(): void {
  Object.defineProperty(Navigator.prototype, 'userAgentData', { value: undefined })
}

/** Runs in every page before its own scripts. */
function beSilentTelephone(): void {
  Object.defineProperty(Navigator.prototype, 'userAgentData', { value: undefined })
  for (const type of ['online', 'offline']) {
    window.addEventListener(type, (event) => event.stopImmediatePropagation(), true)
  }
}

/** Sets up networks, coturn, server (with TLS, as for real) and two browsers, and lets the two talk. */
export async function startMobileCall(
  t: TestScope,
  options: MobileCallOptions = {},
): Promise<MobileCall> {
  const network = await makeMobileNetwork(t)
  const { publicAddress } = network
  const turns: TestTurn[] = []
  for (let n = 0; n < (options.turnServers ?? 1); n += 1) {
    const place = { networkNamespace: network.server, publicAddress, port: 3478 + 10 * n }
    const range = [`min-port=${49_160 + 100 * n}`, `max-port=${49_259 + 100 * n}`]
    turns.push(await startTurn(t, { ...place, secret: SECRET, extraLines: range }))
  }
  const { certFile, keyFile } = await makeCertificate(t, publicAddress)
  const place = {
    networkNamespace: network.server,
    port: PORT,
    env: {
      HOST: '0.0.0.0',
      PUBLIC_URL: `https://${publicAddress}:${PORT}`,
      TLS_CERT: certFile,
      TLS_KEY: keyFile,
      TURN_URLS: turns.flatMap(({ urls }) => urls).join(','),
      TURN_SECRET: SECRET,
      ...(options.turnLifetimeSeconds === undefined
        ? {}
        : { TURN_TTL: String(options.turnLifetimeSeconds) }),
      ...(options.isRelayed === true ? { MEDIA_POLICY: 'relay' } : {}),
    },
  }
  let server = await startServer(t, place)
  const browser = {
    extraFlags: ['--ignore-certificate-errors'],
    expectedProblems: NETWORK_PROBLEMS,
    motion: { isSmooth: true },
  }
  const telephone =
    options.withoutEvents === true
      ? { initScript: beSilentTelephone }
      : options.isTelephone === true
        ? { initScript: beTelephone }
        : {}
  const worker = await launchWorker(t, server, { ...browser, networkNamespace: network.worker })
  const citizen = await launchCitizen(t, server, {
    ...browser,
    ...telephone,
    networkNamespace: network.citizen,
  })
  await haveConversation(worker, citizen)
  for (const { page } of [worker, citizen]) await watchPicture(page)
  return {
    network,
    turns,
    worker,
    citizen,
    get server() {
      return server
    },
    restartServer: async (awayMs) => {
      const { dataDir } = server
      await server.kill9()
      await delay(awayMs)
      server = await startServer(t, { ...place, dataDir })
    },
  }
}

/**
 * Makes a fault and waits until both see each other again, at least for a while.
 *
 * @param fault - resolves when the networks are as they will stay
 * @returns the longest time without a new frame, the longer of the two sides', in milliseconds
 */
export async function measureGap(
  { worker, citizen }: MobileCall,
  fault: () => Promise<void>,
  limitMs = 60_000,
): Promise<number> {
  const pages = [worker.page, citizen.page]
  const before = await Promise.all(pages.map(readClock))
  await fault()
  const after = await Promise.all(pages.map(readClock))
  await Promise.all(pages.map((page, n) => waitForPicture(page, after[n] ?? 0, limitMs)))
  const gaps = await Promise.all(pages.map((page, n) => readLongestGap(page, before[n] ?? 0)))
  return Math.max(...gaps)
}

/** As `measureGap`, but from the end of the fault to the first frame after it. */
export async function measureReturn(
  call: MobileCall,
  fault: () => Promise<void>,
  limitMs = 60_000,
): Promise<number> {
  await fault()
  const pages = [call.worker.page, call.citizen.page]
  const endedAt = await Promise.all(pages.map(readClock))
  await Promise.all(pages.map((page, n) => waitForPicture(page, endedAt[n] ?? 0, limitMs)))
  const returns = await Promise.all(
    pages.map((page, n) =>
      page.evaluate(
        (since) => (window.nvTestFrames.find((at) => at > since) ?? Infinity) - since,
        endedAt[n] ?? 0,
      ),
    ),
  )
  return Math.max(...returns)
}
