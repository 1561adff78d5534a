import { mock } from 'node:test'
import { CLOSE_CODES } from '@naervaer/shared'
import t from 'tap'
import {
  SocketOpener,
  type SocketPass,
} from '../../../../client/src/services/socket/socket-opener.ts'
import { makeDeferred, type Deferred } from '../../../helpers/deferred.ts'
import { installFakeFetch } from '../../../helpers/fake-fetch.ts'
import { FakeSocket } from '../../../helpers/fake-socket.ts'

const HASTY = { isHasty: true, roundTripMs: 0 }
const CALM = { isHasty: false, roundTripMs: 0 }

function start(pass: SocketPass | null = null, hurry = HASTY) {
  FakeSocket.install()
  const questions = installFakeFetch()
  const heard = { open: 0, failed: [] as number[], turnedAway: 0 }
  const opener = new SocketOpener({
    url: 'ws://localhost/ws',
    pass,
    onOpen: () => {
      heard.open += 1
    },
    onFail: (code) => {
      heard.failed.push(code)
    },
    onTurnedAway: () => {
      heard.turnedAway += 1
    },
  })
  opener.start(hurry)
  /** Those not given up. */
  const asked = () => questions.filter(({ isAborted }) => !isAborted)
  return { opener, heard, questions, asked }
}

