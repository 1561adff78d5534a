import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
  readOnlyCall,
} from './support/conversation.ts'
import type { Person } from './support/browser.ts'
import { readClock, readLongestGap, watchPicture } from './support/picture-gap.ts'
import { startServer, type TestServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

/** A restart of the machine. */
const AWAY_MS = 30_000

/** Long enough that a connection that only pretends to be there is found out. */
const STILL_MS = 12_000

/** A frame is due every 50 ms here; these machines are busy. */
const LONGEST_GAP_MS = 1_500

// Said of a service worker that is just being fetched when the server goes, and of what is asked of one that is
// ending: the server that was started last ends before the pages do.
const OF_THE_END = [/when fetching the script/, /status of 503/]

const GONE = { expectedProblems: [/WebSocket connection/, /ERR_/, ...OF_THE_END] }

async function start(server: TestServer, t: Parameters<typeof launchWorker>[0]) {
  const worker = await launchWorker(t, server, GONE)
  const citizen = await launchCitizen(t, server, GONE)
  await haveConversation(worker, citizen)
  const people = [worker, citizen]
  for (const { page } of people) await watchPicture(page)
  const since = await Promise.all(people.map(({ page }) => readClock(page)))
  /** @returns the longest time without a new frame since the beginning, on either side */
  const readGap = async () => {
    const gaps = people.map(({ page }, n) => readLongestGap(page, since[n] ?? 0))
    return Math.max(...(await Promise.all(gaps)))
  }
  return { worker, citizen, readGap }
}

/** That it is taken, and told to the other, shows that both windows have their seats again. */
async function hangUp(person: Person, other: Person): Promise<void> {
  await button(person.page, 'Læg på').click()
  await other.page.getByRole('heading', { name: /slut/ }).waitFor()
}

t.test('the server dies, stays away for half a minute and comes back', async (t) => {
  const first = await startServer(t)
  const { worker, citizen, readGap } = await start(first, t)
  const [before] = first.rows('select id from calls')
  await first.kill9()
  await delay(AWAY_MS)
  const second = await startServer(t, { dataDir: first.dataDir, port: first.port })
  await waitFor(
    'both seats',
    () => second.rows("select 1 from calls where state = 'connected'").length === 1 || undefined,
  )
  await assertBothWays(worker, citizen)
  const gap = await readGap()
  t.ok(gap < LONGEST_GAP_MS, `the picture never stopped: ${gap.toFixed(0)} ms`)
  await hangUp(citizen, worker)
  const row = await readOnlyCall(second)
  t.match(row, { ...before, outcome: 'completed', end_reason: 'hangup_citizen' })
  t.ok(row.ended_at - (row.connected_at ?? 0) > AWAY_MS, 'the time without a server counts')
})

t.test('a server that stands still for a while', async (t) => {
  const server = await startServer(t)
  const { worker, citizen, readGap } = await start(server, t)
  process.kill(server.pid, 'SIGSTOP')
  await delay(STILL_MS)
  process.kill(server.pid, 'SIGCONT')
  await assertBothWays(worker, citizen)
  const gap = await readGap()
  t.ok(gap < LONGEST_GAP_MS, `the picture never stopped: ${gap.toFixed(0)} ms`)
  await hangUp(worker, citizen)
  t.match(await readOnlyCall(server), { outcome: 'completed', end_reason: 'hangup_staff' })
})

t.test('a page that was frozen in the background', async (t) => {
  const server = await startServer(t)
  const { worker, citizen } = await start(server, t)
  const devtools = await citizen.context.newCDPSession(citizen.page)
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  await delay(STILL_MS)
  await devtools.send('Page.setWebLifecycleState', { state: 'active' })
  await assertBothWays(worker, citizen)
  await hangUp(citizen, worker)
  t.match(await readOnlyCall(server), { outcome: 'completed' })
})

t.test('a tab that crashes: a new one goes on with the call, after one tap', async (t) => {
  const server = await startServer(t)
  const { worker, citizen } = await start(server, t)
  const crashed = citizen.page.waitForEvent('crash')
  void citizen.page.goto('chrome://crash').catch(() => undefined)
  await crashed
  await worker.page
    .getByText(/er væk et øjeblik/)
    .first()
    .waitFor()
  const page = await citizen.context.newPage()
  await page.goto(server.url)
  await button(page, 'Gå tilbage til samtalen').click()
  const back = { ...citizen, page }
  await assertBothWays(worker, back)
  await hangUp(worker, back)
  t.match(await readOnlyCall(server), { outcome: 'completed' })
})
