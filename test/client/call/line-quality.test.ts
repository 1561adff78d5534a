import t from 'tap'
import {
  beginLine,
  continueLine,
  describeLine,
  judgeLine,
  PICTURE_STEPS,
  SOUND_ONLY,
  type LineSample,
  type LineState,
} from '../../../client/src/call/features/line-quality.ts'

const CLEAR: Omit<LineSample, 'atMs'> = {
  lossShare: 0,
  rttMs: 40,
  availableBps: 2_000_000,
  framesPerSecond: 30,
  limitation: 'none',
  isMoving: true,
}

/** What the browser says when the line is narrower than the picture. */
const narrow = (availableBps: number, framesPerSecond = 25) =>
  ({ availableBps, framesPerSecond, limitation: 'bandwidth' }) as const

/** A line that is looked at once a second. */
class Line {
  state: LineState = beginLine(0)
  #atMs = 0

  /** @returns the step after each second */
  pass(seconds: number, change: Partial<LineSample> = {}): number[] {
    return Array.from({ length: seconds }, () => {
      this.#atMs += 1_000
      this.state = judgeLine(this.state, { ...CLEAR, ...change, atMs: this.#atMs })
      return this.state.step
    })
  }

  reconnect(): void {
    this.state = continueLine(this.state, this.#atMs)
  }
}

t.test('a clear line keeps the whole picture, for an hour', (t) => {
  const line = new Line()
  t.ok(line.pass(3_600).every((step) => step === 0))
  t.match(line.state, { steps: 0 })
  t.equal(describeLine(line.state), 'good')
  t.end()
})

t.test('the estimate of the first seconds decides nothing, nor does one bad look', (t) => {
  const line = new Line()
  line.pass(9, narrow(300_000))
  line.pass(1)
  for (let turn = 0; turn < 20; turn += 1) {
    line.pass(1, narrow(50_000))
    line.pass(2)
  }
  t.equal(line.state.step, 0)
  t.end()
})

t.test('a low estimate alone is no trouble: what is not sent is not measured', (t) => {
  const line = new Line()
  line.pass(60, { availableBps: 120_000, limitation: 'none' })
  t.equal(line.state.step, 0)
  t.end()
})

t.test('300 kbit/s: at once to the size that fits, and both read that it is weak', (t) => {
  const line = new Line()
  line.pass(12, narrow(280_000))
  t.equal(PICTURE_STEPS[line.state.step]?.height, 360)
  t.equal(describeLine(line.state), 'weak')
  t.equal(line.state.steps, 1, 'in one step, so that the sound is not disturbed on the way')
  t.end()
})

t.test('below 20 frames a second it is made smaller, step by step, and then goes', (t) => {
  const line = new Line()
  const steps = line.pass(60, narrow(2_000_000, 19))
  t.same([...new Set(steps)], [0, 1, 2, 3, SOUND_ONLY])
  t.equal(describeLine(line.state), 'soundOnly')
  const enough = new Line()
  enough.pass(60, narrow(2_000_000, 20))
  t.equal(enough.state.step, 0, '20 are enough')
  t.end()
})

t.test('what hardly lets sound through gets sound only, at once', (t) => {
  const line = new Line()
  line.pass(12, { lossShare: 0.6 })
  t.equal(line.state.step, SOUND_ONLY)
  t.equal(line.state.steps, 1)
  const narrowest = new Line()
  narrowest.pass(24, narrow(40_000))
  t.equal(narrowest.state.step, SOUND_ONLY)
  t.equal(
    narrowest.state.steps,
    2,
    'a low estimate may be the moment’s: the smallest is tried first',
  )
  t.end()
})

t.test('a line that breaks in shows in the frames before the browser says why', (t) => {
  const line = new Line()
  line.pass(20)
  line.pass(3, { availableBps: 120_000, framesPerSecond: 4, limitation: 'none' })
  t.equal(PICTURE_STEPS[line.state.step]?.height, 240)
  t.end()
})

t.test('5 % of loss is borne; 15 %, or full queues, cost the size of the picture', (t) => {
  const borne = new Line()
  for (let turn = 0; turn < 300; turn += 1) borne.pass(1, { lossShare: turn % 3 === 0 ? 0.15 : 0 })
  t.equal(borne.state.step, 0, 'single reports jump; their mean does not')
  for (const change of [{ lossShare: 0.15 }, { rttMs: 1_200 }]) {
    const line = new Line()
    line.pass(20, change)
    t.ok(line.state.step > 0)
  }
  t.end()
})

t.test('it comes back by itself, one step at a time, also from sound only', (t) => {
  const line = new Line()
  line.pass(12, { lossShare: 0.6 })
  t.equal(line.state.step, SOUND_ONLY)
  const steps = line.pass(120, { availableBps: 60_000, limitation: null, framesPerSecond: null })
  t.same([...new Set(steps)], [4, 3, 2, 1, 0], 'though the estimate of sound alone is low')
  t.equal(describeLine(line.state), 'good')
  t.end()
})

t.test('it does not flap: each try that fails doubles the wait for the next', (t) => {
  const line = new Line()
  const raisedAt: number[] = []
  let second = 0
  line.pass(12, { lossShare: 0.6 })
  while (second < 900) {
    const before = line.state.step
    // The line carries sound well, and no picture at all.
    line.pass(1, before === SOUND_ONLY ? {} : { lossShare: 0.4 })
    second += 1
    if (before === SOUND_ONLY && line.state.step < before) raisedAt.push(second)
  }
  const waits = raisedAt.slice(1).map((at, n) => at - (raisedAt[n] ?? 0))
  t.ok(waits.length >= 4, 'it goes on trying')
  t.ok(
    waits.every((wait, n) => n === 0 || wait > (waits[n - 1] ?? 0) || wait >= 120),
    JSON.stringify(waits),
  )
  t.ok(Math.max(...waits) <= 150, 'at least every two and a half minutes')
  t.ok(raisedAt.length <= 12, `${String(raisedAt.length)} tries in a quarter of an hour`)
  t.end()
})

t.test('a try is told of when it has held, and one that fails is told of to nobody', (t) => {
  const line = new Line()
  line.pass(12, { lossShare: 0.6 })
  while (line.state.step === SOUND_ONLY) line.pass(1)
  t.equal(describeLine(line.state), 'soundOnly', 'it is being tried')
  line.pass(3)
  t.equal(describeLine(line.state), 'soundOnly')
  line.pass(1)
  t.equal(describeLine(line.state), 'weak', 'it has held')
  while (line.state.step !== SOUND_ONLY) line.pass(1, { lossShare: 0.6 })
  while (line.state.step === SOUND_ONLY) line.pass(1)
  const levels: string[] = []
  while (line.state.step !== SOUND_ONLY) {
    line.pass(1, { lossShare: 0.6 })
    levels.push(describeLine(line.state))
  }
  t.same([...new Set(levels)], ['soundOnly'], 'a picture of seconds would only unsettle')
  t.end()
})

t.test('after a try that held, the next wait is the short one again', (t) => {
  const line = new Line()
  line.pass(12, { lossShare: 0.6 })
  for (let turn = 0; turn < 4; turn += 1) {
    while (line.state.step === SOUND_ONLY) line.pass(1)
    while (line.state.step !== SOUND_ONLY) line.pass(1, { lossShare: 0.6 })
  }
  t.ok(line.state.waitMs > 60_000)
  line.pass(400)
  t.equal(line.state.step, 0)
  t.equal(line.state.waitMs, 8_000)
  t.end()
})

t.test(
  'a slow device gets a smaller picture, never none, and nobody is told of a weak line',
  (t) => {
    const line = new Line()
    line.pass(120, { limitation: 'cpu', framesPerSecond: 8 })
    t.equal(line.state.step, SOUND_ONLY - 1)
    t.equal(describeLine(line.state), 'good')
    t.end()
  },
)

t.test('a shared screen stands still without being in trouble', (t) => {
  const line = new Line()
  line.pass(60, { ...narrow(2_000_000, 2), isMoving: false })
  t.equal(line.state.step, 0)
  t.end()
})

t.test('a larger picture is not tried while the line says that it cannot carry it', (t) => {
  const line = new Line()
  line.pass(12, narrow(280_000))
  line.pass(120, narrow(280_000))
  t.equal(line.state.step, 2)
  t.equal(line.state.steps, 1)
  t.end()
})

t.test('a browser that tells nothing at all keeps what it has', (t) => {
  const line = new Line()
  line.pass(60, {
    lossShare: null,
    rttMs: null,
    availableBps: null,
    framesPerSecond: null,
    limitation: null,
  })
  t.equal(line.state.step, 0)
  t.end()
})

t.test('a new connection goes on where the one before was', (t) => {
  const line = new Line()
  line.pass(12, { lossShare: 0.6 })
  line.reconnect()
  t.match(line.state, { step: SOUND_ONLY, lossShare: 0, goodSinceMs: null })
  line.pass(3)
  t.equal(line.state.step, SOUND_ONLY, 'and has time to settle')
  t.end()
})
