import { MAX_GENERATION } from '@naervaer/shared'
import { mock } from 'node:test'
import t from 'tap'
import { CALL, drawFates, pass, runUntil, SIDES, Stage } from '../../../helpers/talk-stage.ts'

t.beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
})
t.afterEach(() => {
  mock.timers.reset()
})

t.test('SI1 SI2 the worker offers generation 1, and both are linked', async (t) => {
  const stage = new Stage()
  stage.enter('citizen')
  stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  t.equal(stage.lastLink('worker').options.isOfferer, true)
  t.equal(stage.lastLink('citizen').options.isOfferer, false)
})

t.test(
  'SI3 SI4 SI5 signals that are lost or doubled on the way are applied once, in order',
  async (t) => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const stage = new Stage()
      stage.fates = drawFates(seed)
      stage.enter('citizen')
      stage.enter('worker')
      await runUntil(t, () => stage.isLinkedAnyhow)
      for (const side of SIDES) stage.talks[side]?.close()
    }
    t.pass('200 bad networks')
  },
)

t.test(
  'SI2 SI7 a link that fails is followed by the next generation, whichever side sees it',
  async (t) => {
    for (const side of SIDES) {
      const stage = new Stage()
      stage.enter('citizen')
      stage.enter('worker')
      await runUntil(t, () => stage.isLinked(1))
      stage.lastLink(side).fail()
      await runUntil(t, () => stage.isLinked(2))
      t.ok(stage.news.includes(`${side} unlinked 1`), `${side} says that it lost its link`)
      t.ok(
        stage.links.worker[0]?.isClosed && stage.links.citizen[0]?.isClosed,
        'the old are closed',
      )
    }
  },
)

t.test('SE5 a reloaded page comes back above the generation it no longer has', async (t) => {
  for (const side of SIDES) {
    const stage = new Stage()
    stage.enter('citizen')
    stage.enter('worker')
    await runUntil(t, () => stage.isLinked(1))
    stage.enter(side, 1)
    await runUntil(t, () => stage.isLinked(2))
    t.equal(stage.links[side].length, 2)
  }
})

t.test(
  'without a connection nothing is lost: it goes on when the connection is back',
  async (t) => {
    const stage = new Stage()
    stage.isOnline = false
    const citizen = stage.enter('citizen')
    const worker = stage.enter('worker')
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
    t.equal(stage.links.worker.length, 0, 'no credentials, no link')
    stage.isOnline = true
    worker.resume()
    citizen.resume()
    await runUntil(t, () => stage.isLinked(1))
  },
)

t.test('credentials that were refused are asked for again, without a reconnect', async (t) => {
  const stage = new Stage()
  stage.isOnline = false
  stage.enter('citizen')
  stage.enter('worker')
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
  stage.isOnline = true
  await runUntil(t, () => stage.isLinked(1))
})

t.test('a script of the call that could not be had is asked for again', async (t) => {
  const stage = new Stage()
  stage.isScriptThere = false
  stage.enter('citizen')
  stage.enter('worker')
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
  t.equal(stage.links.worker.length, 0, 'no script, no link')
  stage.isScriptThere = true
  await runUntil(t, () => stage.isLinked(1))
})

t.test('SE5 who comes back without a link says so', async (t) => {
  const stage = new Stage()
  stage.enter('citizen')
  const worker = stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  stage.isOnline = false
  stage.lastLink('worker').fail()
  mock.timers.tick(300)
  stage.news.length = 0
  stage.isOnline = true
  worker.resume()
  t.strictSame(stage.news, ['worker unlinked 2'])
  stage.enter('citizen', 7).resume()
  t.strictSame(stage.news.slice(1), ['citizen unlinked 7'], 'after a reload')
})

t.test('SI7 no wish of the other side makes a generation that the wire cannot carry', async (t) => {
  const stage = new Stage()
  stage.enter('citizen')
  const worker = stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  const wish = { type: 'signal.please', call: CALL } as const
  worker.receive({ ...wish, generation: MAX_GENERATION })
  t.equal(stage.links.worker.length, 1, 'the link is kept')
  worker.receive({ ...wish, generation: MAX_GENERATION - 1 })
  await runUntil(t, () => stage.isLinked(MAX_GENERATION))
  stage.lastLink('worker').fail()
  mock.timers.tick(60_000)
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
  t.equal(stage.links.worker.length, 2, 'and no more after the last')
})

