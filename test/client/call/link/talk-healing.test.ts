import { mock } from 'node:test'
import t from 'tap'
import { pass, runUntil, SIDES, Stage } from '../../../helpers/talk-stage.ts'

/** The shortest silence that is noticed ends a moment later. */
const MOMENT_MS = 300

/** More than it takes until what is heard again counts. */
const SOON_MS = 3_000

t.beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
})
t.afterEach(() => {
  mock.timers.reset()
})

/** Two who are linked over generation 1. */
async function begin(t: Parameters<typeof runUntil>[0]): Promise<Stage> {
  const stage = new Stage()
  stage.enter('citizen')
  stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  stage.news.length = 0
  return stage
}

const getNumbers = (stage: Stage) => SIDES.map((side) => stage.talks[side]?.linkNumber ?? null)

/** Which links are open: each side's, oldest first. */
const getOpen = (stage: Stage) =>
  SIDES.map((side) => stage.links[side].filter(({ isClosed }) => !isClosed).length)

t.test('SI14 while the server is away, what both hear again is taken back', async (t) => {
  for (const sides of [SIDES, ['worker'], ['citizen']] as const) {
    const stage = await begin(t)
    stage.isOnline = false
    for (const side of sides) stage.cut(side)
    await pass(MOMENT_MS)
    t.ok(getNumbers(stage).includes(null), `${sides.join(' and ')}: it counts as gone`)
    for (const side of sides) stage.mend(side)
    await pass(SOON_MS)
    t.strictSame(getNumbers(stage), [1, 1], 'both have it back')
    for (const side of SIDES) {
      const wasDeaf = sides.some((each) => each === side)
      t.equal(stage.heard[side] > 0, wasDeaf, 'who was deaf for a moment knows at once')
    }
    for (const side of SIDES) {
      const own = stage.news.filter((news) => news.startsWith(side))
      t.strictSame(own.at(-1), `${side} linked 1 host`, 'and say so')
      t.equal(stage.shown[side], stage.links[side][0]?.remoteStream, 'and see it')
    }
    await pass(60_000)
    t.strictSame(getNumbers(stage), [1, 1], 'for as long as it flows')
    t.equal(stage.links.citizen.length, 1, 'without another')
  }
})

t.test('SI14 what one side alone hears again is not taken back', async (t) => {
  const stage = await begin(t)
  stage.isOnline = false
  for (const side of SIDES) stage.cut(side)
  await pass(MOMENT_MS)
  stage.mend('worker')
  await pass(SOON_MS)
  t.strictSame(getNumbers(stage), [null, null])
  stage.mend('citizen')
  await pass(SOON_MS)
  t.strictSame(getNumbers(stage), [1, 1])
})

t.test('SI14 a packet now and then is no connection', async (t) => {
  const stage = await begin(t)
  stage.isOnline = false
  stage.cut('worker')
  for (let n = 0; n < 10; n += 1) {
    stage.mend('worker')
    await pass(1_300)
    stage.cut('worker')
    await pass(MOMENT_MS)
  }
  const others = stage.news.filter((news) => / linked /.test(news))
  t.strictSame(others, [], 'nobody was told of a connection')
})

t.test('SI14 the newest still wins when it comes up', async (t) => {
  const stage = await begin(t)
  stage.isOnline = false
  for (const side of SIDES) stage.cut(side)
  await pass(MOMENT_MS)
  for (const side of SIDES) stage.mend(side)
  await pass(SOON_MS)
  stage.news.length = 0
  stage.isOnline = true
  for (const side of SIDES) stage.talks[side]?.resume()
  await runUntil(t, () => stage.isLinked(2))
  t.strictSame(getNumbers(stage), [2, 2])
  t.strictSame(getOpen(stage), [1, 1], 'the former is closed')
  t.notOk(
    stage.news.some((news) => news.includes('unlinked')),
    'and nobody was without one in between',
  )
})

t.test('SI14 where the newest does not come up, the one that flows is kept', async (t) => {
  const stage = await begin(t)
  stage.isStuck = true
  for (const side of SIDES) stage.cut(side)
  await pass(MOMENT_MS)
  for (const side of SIDES) stage.mend(side)
  await pass(60_000)
  t.strictSame(getNumbers(stage), [1, 1])
  t.strictSame(getOpen(stage), [1, 1], 'and the attempts are given up')
  const made = stage.links.worker.length
  await pass(60_000)
  t.equal(stage.links.worker.length, made, 'for good')
  stage.isStuck = false
  stage.cut('citizen')
  await runUntil(t, () => getNumbers(stage).every((number) => number !== null && number > 1))
  t.pass('until it falls silent again')
})

t.test(
  'SI14 each falls silent and is heard again at its own time; both agree in the end',
  async (t) => {
    for (const silent of SIDES) {
      for (const offline of SIDES) {
        const stage = await begin(t)
        stage.online[offline] = false
        stage.cut(silent)
        await pass(MOMENT_MS)
        stage.mend(silent)
        await pass(SOON_MS)
        const [first, second] = getNumbers(stage)
        t.equal(first, 1, `${silent} was silent, ${offline} without the server`)
        t.equal(second, 1, 'the same for both')
        stage.online[offline] = true
        for (const side of SIDES) stage.talks[side]?.resume()
        await pass(20_000)
        const [worker, citizen] = getNumbers(stage)
        t.equal(worker, citizen, 'and when the server is back')
        t.not(worker, null)
      }
    }
  },
)

