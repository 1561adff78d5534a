import { mock } from 'node:test'
import t from 'tap'
import { PathWatch } from '../../../../client/src/call/link/path-watch.ts'

/** A path of which the test says when something comes over it. */
function watch() {
  let now = 0
  let heard = 0
  mock.method(performance, 'now', () => now)
  const silences: number[] = []
  const returns: number[] = []
  const path = new PathWatch({
    readLastHeard: () => heard,
    onSilent: () => silences.push(now),
    onHeard: () => returns.push(now),
  })
  path.start()
  const pass = (durationMs: number, isHeard: boolean) => {
    for (let passed = 0; passed < durationMs; passed += 100) {
      now += 100
      if (isHeard) heard += 1
      mock.timers.tick(100)
    }
  }
  /** The page is frozen: time passes, and nothing runs. */
  const freeze = (durationMs: number) => (now += durationMs)
  return { path, silences, returns, pass, freeze }
}

t.beforeEach(() => {
  mock.timers.enable({ apis: ['setInterval'] })
})
t.afterEach(() => {
  mock.restoreAll()
  mock.timers.reset()
})

t.test('SI12 silence is told once, after 1.2 s', (t) => {
  const { silences, pass } = watch()
  pass(10_000, true)
  t.strictSame(silences, [])
  pass(10_000, false)
  t.equal(silences.length, 1)
  t.ok(Number(silences[0]) - 10_000 <= 1_400, `after ${String(Number(silences[0]) - 10_000)} ms`)
  pass(1_000, true)
  pass(2_000, false)
  t.equal(silences.length, 2, 'and again for the next')
  t.end()
})

t.test('SI14 that it is heard again is told once, after each silence', (t) => {
  const { silences, returns, pass } = watch()
  pass(1_000, true)
  t.strictSame(returns, [], 'not before there was a silence')
  pass(2_000, false)
  pass(10_000, true)
  t.equal(returns.length, 1)
  t.ok(Number(returns[0]) - 3_000 <= 200)
  pass(2_000, false)
  pass(400, true)
  t.strictSame([silences.length, returns.length], [2, 2])
  t.end()
})

t.test('SI12 after a hint 0.4 s are enough, for three seconds', (t) => {
  const { path, silences, pass } = watch()
  pass(1_000, true)
  pass(800, false)
  t.strictSame(silences, [])
  path.suspect()
  pass(200, false)
  t.equal(silences.length, 1, 'a silence that lasts already counts')
  pass(4_000, true)
  pass(1_000, false)
  t.equal(silences.length, 1, 'the suspicion is over')
  t.end()
})

t.test('a page that was frozen has not listened', (t) => {
  const { silences, pass, freeze } = watch()
  pass(1_000, true)
  freeze(60_000)
  pass(100, true)
  pass(1_000, true)
  t.strictSame(silences, [])
  t.end()
})

t.test('a watch that has stopped tells nothing', (t) => {
  const { path, silences, pass } = watch()
  path.stop()
  pass(10_000, false)
  t.strictSame(silences, [])
  t.end()
})
