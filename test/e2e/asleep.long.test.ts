import { CLOSE_CODES, SERVER_PING_INTERVAL_MS } from '@naervaer/shared'
import t, { type Test } from 'tap'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
  readOnlyCall,
} from './support/conversation.ts'
import { readClock, waitForPicture, watchPicture } from './support/picture-gap.ts'
import { putToSleep } from './support/processes.ts'
import { startServer } from './support/server.ts'
import { waitForWayBack, watchSockets } from './support/socket-watch.ts'
import { waitFor } from './support/wait.ts'

/** The server closes a socket that has not answered one ping by the next. */
const LONGEST_MS = 2 * SERVER_PING_INTERVAL_MS + 5_000

/** How long these machines may take from the awakening to a socket, and to sound and picture. */
const BACK_MS = 2_500
const PICTURE_MS = 8_000

const GONE = [/net::ERR_/, /WebSocket connection/]

/** One of the two sleeps in the middle of a conversation, and wakes when the server has given them up. */
async function sleepAndWake(t: Test, role: 'worker' | 'citizen'): Promise<void> {
  const server = await startServer(t)
  const change = { expectedProblems: GONE, initScript: watchSockets }
  const worker = await launchWorker(t, server, change)
  const citizen = await launchCitizen(t, server, change)
  await haveConversation(worker, citizen)
  const [before] = server.rows('select id from calls')
  for (const { page } of [worker, citizen]) await watchPicture(page)
  const { page } = role === 'worker' ? worker : citizen
  const sleeper = await putToSleep(t, role === 'worker' ? worker : citizen)
  const other = role === 'worker' ? citizen : worker
  // The page may see 1006 instead: its answer to a ping of before meets a closed door.
  const isCutOff = new RegExp(`"closeCode":${String(CLOSE_CODES.HEARTBEAT_LOST)}`)
  await waitFor(
    'the end of its socket',
    () => isCutOff.test(server.logs()) || undefined,
    LONGEST_MS,
  )
  const otherAt = await readClock(other.page)
  sleeper.wake()
  const wokeAt = await readClock(page)
  const backMs = await waitForWayBack(page, wokeAt)
  t.ok(backMs < BACK_MS, `the socket is back after ${backMs.toFixed(0)} ms`)
  await waitForPicture(page, wokeAt, PICTURE_MS)
  await waitForPicture(other.page, otherAt, PICTURE_MS)
  await assertBothWays(worker, citizen)
  await waitFor(
    'both seats',
    () => server.rows("select 1 from calls where state = 'connected'").length === 1 || undefined,
  )
  await button(page, 'Læg på').click()
  await other.page.getByRole('heading', { name: /slut/ }).waitFor()
  const row = await readOnlyCall(server)
  t.match(row, { ...before, outcome: 'completed' })
  const talkedMs = row.ended_at - (row.connected_at ?? 0)
  t.ok(talkedMs > SERVER_PING_INTERVAL_MS, `the sleep counts: ${String(talkedMs)} ms`)
}

t.test("the citizen's device sleeps until the server has closed its socket", async (t) => {
  await sleepAndWake(t, 'citizen')
})

t.test("the worker's device sleeps until the server has closed its socket", async (t) => {
  await sleepAndWake(t, 'worker')
})