t.test('a running link is untouched by a reconnect, and reported again', async (t) => {
  const stage = new Stage()
  stage.enter('citizen')
  const worker = stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  stage.news.length = 0
  worker.resume()
  t.strictSame(stage.news, ['worker linked 1 host'])
  t.equal(stage.links.worker.length, 1)
})

t.test('tracks reach the link that is there, and every later one', async (t) => {
  const stage = new Stage()
  stage.setTracks('citizen', 'microphone', null)
  stage.enter('citizen')
  stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  t.strictSame(
    [...stage.lastLink('citizen').tracks],
    [
      ['audio', 'microphone'],
      ['video', null],
    ],
  )
  stage.setTracks('citizen', 'microphone', 'camera')
  t.equal(stage.lastLink('citizen').tracks.get('video'), 'camera')
  stage.lastLink('worker').fail()
  await runUntil(t, () => stage.isLinked(2))
  t.equal(stage.lastLink('citizen').tracks.get('video'), 'camera')
})

t.test('SI12 a silent link is replaced, and kept until the new one is up', async (t) => {
  for (const side of SIDES) {
    const stage = new Stage()
    stage.enter('citizen')
    stage.enter('worker')
    await runUntil(t, () => stage.isLinked(1))
    stage.lastLink(side).fallSilent()
    t.ok(stage.news.includes(`${side} silent`), 'the server is asked for as well')
    const before = stage.links[side][0]
    t.notOk(before?.isClosed, 'nothing is torn down yet')
    await runUntil(t, () => stage.isLinked(2))
    for (const each of SIDES) t.ok(stage.links[each][0]?.isClosed, `${each} has closed the old one`)
    t.equal(stage.links.worker.length, 2, 'one new generation, whoever noticed')
  }
})

t.test('SI12 what both know of and does not come up is given up, ever later', async (t) => {
  const stage = new Stage()
  stage.isStuck = true
  stage.enter('citizen')
  stage.enter('worker')
  const begunAt: number[] = []
  for (let elapsedMs = 0; elapsedMs < 30_000; elapsedMs += 100) {
    if (stage.links.worker.length > begunAt.length) begunAt.push(elapsedMs)
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve()
    mock.timers.tick(100)
  }
  const waits = begunAt.slice(1).map((at, n) => at - (begunAt[n] ?? 0))
  t.ok(waits.length >= 3, `${String(begunAt.length)} generations in 30 s`)
  waits.forEach((wait, n) => t.ok(wait >= 4_000 * 1.5 ** n, `${String(wait)} ms`))
  const policies = stage.links.worker.map(({ options }) => options.policy)
  t.strictSame(policies.slice(0, 4), ['all', 'all', 'all', 'relay'], 'then through TURN only')
})

t.test('an offer into an outage waits, however long that lasts', async (t) => {
  const stage = new Stage()
  stage.enter('citizen')
  stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  stage.isDeaf = true
  for (const side of SIDES) stage.lastLink(side).fallSilent()
  for (let elapsedMs = 0; elapsedMs < 60_000; elapsedMs += 100) {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
    mock.timers.tick(100)
  }
  t.equal(stage.links.worker.length, 2, 'one new link, not one every few seconds')
  stage.isDeaf = false
  stage.talks.citizen?.resume()
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve()
  t.ok(stage.isLinked(2), 'at once, without any timer')
})

t.test('before the answer a link is up and carries nothing', async (t) => {
  const stage = new Stage()
  stage.isRinging = true
  stage.setTracks('worker', 'microphone', 'camera')
  stage.enter('citizen')
  const worker = stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  t.strictSame([...stage.lastLink('worker').tracks], [])
  stage.answer(worker, 'worker')
  t.equal(stage.lastLink('worker').tracks.get('video'), 'camera')
  t.equal(stage.links.worker.length, 1)
})

t.test('a closed talk says and does nothing more', async (t) => {
  const stage = new Stage()
  const citizen = stage.enter('citizen')
  const worker = stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  worker.close()
  citizen.close()
  stage.news.length = 0
  mock.timers.tick(60_000)
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
  t.strictSame(stage.news, [])
  t.equal(stage.links.worker.length, 1)
})

