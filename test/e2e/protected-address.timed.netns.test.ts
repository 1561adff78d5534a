import assert from 'node:assert/strict'
import { isIP } from 'node:net'
import type { Page } from 'playwright-core'
import t from 'tap'
import { PEOPLE } from '../helpers/people.ts'
import type { Person } from './support/browser.ts'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
  ring,
  openMore,
  rowOf,
} from './support/conversation.ts'
import { readSelectedPath } from './support/media-probe.ts'
import { readClock, readLongestGap, watchPicture } from './support/picture-gap.ts'
import { makeTestNetwork, openLocalhost, PUBLIC_ADDRESS } from './support/network.ts'
import { startServer } from './support/server.ts'
import { startTurn } from './support/turn.ts'
import { waitFor } from './support/wait.ts'

const SECRET = 'a-secret-of-this-test'
/** From the flag until the two have moved over; about one, where nothing else runs. */
const RELAY_LIMIT_MS = 5_000
/** The direct way carries the talk until the other one does. */
const LONGEST_GAP_MS = 1_500
const RELAYED = { local: 'relay', remote: 'relay' }
/** Addresses that say nothing of the two: nobody's, every machine's, and coturn's. */
const HARMLESS = new Set(['0.0.0.0', '127.0.0.1', PUBLIC_ADDRESS])

/** Whether a frame has an address of one of the two, whatever kind it is of and wherever it stands. */
function tellsAddress(frame: string): boolean {
  const words = frame.replaceAll(/\\[rn]/g, ' ').split(/[\s"=]/)
  const hasAddress = words.some((word) => isIP(word) !== 0 && !HARMLESS.has(word))
  return hasAddress || /\.local\b|10\.83\.|typ (?:host|srflx|prflx)/i.test(frame)
}

/** Every frame that the person's page gets from now on: it is loaded anew. */
async function recordFrames({ page }: Person): Promise<string[]> {
  const frames: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)))
  })
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  return frames
}

/** What came after the news of the flag: frames before it may have been on their way. */
function sinceProtected(frames: readonly string[]): string[] {
  const news = ['"protection.changed"', '"isAddressProtected":true']
  return frames.slice(
    1 + frames.findLastIndex((frame) => news.every((part) => frame.includes(part))),
  )
}

/** As from another window of the worker's: this one is in a call. */
async function protectFromElsewhere(page: Page): Promise<void> {
  const status = await page.evaluate(async (path) => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ isAddressProtected: true })
    return (await fetch(path, { method: 'PUT', headers, body })).status
  }, `/api/citizens/${PEOPLE.anna}/protection`)
  assert.equal(status, 204)
}

const waitForRelay = (page: Page): Promise<true> =>
  waitFor(
    'a way through TURN',
    async () => {
      const { local, remote } = await readSelectedPath(page)
      return (local === 'relay' && remote === 'relay') || undefined
    },
    RELAY_LIMIT_MS,
  )

/** Every address of the other side that the page's newest peer connection has met. */
const readRemoteCandidates = (page: Page): Promise<{ type: string; address: string }[]> =>
  page.evaluate(async () => {
    const stats = await window.nvTestPeers.at(-1)?.getStats()
    const entries = [...(stats?.values() ?? [])] as Record<string, unknown>[]
    return entries
      .filter(({ type }) => type === 'remote-candidate')
      .map(({ candidateType, address }) => ({
        type: String(candidateType),
        address: String(address),
      }))
  })

const protectedBox = (worker: Person) =>
  rowOf(worker.page, 'Anna').getByRole('checkbox', { name: 'Beskyttet adresse' })

/** The box shows what is written down: it is ticked once the server has said so. */
async function protect(worker: Person, isProtected = true): Promise<void> {
  await openMore(rowOf(worker.page, 'Anna'))
  await protectedBox(worker).click()
  await waitFor('the box', async () =>
    (await protectedBox(worker).isChecked()) === isProtected ? true : undefined,
  )
}

async function hangUp(worker: Person, citizen: Person): Promise<void> {
  await button(worker.page, 'Læg på').click()
  for (const { page } of [worker, citizen]) {
    await page.getByRole('button', { name: /Tilbage/ }).click()
  }
}

