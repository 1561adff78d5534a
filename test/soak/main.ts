// npm run soak [-- CALLS [SEED]]: calls with random faults, one after the other; says what was lost.
import { assertBothWays, button, ring } from '../e2e/support/conversation.ts'
import { startMobileCall, type MobileCall } from '../e2e/support/mobile-call.ts'
import { waitFor } from '../e2e/support/wait.ts'
import { withScope } from '../bench/scope.ts'
import { FAULTS, type Fault } from './faults.ts'

const [calls = 200, seed = Date.now() % 100_000] = process.argv.slice(2).map(Number)
const END_LIMIT_MS = 30_000

/** A small generator, so that a run can be made again by its seed. */
let state = seed
function draw(below: number): number {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
  return (state >> 8) % below
}

const drawFaults = (): Fault[] =>
  Array.from({ length: 1 + draw(2) }, () => FAULTS[draw(FAULTS.length)] ?? FAULTS[0]).filter(
    (fault) => fault !== undefined,
  )

/** Ends the call from either side, and waits until its row says so. */
async function end(call: MobileCall, countBefore: number): Promise<void> {
  const { worker, citizen, server } = call
  const isWorker = draw(2) === 0
  await button((isWorker ? worker : citizen).page, 'Læg på').click()
  const ended = await waitFor(
    'the end of the call in the record',
    () => {
      const rows = server.rows('select * from calls where ended_at is not null')
      return rows.length > countBefore ? rows : undefined
    },
    END_LIMIT_MS,
  )
  const last = ended.at(-1)
  const reason = isWorker ? 'hangup_staff' : 'hangup_citizen'
  if (ended.length !== countBefore + 1) throw new Error('more than one row for one call')
  if (last?.['outcome'] !== 'completed' || last['end_reason'] !== reason) {
    throw new Error(`the row says ${String(last?.['outcome'])} ${String(last?.['end_reason'])}`)
  }
  for (const { page } of [worker, citizen]) {
    await page.getByRole('button', { name: /Tilbage/ }).click()
  }
}

const lost: string[] = []
console.log(`${String(calls)} calls, seed ${String(seed)}`)
await withScope('soak', async (t) => {
  const call = await startMobileCall(t)
  for (let n = 0; n < calls; n += 1) {
    const faults = drawFaults()
    const name = `call ${String(n + 1)}: ${faults.map((fault) => fault.name).join(', then ')}`
    try {
      if (n > 0) {
        await ring(call.worker.page)
        await button(call.citizen.page, 'Svar').click()
        await assertBothWays(call.worker, call.citizen)
      }
      for (const fault of faults) {
        await fault.run(call)
        await assertBothWays(call.worker, call.citizen)
        await fault.undo(call)
        await assertBothWays(call.worker, call.citizen)
      }
      await end(call, n)
      console.log(`ok      ${name}`)
    } catch (error) {
      lost.push(name)
      console.log(`LOST    ${name}: ${error instanceof Error ? error.message : String(error)}`)
      // What comes after a lost call would say nothing of its own.
      break
    }
  }
})
console.log(`${String(lost.length)} lost`)
process.exitCode = lost.length === 0 ? 0 : 1