t.test('SI2 SI7 a link that is up is replaced when a side asks, whichever side', async (t) => {
  for (const side of SIDES) {
    const stage = new Stage()
    stage.enter('citizen')
    stage.enter('worker')
    await runUntil(t, () => stage.isLinked(1))
    t.equal(stage.talks[side]?.linkNumber, 1)
    stage.talks[side]?.renew()
    t.equal(stage.talks[side]?.linkNumber, 1, 'which is heard and seen until then')
    await runUntil(t, () => stage.isLinked(2))
    t.equal(stage.talks[side]?.linkNumber, 2)
    t.notOk(stage.news.includes(`${side} silent`), 'the server is not doubted because of it')
    t.notOk(
      stage.news.some((news) => news.includes('unlinked')),
      'and nobody has lost anything',
    )
  }
})

t.test('SI5 FR8 after an outage two dozen addresses are no flood', async (t) => {
  const stage = new Stage()
  stage.candidates = 25
  stage.enter('citizen')
  stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  stage.isDeaf = true
  for (const side of SIDES) stage.lastLink(side).fallSilent()
  await pass(30_000)
  stage.isDeaf = false
  for (const side of SIDES) stage.frames[side] = 0
  stage.talks.worker?.resume()
  stage.talks.citizen?.resume()
  await runUntil(t, () => stage.isLinked(2))
  await pass(500)
  for (const side of SIDES) {
    const count = stage.frames[side]
    t.ok(count < 60, `${side} has sent ${String(count)} frames`)
    t.equal(stage.lastLink(side).received.length, 26, `${side} has everything`)
  }
})

t.test('SI5 what was lost once is not said again at every later acknowledgement', async (t) => {
  const stage = new Stage()
  stage.candidates = 25
  // The offer, and all that follows it at once; a resend half a second later gets through.
  stage.fates = Array.from({ length: 26 }, () => 'lost')
  stage.enter('citizen')
  stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  await pass(3_000)
  // The first time, a batch of 16 for the timer, and the other ten; and what it has to acknowledge.
  t.ok(stage.frames.worker <= 26 + 16 + 10 + 26, `${String(stage.frames.worker)} frames`)
})

t.test('SI12 a link that had been up has not failed to come up, however it goes', async (t) => {
  for (const end of ['fail', 'fallSilent'] as const) {
    const stage = new Stage()
    stage.enter('citizen')
    stage.enter('worker')
    await runUntil(t, () => stage.isLinked(1))
    stage.isStuck = true
    stage.online.worker = false
    stage.lastLink('citizen')[end]()
    // ICE gives up what is silent only after a while.
    await pass(20_000)
    stage.online.worker = true
    await runUntil(t, () => stage.links.citizen.length === 5)
    const policies = stage.links.citizen.map(({ options }) => options.policy)
    t.strictSame(policies, ['all', 'all', 'all', 'all', 'relay'], 'three that had never been up')
  }
})

t.test('PA4 a protected address replaces what may be direct, up or on its way, once', async (t) => {
  for (const isStuck of [false, true]) {
    for (const told of [SIDES, ['worker'], ['citizen']] as const) {
      const stage = new Stage()
      stage.isStuck = isStuck
      stage.enter('citizen')
      stage.enter('worker')
      await runUntil(t, () => (isStuck ? stage.links.citizen.length === 1 : stage.isLinked(1)))
      stage.isStuck = false
      stage.policy = 'relay'
      for (const side of told) stage.talks[side]?.hideAddress()
      for (const link of [...stage.links.worker, ...stage.links.citizen]) {
        if (!isStuck) t.notOk(link.isClosed, 'what is up goes on until the next one is')
      }
      await runUntil(t, () => stage.isLinked(2))
      for (const side of SIDES) stage.talks[side]?.hideAddress()
      await runUntil(t, () => stage.isLinked(2))
      for (const side of SIDES) {
        t.strictSame(
          stage.links[side].map(({ options, isClosed }) => [options.policy, isClosed]),
          [
            ['all', true],
            ['relay', false],
          ],
        )
      }
    }
  }
})

t.test('PA4 without a TURN server a talk is not given up for an address', async (t) => {
  const stage = new Stage()
  stage.iceServers = []
  stage.enter('citizen')
  stage.enter('worker')
  await runUntil(t, () => stage.isLinked(1))
  for (const side of SIDES) stage.talks[side]?.hideAddress()
  t.equal(stage.talks.worker?.linkNumber, 1)
  t.equal(stage.talks.citizen?.linkNumber, 1)
})