/** A pass whose requests the test answers. */
function makePass() {
  const requests: {
    readonly signal: AbortSignal
    readonly aliveAt: number
    readonly answer: Deferred
  }[] = []
  const pass: SocketPass = {
    prepare: async (signal, aliveAt) => {
      const answer = makeDeferred()
      requests.push({ signal, aliveAt, answer })
      await answer.promise
    },
    prepareAhead: () => undefined,
  }
  return { pass, requests }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

/** In steps, as time passes. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 10) {
    mock.timers.tick(10)
    await settled()
  }
}

const realNow = performance.now.bind(performance)

t.beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] })
  performance.now = () => Date.now()
})
t.afterEach(() => {
  mock.timers.reset()
  performance.now = realNow
})

t.test('HB2 there is one socket at a time, each given longer than the one before', async (t) => {
  const { opener } = start()
  const begunAt: number[] = []
  let most = 0
  for (let now = 0; now < 120_000; now += 10) {
    if (FakeSocket.all.length > begunAt.length) begunAt.push(now)
    most = Math.max(most, FakeSocket.open.length)
    await pass(10)
  }
  t.equal(most, 1)
  const gaps = begunAt.slice(1).map((at, n) => at - (begunAt[n] ?? 0))
  t.same(gaps.slice(0, 5), [1_200, 2_000, 3_000, 5_000, 5_000])
  // A browser that has seen a dozen fail makes the next wait by seconds.
  t.ok(begunAt.length <= 16, `${String(begunAt.length)} in two minutes`)
  opener.cancel()
  t.equal(FakeSocket.open.length, 0)
})

t.test('HB2 an attempt is never shorter than three round trips', async (t) => {
  const { opener } = start(null, { isHasty: true, roundTripMs: 700 })
  await pass(2_050)
  t.equal(FakeSocket.all.length, 1)
  await pass(100)
  t.equal(FakeSocket.all.length, 2)
  opener.cancel()
})

t.test('HB2 small questions find the way back: more with time, none after the end', async (t) => {
  const { opener, questions, asked } = start()
  await pass(3_000)
  t.equal(asked().length, 4)
  await pass(37_000)
  t.equal(asked().length, 8)
  t.ok(questions.length > 120 && questions.length <= 134, `${String(questions.length)} in 40 s`)
  const [first, second] = questions
  t.match(first, { path: '/health', init: { credentials: 'same-origin', cache: 'no-store' } })
  t.match(second, { path: '/health', init: { credentials: 'omit', cache: 'no-store' } })
  opener.cancel()
  t.equal(asked().length, 0)
  const { length } = questions
  await pass(2_000)
  t.equal(questions.length, length)
})

t.test('HB2 the first answer after an outage begins a new attempt at once', async (t) => {
  const { opener, heard, asked } = start()
  await pass(30_000)
  const { length } = FakeSocket.all
  asked().at(-1)?.answer(200)
  await settled()
  t.equal(FakeSocket.all.length, length + 1)
  t.equal(FakeSocket.open.length, 1, 'the former is let go of')
  FakeSocket.last.accept()
  FakeSocket.last.receive({ type: 'pong', replyTo: '1', serverTime: 1 })
  t.equal(heard.open, 1)
  t.equal(opener.isAtWork, false)
  t.equal(asked().length, 0)
})

t.test('an attempt as young as the answered question is left alone', async (t) => {
  const { opener, asked } = start()
  // The second attempt begins at 1.2 s, as does a question.
  await pass(1_210)
  t.equal(FakeSocket.all.length, 2)
  asked().at(-1)?.answer(200)
  await settled()
  t.equal(FakeSocket.all.length, 2)
  opener.cancel()
})

t.test('a proxy that answers for a server that is gone changes nothing', async (t) => {
  const { opener, asked } = start()
  await pass(900)
  asked().at(-1)?.answer(502)
  asked().at(-1)?.fail()
  await settled()
  t.equal(FakeSocket.all.length, 1)
  opener.cancel()
})

t.test('a server that answers, and refuses every socket, is not stormed', async (t) => {
  const { opener, heard, asked } = start()
  for (let now = 0; now < 20_000; now += 50) {
    for (const question of asked()) question.answer(200)
    await settled()
    if (FakeSocket.open.length > 0) FakeSocket.last.end(1006)
    await pass(50)
  }
  t.ok(FakeSocket.all.length < 14, `${String(FakeSocket.all.length)} in twenty seconds`)
  t.equal(heard.turnedAway, FakeSocket.all.length)
  t.same(heard.failed, [])
  opener.cancel()
})

t.test('news that the network is back begins anew, and three in a row only once', async (t) => {
  const { opener } = start()
  await pass(1_000)
  for (let n = 0; n < 3; n += 1) opener.beginAnew()
  t.equal(FakeSocket.all.length, 2)
  opener.cancel()
  opener.beginAnew()
  t.equal(FakeSocket.all.length, 2, 'not where none is wanted')
})

t.test('CL1 a server that wants no socket ends the haste', async (t) => {
  const { opener, heard } = start()
  FakeSocket.last.end(CLOSE_CODES.SESSION_ENDED)
  t.same(heard.failed, [CLOSE_CODES.SESSION_ENDED])
  t.equal(opener.isAtWork, false)
  await pass(5_000)
  t.equal(FakeSocket.all.length, 1)
})

t.test('a calm attempt asks nothing, has 5 s, and is the only one', async (t) => {
  const { heard, questions } = start(null, CALM)
  await pass(4_900)
  t.same(heard.failed, [])
  await pass(200)
  t.same(heard.failed, [1006])
  t.equal(questions.length, 0)
  t.equal(FakeSocket.all.length, 1)
})

t.test('a pass that is stuck goes with its attempt', async (t) => {
  const { pass: socketPass, requests } = makePass()
  const { opener, asked } = start(socketPass)
  await pass(1_000)
  t.equal(requests.length, 1)
  t.equal(FakeSocket.all.length, 0)
  asked().at(-1)?.answer(200)
  await settled()
  t.equal(requests.length, 2)
  t.equal(requests[0]?.signal.aborted, true)
  requests[1]?.answer.resolve(null)
  await settled()
  t.equal(FakeSocket.all.length, 1)
  opener.cancel()
})

t.test('each attempt has a pass of its own, and says from when the line is alive', async (t) => {
  const { pass: socketPass, requests } = makePass()
  const { opener, asked } = start(socketPass)
  t.equal(requests[0]?.aliveAt, -Infinity, 'nothing is known')
  requests[0]?.answer.resolve(null)
  await settled()
  FakeSocket.last.end(1006)
  await pass(600)
  const askedBefore = performance.now()
  asked().at(-1)?.answer(200)
  await settled()
  const { aliveAt = Infinity } = requests[1] ?? {}
  t.ok(aliveAt > -Infinity && aliveAt <= askedBefore, 'since the question that was answered')
  requests[1]?.answer.resolve(null)
  await settled()
  FakeSocket.last.end(1006)
  await pass(1_000)
  opener.beginAnew()
  t.equal(requests.at(-1)?.aliveAt, performance.now(), 'somebody knows that it is back')
  opener.cancel()
})