t.test(
  'SI14 what had been taken back and is closed for the newest is not told of as lost',
  async (t) => {
    const stage = await begin(t)
    stage.isOnline = false
    for (const side of SIDES) stage.cut(side)
    await pass(MOMENT_MS)
    for (const side of SIDES) stage.mend(side)
    await pass(SOON_MS)
    stage.links.citizen[0]?.fail()
    t.equal(stage.talks.worker?.linkNumber, 1, 'the newest may come up in a moment')
    await pass(1_000)
    t.equal(stage.talks.worker?.linkNumber, 1)
    t.equal(stage.talks.citizen?.linkNumber, null, 'but not for ever')
    stage.links.worker[0]?.fail()
    t.equal(stage.talks.worker?.linkNumber, 1)
    await pass(1_000)
    t.strictSame(getNumbers(stage), [null, null])
  },
)

t.test('SI14 what had been taken back can be lost again, and fail', async (t) => {
  for (const side of SIDES) {
    const stage = await begin(t)
    stage.isOnline = false
    for (const each of SIDES) stage.cut(each)
    await pass(MOMENT_MS)
    for (const each of SIDES) stage.mend(each)
    await pass(SOON_MS)
    stage.cut(side)
    await pass(20_000)
    t.ok(
      getNumbers(stage).every((number) => number === null),
      'both have lost it',
    )
    stage.isOnline = true
    for (const each of SIDES) stage.talks[each]?.resume()
    await runUntil(t, () => getNumbers(stage).every((number) => number !== null && number > 1))
    t.pass('and got another')
  }
})

t.test('SI14 both connections die at once: there is a third', async (t) => {
  const stage = await begin(t)
  stage.isStuck = true
  for (const side of SIDES) stage.cut(side)
  await pass(MOMENT_MS)
  for (const side of SIDES) stage.mend(side)
  await runUntil(t, () => stage.isLinked(1))
  t.strictSame(getOpen(stage), [2, 2], 'the former, and the newest')
  stage.isStuck = false
  // The newest first: by then the former one still counts as up.
  for (const side of SIDES) for (const link of stage.links[side].toReversed()) link.fail()
  await runUntil(t, () => getNumbers(stage).every((number) => number !== null && number > 1))
  t.strictSame(getOpen(stage), [1, 1])
})

t.test('SI14 a link that was to be replaced is kept where it cannot be', async (t) => {
  for (const side of SIDES) {
    const stage = await begin(t)
    stage.isOnline = false
    stage.talks[side]?.renew()
    await pass(SOON_MS)
    t.strictSame(getNumbers(stage), [1, 1])
  }
})

t.test('SI14 whatever comes and goes, both end with the same connection', async (t) => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const stage = await begin(t)
    const draw = makeDraw(seed)
    const cuts = new Map<string, () => void>()
    for (let n = 0; n < 30; n += 1) {
      const side = SIDES[draw(2)] ?? 'worker'
      const number = stage.talks[side]?.linkNumber ?? null
      const act = draw(4)
      if (act === 0 && number !== null) {
        const key = `${side} ${String(number)}`
        if (!cuts.has(key)) stage.cut(side, number)
        cuts.set(key, () => {
          stage.mend(side, number)
        })
      }
      if (act === 1) mendAll(cuts)
      if (act === 2) stage.online[side] = !stage.online[side]
      if (act === 2 && stage.online[side]) stage.talks[side]?.resume()
      await pass(100 * draw(40))
    }
    stage.isOnline = true
    mendAll(cuts)
    for (const side of SIDES) stage.talks[side]?.resume()
    await pass(30_000)
    const [worker, citizen] = getNumbers(stage)
    t.ok(worker !== null && worker === citizen, `${String(seed)}: ${String([worker, citizen])}`)
    t.strictSame(getOpen(stage), [1, 1], `${String(seed)}: one link each`)
    for (const side of SIDES) stage.talks[side]?.close()
  }
})

function mendAll(cuts: Map<string, () => void>): void {
  for (const mend of cuts.values()) mend()
  cuts.clear()
}

/** A small generator of our own, so that a failing seed can be run again. */
function makeDraw(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return (state >> 8) % below
  }
}

t.test(
  'PA4 SI14 what shows a protected address is seen until the relay is there, and not taken back',
  async (t) => {
    const stage = await begin(t)
    stage.isStuck = true
    stage.policy = 'relay'
    for (const side of SIDES) stage.talks[side]?.hideAddress()
    await pass(SOON_MS)
    t.strictSame(getNumbers(stage), [1, 1], 'the relay is waited for')
    for (const side of SIDES) stage.cut(side, 1)
    await runUntil(t, () => getNumbers(stage).every((number) => number === null))
    for (const side of SIDES) stage.mend(side, 1)
    await pass(SOON_MS)
    t.strictSame(getNumbers(stage), [null, null], 'once lost, it is not taken back')
    stage.isStuck = false
    await runUntil(t, () => getNumbers(stage).every((number) => number !== null))
    for (const side of SIDES) {
      const open = stage.links[side].filter(({ isClosed }) => !isClosed)
      t.strictSame(
        open.map(({ options }) => options.policy),
        ['relay'],
      )
    }
  },
)
