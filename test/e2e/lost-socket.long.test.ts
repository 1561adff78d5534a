import { setTimeout as delay } from 'node:timers/promises'
import t, { type Test } from 'tap'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
  readOnlyCall,
} from './support/conversation.ts'
import { startGate } from './support/gate.ts'
import { readClock, readLongestGap, watchPicture } from './support/picture-gap.ts'
import { startServer } from './support/server.ts'
import { waitForWayBack, watchSockets } from './support/socket-watch.ts'
import { readSoundSince, watchSound } from './support/sound-gap.ts'
import { waitFor } from './support/wait.ts'

/** Longer than anybody takes to notice. */
const WHILE_MS = 35_000

/** As long as a seat is kept. */
const TWO_MINUTES_MS = 120_000

/** A frame and a packet of sound are due every 50 ms here; these machines are busy. */
const LONGEST_GAP_MS = 1_500

/** How long these machines may take until the socket is back, once it can be. */
const BACK_MS = 3_000

/** What browsers say on their own of connections that end. */
const GONE = [/net::ERR_/, /WebSocket connection/]

async function start(t: Test) {
  const server = await startServer(t)
  const gates = {
    worker: await startGate(t, server.port),
    citizen: await startGate(t, server.port),
  }
  const change = { expectedProblems: GONE, initScript: watchSockets }
  const worker = await launchWorker(t, server, { ...change, extraFlags: gates.worker.flags })
  const citizen = await launchCitizen(t, server, { ...change, extraFlags: gates.citizen.flags })
  await haveConversation(worker, citizen)
  for (const { page } of [worker, citizen]) {
    await watchPicture(page)
    await watchSound(page)
  }
  return { server, gates, people: { worker, citizen } }
}

type Stage = Awaited<ReturnType<typeof start>>
type Role = keyof Stage['people']

/** Nothing passes between these people and the server for a while; what they say to each other does. */
async function loseSockets(t: Test, stage: Stage, roles: readonly Role[], ms: number) {
  const { gates, people, server } = stage
  const pages = Object.values(people).map(({ page }) => page)
  const since = await Promise.all(pages.map(readClock))
  for (const role of roles) gates[role].close()
  await delay(ms)
  const away = roles.map((role) => people[role].page)
  const endedAt = await Promise.all(away.map(readClock))
  for (const role of roles) gates[role].open()
  for (const [n, page] of away.entries()) {
    const backMs = await waitForWayBack(page, endedAt[n] ?? 0)
    t.ok(backMs < BACK_MS, `${roles[n] ?? ''} is back after ${backMs.toFixed(0)} ms`)
  }
  await waitFor(
    'both seats',
    () => server.rows("select 1 from calls where state = 'connected'").length === 1 || undefined,
  )
  for (const [n, page] of pages.entries()) {
    const picture = await readLongestGap(page, since[n] ?? 0)
    t.ok(picture < LONGEST_GAP_MS, `the picture never stopped: ${picture.toFixed(0)} ms`)
    const sound = await readSoundSince(page, since[n] ?? 0)
    t.ok(sound.longestGapMs < LONGEST_GAP_MS, `nor the sound: ${sound.longestGapMs.toFixed(0)} ms`)
    t.ok(sound.hasEnergy, 'which can be heard')
  }
  await assertBothWays(people.worker, people.citizen)
}

t.test('SE7 the server cannot be reached for a while: sound and picture never stop', async (t) => {
  const stage = await start(t)
  const { server, people } = stage
  const [before] = server.rows('select id, connected_at from calls')
  await t.test('the citizen', (t) => loseSockets(t, stage, ['citizen'], WHILE_MS))
  await t.test('the worker', (t) => loseSockets(t, stage, ['worker'], WHILE_MS))
  await t.test('both, for two minutes', (t) =>
    loseSockets(t, stage, ['worker', 'citizen'], TWO_MINUTES_MS),
  )
  await button(people.citizen.page, 'Læg på').click()
  await people.worker.page.getByRole('heading', { name: /slut/ }).waitFor()
  const row = await readOnlyCall(server)
  t.match(row, { ...before, outcome: 'completed', end_reason: 'hangup_citizen' })
  const lengthMs = row.ended_at - (row.connected_at ?? 0)
  const leastMs = 2 * WHILE_MS + TWO_MINUTES_MS
  t.ok(lengthMs > leastMs && lengthMs < leastMs + 60_000, `${String(lengthMs)} ms long`)
})
