import t from 'tap'
import { EchoGate } from '../../../client/src/practice/echo-gate.ts'
import { FrameQueue } from '../../../client/src/practice/frame-queue.ts'

const STEP_MS = 50
const DELAY_STEPS = 40
/** From the echo's mouth through relay, loudspeaker, room and microphone back to its ear. */
const ROUND_STEPS = 8

/** A room in which the loudspeaker gives `coupling` of its loudness back to the microphone. */
function listenInRoom(
  coupling: number,
  said: (atMs: number) => number,
  listens: (levels: { heard: number; sounding: number }, atMs: number) => boolean,
): number[] {
  const kept: number[] = []
  const sounded: number[] = []
  for (let step = 0; step < 600; step += 1) {
    const atMs = step * STEP_MS
    const sounding = kept[step - DELAY_STEPS] ?? 0
    sounded.push(sounding)
    const heard = said(atMs) + coupling * (sounded[step - ROUND_STEPS] ?? 0)
    kept.push(listens({ heard, sounding }, atMs) ? heard : 0)
  }
  return sounded
}

const aWord = (atMs: number) => (atMs >= 500 && atMs < 1_500 ? 0.1 : 0)

/** When sound began, in milliseconds. */
const findBeginnings = (levels: readonly number[]): number[] =>
  levels.flatMap((level, step) =>
    level > 0.003 && (levels[step - 1] ?? 0) <= 0.003 ? [step * STEP_MS] : [],
  )

t.test('N17 a word comes back once, two seconds later, and its echo dies away', (t) => {
  for (const coupling of [0, 0.3, 1, 5]) {
    const gate = new EchoGate()
    const sounded = listenInRoom(coupling, aWord, (levels, atMs) => gate.listens(levels, atMs))
    t.same(findBeginnings(sounded), [2_500], `once, with a coupling of ${String(coupling)}`)
    t.equal(Math.max(...sounded), 0.1, 'never louder than it was said')
  }
  t.end()
})

t.test('N17 without the gate the same room would howl', (t) => {
  const sounded = listenInRoom(1.5, aWord, () => true)
  t.ok(findBeginnings(sounded).length > 5)
  t.ok(Math.max(...sounded) > 1)
  t.end()
})

t.test('N17 who speaks on is heard again when the echo has spoken', (t) => {
  const gate = new EchoGate()
  const sounded = listenInRoom(
    0,
    () => 0.1,
    (levels, atMs) => gate.listens(levels, atMs),
  )
  t.ok(findBeginnings(sounded).length >= 4, 'again and again in half a minute')
  t.end()
})

t.test('N17 a quiet room has no echo', (t) => {
  const gate = new EchoGate()
  const sounded = listenInRoom(
    1,
    () => 0.001,
    (levels, atMs) => gate.listens(levels, atMs),
  )
  t.equal(Math.max(...sounded), 0)
  t.end()
})

t.test('N17 pictures wait for their time, and are drawn over afterwards', (t) => {
  const queue = new FrameQueue<{ readonly n: number }>(200)
  const shown: number[] = []
  const show = ({ n }: { readonly n: number }) => {
    shown.push(n)
  }
  t.equal(queue.takeFree(), null)
  for (const n of [0, 1, 2]) queue.put({ n }, n * 100)
  queue.showDue(199, show)
  t.same(shown, [], 'too new')
  queue.showDue(200, show)
  t.same(shown, [0])
  queue.showDue(450, show)
  t.same(shown, [0, 2], 'the newest that is old enough')
  t.same(
    [queue.takeFree(), queue.takeFree(), queue.takeFree()].map((each) => each?.n),
    [2, 1, 0],
  )
  t.equal(queue.takeFree(), null)
  queue.put({ n: 3 }, 500)
  queue.clear()
  queue.showDue(10_000, show)
  t.same(shown, [0, 2], 'forgotten')
  t.end()
})
