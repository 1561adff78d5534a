import { mock } from 'node:test'
import t from 'tap'
import { ScriptLoader } from '../../../../client/src/call/link/script-loader.ts'

const SCRIPT = { name: 'what the script exports' }

interface Answer {
  readonly come: () => void
  readonly fail: () => void
}

/** Answers each attempt as it is told to, and notes their numbers. */
function makeLoader() {
  const attempts: number[] = []
  const answers: Answer[] = []
  const loader = new ScriptLoader((attempt) => {
    attempts.push(attempt)
    return new Promise<typeof SCRIPT>((resolve, reject) => {
      answers.push({
        come: () => resolve(SCRIPT),
        fail: () => reject(new TypeError('Failed to fetch')),
      })
    })
  })
  return { loader, attempts, last: () => answers.at(-1) }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

t.beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
t.afterEach(() => mock.timers.reset())

t.test('it is fetched once, for all who ask', async (t) => {
  const { loader, attempts, last } = makeLoader()
  const both = [loader.load(), loader.load()]
  last()?.come()
  const [first, second] = await Promise.all(both)
  t.equal(first, second)
  t.equal(await loader.load(), first)
  t.same(attempts, [0])
})

t.test('after a failure the next one who asks gets a new attempt, by a new address', async (t) => {
  const { loader, attempts, last } = makeLoader()
  const failed = loader.load()
  last()?.fail()
  await t.rejects(failed, TypeError)
  const again = loader.load()
  last()?.come()
  t.equal(await again, SCRIPT)
  t.same(attempts, [0, 1])
})

t.test('in advance it is tried until it is there', async (t) => {
  const { loader, attempts, last } = makeLoader()
  loader.prepare()
  for (let failures = 1; failures <= 3; failures += 1) {
    last()?.fail()
    await settled()
    mock.timers.tick(5_000)
    t.equal(attempts.length, failures + 1)
  }
  last()?.come()
  await settled()
  mock.timers.tick(60_000)
  t.same(attempts, [0, 1, 2, 3])
})

t.test('a fetch that hangs is given up, so that a call does not wait for it', async (t) => {
  const { loader, attempts, last } = makeLoader()
  const hanging = loader.load()
  mock.timers.tick(15_000)
  await t.rejects(hanging, /timeout/)
  const again = loader.load()
  last()?.come()
  await again
  t.same(attempts, [0, 1])
})
