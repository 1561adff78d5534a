// npm run soak [-- CALLS [SEED]]: calls with random faults, one after the other; says what was lost.
import { assertBothWays, button, ring } from '../e2e/support/conversation.ts'
import { startMobileCall } from '../e2e/support/mobile-call.ts'
import { waitFor } from '../e2e/support/wait.ts'
import { withScope } from '../bench/scope.ts'
import { FAULTS, type Fault, type SoakCall } from './faults.ts'
import { makeDraw, type Draw } from './draw.ts'

const [calls = 200, firstSeed = Date.now() % 100_000] = process.argv.slice(2).map(Number)
const END_LIMIT_MS = 30_000

/** What is drawn for one call. */
interface Plan {
  readonly seed: number
  readonly name: string
  readonly faults: readonly Fault[]
  /** Who hangs up. */
  readonly isWorker: boolean
}

/** Networks, servers and browsers, and what the calls before have left behind. */
interface Stage {
  readonly call: SoakCall
  ended: number
  /** The citizen has hung up: nobody may ring, and the citizen goes back. */
  isCitizensTurn: boolean
}

/** Every other seed, for as long as its browsers last. */
const isTelephone = (n: number): boolean => (firstSeed + n) % 2 === 1

const drawFaults = (draw: Draw): Fault[] =>
  Array.from({ length: 1 + draw(2) }, () => FAULTS[draw(FAULTS.length)] ?? FAULTS[0]).filter(
    (fault) => fault !== undefined,
  )

/** Each call has a seed of its own: `npm run soak -- 1 SEED` makes that one again. */
function drawPlan(n: number): Plan {
  const seed = firstSeed + n
  const draw = makeDraw(seed)
  const faults = drawFaults(draw)
  const names = faults.map((fault) => fault.name).join(', then ')
  const name = `call ${String(n + 1)} (seed ${String(seed)}): ${names}`
  return { seed, name, faults, isWorker: draw(2) === 0 }
}

async function begin({ call, ended, isCitizensTurn }: Stage): Promise<void> {
  const { worker, citizen } = call
  // The stage is set with a conversation going on.
  if (ended > 0) {
    if (isCitizensTurn) {
      await button(citizen.page, 'Gå tilbage til samtalen').click()
      await button(worker.page, 'Gå tilbage til samtalen').click()
    } else {
      await ring(worker.page)
      await button(citizen.page, 'Svar').click()
    }
  }
  await assertBothWays(call.worker, call.citizen)
}

/** Ends the call, and waits until its row says so. */
async function end(stage: Stage, isWorker: boolean): Promise<void> {
  const { call } = stage
  await button((isWorker ? call.worker : call.citizen).page, 'Læg på').click()
  const rows = await waitFor(
    'the end of the call in the record',
    () => {
      const all = call.server.rows('select * from calls where ended_at is not null')
      return all.length > stage.ended ? all : undefined
    },
    END_LIMIT_MS,
  )
  const last = rows.at(-1)
  const reason = isWorker ? 'hangup_staff' : 'hangup_citizen'
  if (rows.length !== stage.ended + 1) throw new Error('more than one row for one call')
  if (last?.['outcome'] !== 'completed' || last['end_reason'] !== reason) {
    throw new Error(`the row says ${String(last?.['outcome'])} ${String(last?.['end_reason'])}`)
  }
  stage.ended += 1
  stage.isCitizensTurn = !isWorker
  await call.worker.page.getByRole('button', { name: /Tilbage/ }).click()
  if (isWorker) await call.citizen.page.getByRole('button', { name: /Tilbage/ }).click()
}

async function make(stage: Stage, { faults, isWorker }: Plan): Promise<void> {
  const { call } = stage
  await begin(stage)
  for (const fault of faults) {
    await fault.run(call)
    await assertBothWays(call.worker, call.citizen)
    await fault.undo(call)
    await assertBothWays(call.worker, call.citizen)
  }
  await end(stage, isWorker)
}

/**
 * Makes calls on one stage until one is lost, which leaves nothing to build on, or all are made.
 *
 * @returns how many were made
 */
async function play(from: number, lost: string[]): Promise<number> {
  let n = from
  await withScope('soak', async (t) => {
    const call: SoakCall = await startMobileCall(t, { isTelephone: isTelephone(from) })
    const stage: Stage = { call, ended: 0, isCitizensTurn: false }
    for (let isWhole = true; isWhole && n < calls; n += 1) {
      const plan = drawPlan(n)
      try {
        await make(stage, plan)
        console.log(`ok      ${plan.name}`)
      } catch (error) {
        isWhole = false
        lost.push(plan.name)
        console.log(
          `LOST    ${plan.name}: ${error instanceof Error ? error.message : String(error)}`,
        )
      }
    }
  })
  return n - from
}

const lost: string[] = []
const startedAt = performance.now()
console.log(`${String(calls)} calls, seed ${String(firstSeed)}`)
for (let made = 0; made < calls;) made += await play(made, lost)
const minutes = (performance.now() - startedAt) / 60_000
for (const name of lost) console.log(`LOST    ${name}`)
const pace = `${(calls / minutes).toFixed(2)} calls a minute`
console.log(`${String(lost.length)} lost of ${String(calls)}; ${pace}`)
process.exitCode = lost.length === 0 ? 0 : 1