t.test('S-23 with a protected address neither browser is told where the other is', async (t) => {
  const network = await makeTestNetwork(t)
  // A direct path is there, and is what everybody else's call takes.
  await network.forward(true)
  const { publicAddress } = network
  const turn = await startTurn(t, {
    networkNamespace: network.server,
    publicAddress,
    secret: SECRET,
  })
  const server = await startServer(t, {
    networkNamespace: network.server,
    env: { HOST: '0.0.0.0', TURN_URLS: turn.urls.join(','), TURN_SECRET: SECRET },
  })
  await openLocalhost(t, network.worker, server.port)
  await openLocalhost(t, network.citizen, server.port)
  const place = { url: `http://localhost:${String(server.port)}` }
  const worker = await launchWorker(t, place, { networkNamespace: network.worker })
  const citizen = await launchCitizen(t, place, { networkNamespace: network.citizen })
  const [atWorker, atCitizen] = [await recordFrames(worker), await recordFrames(citizen)]
  const assertRelayed = async (what: string): Promise<void> => {
    for (const { page } of [worker, citizen]) {
      t.match(await readSelectedPath(page), RELAYED, what)
      const known = await readRemoteCandidates(page)
      t.ok(known.length > 0, `${what}: the other side is somewhere`)
      for (const remote of known) {
        t.same(remote, { type: 'relay', address: PUBLIC_ADDRESS }, `${what}: and only at TURN`)
      }
    }
    for (const all of [atWorker, atCitizen]) {
      const frames = sinceProtected(all)
      t.strictSame(frames.filter(tellsAddress), [], `${what}: no frame has an address`)
      const relayed = frames.filter((frame) => frame.includes('typ relay'))
      t.ok(relayed.length > 0, `${what}: they met by relayed candidates`)
      for (const frame of relayed) t.match(frame, / 203\.0\.113\.10 .* raddr 0\.0\.0\.0 rport 0 /)
      const refused = frames.filter((frame) => frame.includes('SIGNAL_ADDRESS_REFUSED'))
      // What was said without the flag and is said again under it is refused, and belongs to nobody's talk.
      const isFromTheBeginning = frames.length === all.length
      if (isFromTheBeginning)
        t.strictSame(refused, [], `${what}: browsers make no others, so nothing was refused`)
      all.length = 0
    }
  }

  await haveConversation(worker, citizen)
  for (const { page } of [worker, citizen]) t.notMatch(await readSelectedPath(page), RELAYED)
  for (const frames of [atWorker, atCitizen]) {
    t.ok(frames.some(tellsAddress), 'an unprotected call is direct, and would be found out')
    frames.length = 0
  }
  for (const { page } of [worker, citizen]) await watchPicture(page)
  const since = await Promise.all([worker, citizen].map(({ page }) => readClock(page)))
  await protectFromElsewhere(worker.page)
  await Promise.all([worker, citizen].map(({ page }) => waitForRelay(page)))
  await assertBothWays(worker, citizen)
  for (const [n, { page }] of [worker, citizen].entries()) {
    const gapMs = await readLongestGap(page, since[n] ?? 0)
    t.ok(gapMs < LONGEST_GAP_MS, `the picture goes on meanwhile: ${String(Math.round(gapMs))} ms`)
  }
  await assertRelayed('set in a talk, at once')
  await hangUp(worker, citizen)

  await openMore(rowOf(worker.page, 'Anna'))
  t.ok(await protectedBox(worker).isChecked(), 'the page was told at once')
  await protect(worker, false)
  await ring(worker.page)
  for (const { page } of [worker, citizen]) t.notMatch(await readSelectedPath(page), RELAYED)
  for (const frames of [atWorker, atCitizen]) frames.length = 0
  await protectFromElsewhere(worker.page)
  await Promise.all([worker, citizen].map(({ page }) => waitForRelay(page)))
  await button(citizen.page, 'Svar').click()
  await assertBothWays(worker, citizen)
  await assertRelayed('set while it rings, at once')
  await hangUp(worker, citizen)

  await haveConversation(worker, citizen)
  await assertRelayed('from the ring on')
  await citizen.page.reload()
  await assertBothWays(worker, citizen)
  await assertRelayed('and in every generation')
  await hangUp(worker, citizen)
  t.strictSame(server.rows('select outcome, path from calls order by created_at').at(-1), {
    outcome: 'completed',
    path: 'relay',
  })
  t.notMatch(server.logs(), /10\.83\.|candidate/, 'the log has none either')
})

t.test('S-23 without coturn a protected citizen is not rung, and the worker is told', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  const atCitizen = await recordFrames(citizen)
  await protect(worker)
  await ring(worker.page)
  await rowOf(worker.page, 'Anna').getByText('Borgeren har beskyttet adresse.').waitFor()
  t.strictSame(
    atCitizen.filter((frame) => frame.includes('"call.')),
    [],
    'nothing has rung',
  )
  const miss = { outcome: 'failed', result: 'relayMissing' }
  t.strictSame(server.rows('select outcome, result from calls'), [miss], 'and leaders can count it')

  // The first moment of a screen presses nothing.
  await citizen.page.locator('nv-app:not([is-new])').waitFor()
  await citizen.page.getByRole('link', { name: 'Mine valg' }).click()
  await citizen.page.getByText('Din adresse er beskyttet, når du taler her.').waitFor()
  await protect(worker, false)
  await citizen.page
    .getByText('Din adresse er beskyttet, når du taler her.')
    .waitFor({ state: 'detached' })
  await citizen.page.getByRole('link', { name: /Tilbage/ }).click()
  await haveConversation(worker, citizen)
  await button(worker.page, 'Læg på').click()
  await waitFor('the end of the call in the record', () =>
    server.rows(`select id from calls where outcome = 'completed'`).length === 1 ? true : undefined,
  )
  t.equal(server.rows('select id from calls').length, 2)
})
