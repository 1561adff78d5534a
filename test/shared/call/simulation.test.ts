import { PATHS, type Outcome } from '@naervaer/shared'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { CAMERA_OFF } from './calls.ts'
import { World, type Ask, type CrashPoint, type SimulatedClient } from './simulation.ts'

type Move = (world: World) => void

const withClient = (world: World, index: number): SimulatedClient => {
  const client = world.clients[index % world.clients.length]
  if (client === undefined) throw new Error('there are clients')
  return client
}

const client = fc.nat(3)
const fate = fc.constantFrom('once', 'once', 'once', 'once', 'twice', 'lost')
const generation = fc.integer({ min: 1, max: 3 })

const passing = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -5_000, max: 50_000 }) },
)

const anyAsk: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Ask>({ type: 'accept' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Ask>({ type: 'decline' }, { type: 'cancel' }, { type: 'hangUp' }),
  },
  { weight: 2, arbitrary: fc.constant<Ask>({ type: 'attach' }) },
  { weight: 2, arbitrary: fc.constant<Ask>({ type: 'mediaChanged', media: CAMERA_OFF }) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(generation, fc.constantFrom(...PATHS))
      .map(([g, path]) => ({ type: 'linked' as const, generation: g, path })),
  },
  {
    weight: 3,
    arbitrary: generation.map((g) => ({ type: 'unlinked' as const, generation: g })),
  },
)

/** Moves print as what they do, so that a failing story can be read. */
const move = (name: string, run: Move): Move =>
  Object.assign(run, { [fc.toStringMethod]: () => name })

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(client, fc.nat(9), fate).map(([who, index, how]) =>
      move(`down ${String(who)} ${String(index)} ${how}`, (world) => {
        world.deliverDown(withClient(world, who), index, how)
      }),
    ),
  },
  {
    weight: 12,
    arbitrary: fc.tuple(client, fc.nat(9), fate).map(([who, index, how]) =>
      move(`up ${String(who)} ${String(index)} ${how}`, (world) => {
        world.deliverUp(withClient(world, who), index, how)
      }),
    ),
  },
  {
    weight: 10,
    arbitrary: fc.tuple(client, anyAsk).map(([who, ask]) =>
      move(`ask ${String(who)} ${ask.type}`, (world) => {
        withClient(world, who).ask(ask)
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: client.map((who) =>
      move(`cut ${String(who)}`, (world) => {
        world.cut(withClient(world, who))
      }),
    ),
  },
  {
    weight: 4,
    arbitrary: client.map((who) =>
      move(`connect ${String(who)}`, (world) => {
        world.connect(withClient(world, who))
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constant(
      move('notice', (world) => {
        world.noticeCuts()
      }),
    ),
  },
  {
    weight: 4,
    arbitrary: passing.map((ms) =>
      move(`after ${String(ms)}`, (world) => {
        world.now += ms
        world.apply({ type: 'tick' })
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('noticeSent', 'noticeArrived', 'noticeFailed').map((type) =>
      move(type, (world) => {
        const isAlone = world.clients.every((each) => each.connection === null)
        world.apply(type === 'noticeFailed' ? { type, isAlone } : { type })
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<CrashPoint | 'now'>('beforeRecord', 'beforeAnnounce', 'now')
      .map((when) =>
        move(`crash ${when}`, (world) => {
          if (when === 'now') world.crash()
          else world.crashPoint = when
        }),
      ),
  },
)

/** How far the call has come, in peace, before the trouble begins. */
const STARTS = ['new', 'ringing', 'answered', 'connected'] as const

/** Brings a new world so far. */
function start(world: World, until: (typeof STARTS)[number]): void {
  const [worker, , tablet] = world.clients
  if (worker === undefined || tablet === undefined) throw new Error('there are clients')
  if (until === 'new') return
  world.drain()
  if (until === 'ringing') return
  tablet.ask({ type: 'accept' })
  world.drain()
  if (until === 'answered') return
  for (const each of [worker, tablet]) each.ask({ type: 'linked', generation: 1, path: 'host' })
  world.drain()
}

const stories = fc.array(anyMove, { maxLength: 120, size: 'max' })
const RUNS = { seed: 20_240_804, numRuns: 2_000 }

t.test('CA3 two tabs, two devices and a server in a bad network come to one end', (t) => {
  const outcomes = new Map<Outcome, number>()
  fc.assert(
    fc.property(fc.constantFrom(...STARTS), stories, fc.boolean(), fc.boolean(), (...story) => {
      const [from, moves, isLeft, isNotified] = story
      const world = new World(isNotified)
      start(world, from)
      for (const run of moves) run(world)
      world.settle()
      assertMirrored(world)
      for (let attempts = 0; attempts < 5 && world.call.state !== 'ended'; attempts++) {
        if (isLeft) world.abandon()
        else world.finish()
      }
      const outcome = assertOneEnd(world)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }),
    RUNS,
  )
  t.comment(JSON.stringify(Object.fromEntries(outcomes)))
  const wanted: Outcome[] = ['cancelled', 'completed', 'declined', 'dropped', 'failed', 'missed']
  for (const outcome of wanted) t.ok(outcomes.has(outcome), `${outcome} came about`)
  t.end()
})

/** While the call lives and all is quiet, every window shows what the server knows. */
function assertMirrored(world: World): void {
  if (world.call.state === 'ended') return
  for (const each of world.clients) assert.deepEqual(each.view, world.viewFor(each))
  for (const side of ['worker', 'citizen'] as const) {
    const here = world.clients.filter((each) => each.side === side && each.view?.seat === 'here')
    assert.ok(here.length <= 1, `${side} has one seat`)
  }
}

/** One row, one end, and nobody was ever told anything else. */
function assertOneEnd(world: World): Outcome {
  const { call, row } = world
  if (call.state !== 'ended') throw new Error(`the call is still ${call.state}`)
  assert.equal(row, call)
  assert.equal(world.endsWritten, 1)
  for (const each of world.clients) {
    assert.ok([...each.seenOutcomes].every((outcome) => outcome === call.outcome))
    const isTold = each.view?.state === 'ended'
    assert.ok(isTold || each.hasMissedEnd || each.view === null, 'nobody shows a call that is over')
  }
  return call.outcome
}

t.test('PR1 after a crash the snapshot counts although its revision is lower', (t) => {
  const world = new World()
  start(world, 'answered')
  const [worker, , tablet] = world.clients
  for (const camera of ['on', 'off', 'on', 'off'] as const) {
    tablet?.ask({ type: 'mediaChanged', media: { camera, microphone: 'on' } })
    world.drain()
  }
  const before = tablet?.view?.revision ?? 0
  world.crash()
  t.ok(world.call.revision < before, 'what was only told was not written')
  world.settle()
  t.match(tablet?.view, { seat: 'here', isCounterpartPresent: true }, 'both have come back')
  t.match(worker?.view, { seat: 'here', isCounterpartPresent: true })
  t.end()
})
