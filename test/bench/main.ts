// npm run bench [-- --json] [-- first-load | lighthouse | first-picture | relayed-picture | recovery | week]: what it takes, as ratios to a reference of the same run.
import { FIRST_LOAD_GOAL_MS, measureFirstLoad } from './first-load.ts'
import { measureFirstPicture } from './first-picture.ts'
import { LIGHTHOUSE_GOAL, measureLighthouse } from './lighthouse.ts'
import { measureRecovery } from './recovery.ts'
import { measureRelayedPicture } from './relayed-picture.ts'
import { withScope } from './scope.ts'
import type { Summary } from './summary.ts'
import { measureWeek } from './week.ts'

const RUNS = 20
const LIGHTHOUSE_RUNS = 5
const RING_MS = 1_500
/** What a mobile network takes on an ordinary day. */
const RTT_MS = 60

const args = process.argv.slice(2)
const isJson = args.includes('--json')
const chosen = args.filter((arg) => !arg.startsWith('--'))
const wants = (name: string) => chosen.length === 0 || chosen.includes(name)
const ratio = (a: number, b: number) => Math.round((a / b) * 100) / 100

const result: Record<string, unknown> = {}

/** @param floors - by what each is told as a ratio of, too */
function report(title: string, measured: Readonly<Record<string, Summary>>, floors: string[]) {
  const people = ['citizen', 'worker'] as const
  const ratios = Object.fromEntries(
    floors.map((floor) => [
      floor,
      Object.fromEntries(
        people.map((person) => [
          person,
          ratio(measured[person]?.medianMs ?? NaN, measured[floor]?.medianMs ?? NaN),
        ]),
      ),
    ]),
  )
  if (!isJson) {
    console.log(`${title}, from Svar to the first picture, ms: median / p95`)
    for (const [name, { medianMs, p95Ms }] of Object.entries(measured)) {
      console.log(`  ${name.padEnd(14)} ${String(medianMs)} / ${String(p95Ms)}`)
    }
    for (const [floor, { citizen, worker }] of Object.entries(ratios)) {
      console.log(`  to ${floor}: citizen ${String(citizen)}, worker ${String(worker)}`)
    }
  }
  return { ...measured, ratios }
}

const ANSWERS = { runs: RUNS, ringMs: RING_MS }

if (wants('first-load')) {
  const measured = await withScope('first load', (t) => measureFirstLoad(t, RUNS))
  const { usable, complete, floor, scriptBytes } = measured
  const ratios = { floor: ratio(usable.medianMs, floor.medianMs) }
  if (!isJson) {
    console.log('First load on a slow phone and line, ms: median / p95')
    for (const [name, { medianMs, p95Ms }] of Object.entries({ usable, complete, floor })) {
      console.log(`  ${name.padEnd(14)} ${String(medianMs)} / ${String(p95Ms)}`)
    }
    console.log(`  to floor: ${String(ratios.floor)}; goal ${String(FIRST_LOAD_GOAL_MS)} ms`)
    console.log(`  ${String(scriptBytes)} bytes of script on the wire`)
  }
  result['firstLoad'] = { ...measured, goalMs: FIRST_LOAD_GOAL_MS, ratios }
}

if (wants('lighthouse')) {
  const found = await withScope('lighthouse', (t) => measureLighthouse(t, LIGHTHOUSE_RUNS))
  if (!isJson) {
    console.log(`Lighthouse of a citizen's first page; goal ${String(LIGHTHOUSE_GOAL)} each`)
    for (const [name, score] of Object.entries(found.scores)) {
      console.log(`  ${name.padEnd(14)} ${String(score)}`)
    }
    const times = [found.firstPaintMs, found.largestPaintMs, found.blockedMs]
    console.log(`  first paint, largest paint, blocked, ms: ${times.join(' / ')}`)
    console.log(`  wanting: ${found.wanting.join(', ') || 'nothing'}`)
  }
  result['lighthouse'] = { ...found, goal: LIGHTHOUSE_GOAL }
}

if (wants('first-picture')) {
  const measured = await withScope('first picture', (t) => measureFirstPicture(t, ANSWERS))
  result['firstPicture'] = report('Direct', { ...measured }, ['floor', 'openingFloor'])
}

if (wants('relayed-picture')) {
  const measured = await withScope('relayed picture', (t) =>
    measureRelayedPicture(t, { ...ANSWERS, rttMs: RTT_MS }),
  )
  const title = `Relayed, ${String(RTT_MS)} ms to TURN and back`
  result['relayedPicture'] = report(title, { ...measured }, ['naive'])
}

if (wants('recovery')) {
  if (!isJson) {
    console.log('Longest time without a new frame, ms: median / p95 / longest allowed, recovered')
  }
  result['recovery'] = await measureRecovery(RUNS, ({ name, gap, goalMs }) => {
    if (isJson) return
    const numbers = `${String(gap.medianMs)} / ${String(gap.p95Ms)} / ${String(goalMs)}`
    console.log(`  ${name.padEnd(52)} ${numbers}, ${String(gap.runs)} of ${String(RUNS)}`)
  })
}

if (wants('week')) {
  const measured = await measureWeek()
  const { grid, list } = measured
  const ratios = { list: ratio(grid.medianMs, list.medianMs) }
  if (!isJson) {
    console.log('The next week of 18 citizens, ms of script: median / p95')
    for (const [name, { medianMs, p95Ms }] of Object.entries({ grid, list })) {
      console.log(`  ${name.padEnd(14)} ${String(medianMs)} / ${String(p95Ms)}`)
    }
    console.log(`  to list: ${String(ratios.list)}`)
  }
  result['week'] = { ...measured, ratios }
}

if (isJson) console.log(JSON.stringify(result))
