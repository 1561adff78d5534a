import { mock } from 'node:test'
import t, { type Test } from 'tap'
import { NaervaerError, type SessionLifeReply } from '@naervaer/shared'
import {
  REPORT_STEP_MS,
  SessionLife,
  WARN_BEFORE_MS,
} from '../../../client/src/services/session-life.ts'

const MINUTE_MS = 60_000
const IDLE_MS = 60 * MINUTE_MS
const AGE_MS = 12 * 60 * MINUTE_MS
const STARTED_AT = Date.UTC(2026, 10, 2, 9)

/** A session as the server keeps it, on a clock that the browser's does not agree with. */
class FakeServer {
  readonly startedAt: number
  usedAt: number
  uses = 0
  looks = 0
  isDown = false
  /** How far its clock is ahead of the browser's. */
  readonly aheadMs: number

  constructor(aheadMs = 0) {
    this.aheadMs = aheadMs
    this.startedAt = this.now
    this.usedAt = this.now
  }

  get now(): number {
    return Date.now() + this.aheadMs
  }

  use(): void {
    this.usedAt = this.now
  }

  readonly ask = (isUse: boolean): Promise<SessionLifeReply> => {
    if (this.isDown) return Promise.reject(new TypeError('Failed to fetch'))
    const [endsAt, idleEndsAt] = [this.startedAt + AGE_MS, this.usedAt + IDLE_MS]
    if (this.now >= Math.min(endsAt, idleEndsAt)) {
      return Promise.reject(new NaervaerError('SESSION_EXPIRED'))
    }
    if (isUse) {
      this.uses += 1
      this.use()
    } else this.looks += 1
    return Promise.resolve({
      serverTime: this.now,
      endsAt,
      idleEndsAt: this.usedAt + IDLE_MS,
    })
  }
}

/** Lets what was asked be answered: the answers are promises that have settled. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 10; turns += 1) await Promise.resolve()
}

async function setUp(t: Test, aheadMs = 0) {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: STARTED_AT })
  const server = new FakeServer(aheadMs)
  const life = new SessionLife(server.ask)
  t.teardown(() => {
    life.stop()
    mock.timers.reset()
  })
  life.start()
  await settle()
  const pass = async (durationMs: number, stepMs = MINUTE_MS / 2) => {
    for (let left = durationMs; left > 0; left -= stepMs) {
      mock.timers.tick(Math.min(left, stepMs))
      await settle()
    }
  }
  return { server, life, pass }
}

t.test('S-04 who reads, types or moves the mouse stays signed in', async (t) => {
  const { server, life, pass } = await setUp(t)
  for (let minute = 0; minute < 180; minute += 1) {
    await pass(MINUTE_MS)
    for (let move = 0; move < 50; move += 1) life.noteActivity()
    await settle()
  }
  t.equal(life.state.value.kind, 'calm')
  const most = (180 * MINUTE_MS) / REPORT_STEP_MS
  t.ok(server.uses > most / 2 && server.uses <= most, `${server.uses} reports in three hours`)
})

t.test('S-04 one move long before the end is told before it, however short it was', async (t) => {
  const { server, life, pass } = await setUp(t)
  await pass(REPORT_STEP_MS - MINUTE_MS)
  life.noteActivity()
  t.equal(server.uses, 0, 'too soon to be told')
  await pass(IDLE_MS - WARN_BEFORE_MS)
  t.equal(server.uses, 1, 'told where it would have been lost')
  t.equal(life.state.value.kind, 'calm')
})

t.test('A-11 nobody there: a warning five minutes before, and a way to stay', async (t) => {
  const { server, life, pass } = await setUp(t, 7 * MINUTE_MS)
  await pass(IDLE_MS - WARN_BEFORE_MS - MINUTE_MS)
  t.equal(life.state.value.kind, 'calm')
  await pass(MINUTE_MS)
  t.strictSame(life.state.value, { kind: 'idle', at: STARTED_AT + IDLE_MS }, 'by this clock')
  const told = life.state.value
  life.noteActivity()
  await pass(2 * MINUTE_MS)
  t.equal(life.state.value, told, 'said once, and a shaken table is no answer')
  await life.stay()
  t.equal(life.state.value.kind, 'calm')
  await pass(IDLE_MS - WARN_BEFORE_MS - MINUTE_MS)
  t.equal(life.state.value.kind, 'calm')
  t.equal(server.uses, 1)
})

t.test('A-11 use in another window takes the warning back', async (t) => {
  const { server, life, pass } = await setUp(t)
  await pass(IDLE_MS - WARN_BEFORE_MS)
  t.equal(life.state.value.kind, 'idle')
  server.use()
  await pass(MINUTE_MS)
  t.equal(life.state.value.kind, 'calm')
})

t.test('S-04 nobody comes: it is over, and nothing is asked any more', async (t) => {
  const { server, life, pass } = await setUp(t)
  await pass(IDLE_MS + 2 * MINUTE_MS)
  t.equal(life.state.value.kind, 'over')
  const { looks } = server
  life.noteActivity()
  await pass(IDLE_MS)
  t.strictSame([server.looks, server.uses], [looks, 0])
})

t.test('A-11 the end by age is told once, and comes whatever happens', async (t) => {
  const { life, pass } = await setUp(t)
  for (let minute = 0; minute < 12 * 60 - 6; minute += 1) {
    await pass(MINUTE_MS, MINUTE_MS)
    life.noteActivity()
    await settle()
  }
  t.equal(life.state.value.kind, 'calm')
  await pass(MINUTE_MS)
  t.strictSame(life.state.value, { kind: 'age', at: STARTED_AT + AGE_MS })
  life.putAside()
  await pass(3 * MINUTE_MS)
  t.equal(life.state.value.kind, 'calm', 'put aside')
  await pass(3 * MINUTE_MS)
  t.equal(life.state.value.kind, 'over')
})

t.test('a server that is away for a while changes nothing', async (t) => {
  const { server, life, pass } = await setUp(t)
  server.isDown = true
  await pass(10 * MINUTE_MS)
  life.noteActivity()
  await pass(10 * MINUTE_MS)
  server.isDown = false
  await pass(MINUTE_MS)
  t.equal(life.state.value.kind, 'calm')
  await pass(IDLE_MS - WARN_BEFORE_MS)
  t.equal(life.state.value.kind, 'idle')
})

t.test('a machine that slept looks at the clock when it wakes', async (t) => {
  const { life } = await setUp(t)
  mock.timers.setTime(STARTED_AT + 2 * IDLE_MS)
  life.wake()
  await settle()
  t.equal(life.state.value.kind, 'over')
})
