// npm run bench [-- --json] [-- first-picture | recovery]: what it takes, as ratios to a reference of the same run.
import { measureFirstPicture } from './first-picture.ts'
import { measureRecovery } from './recovery.ts'
import { withScope } from './scope.ts'

const RUNS = 20
const RING_MS = 1_500

const args = process.argv.slice(2)
const isJson = args.includes('--json')
const chosen = args.filter((arg) => !arg.startsWith('--'))
const wants = (name: string) => chosen.length === 0 || chosen.includes(name)
const ratio = (a: number, b: number) => Math.round((a / b) * 100) / 100

const result: Record<string, unknown> = {}

if (wants('first-picture')) {
  const measured = await withScope('first picture', (t) =>
    measureFirstPicture(t, { runs: RUNS, ringMs: RING_MS }),
  )
  const ratios = {
    citizen: ratio(measured.citizen.medianMs, measured.floor.medianMs),
    worker: ratio(measured.worker.medianMs, measured.floor.medianMs),
  }
  result['firstPicture'] = { ...measured, ratios }
  if (!isJson) {
    console.log('From Svar to the first picture, ms: median / p95')
    for (const [name, { medianMs, p95Ms }] of Object.entries(measured)) {
      console.log(`  ${name.padEnd(10)} ${String(medianMs)} / ${String(p95Ms)}`)
    }
    console.log(
      `  to the floor: citizen ${String(ratios.citizen)}, worker ${String(ratios.worker)}`,
    )
  }
}

if (wants('recovery')) {
  const measured = await measureRecovery(RUNS)
  result['recovery'] = measured
  if (!isJson) {
    console.log('Longest time without a new frame, ms: median / p95 / longest allowed, recovered')
    for (const { name, gap, goalMs } of measured) {
      const numbers = `${String(gap.medianMs)} / ${String(gap.p95Ms)} / ${String(goalMs)}`
      console.log(`  ${name.padEnd(52)} ${numbers}, ${String(gap.runs)} of ${String(RUNS)}`)
    }
  }
}

if (isJson) console.log(JSON.stringify(result))
