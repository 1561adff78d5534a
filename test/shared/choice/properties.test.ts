import {
  changeChoice,
  deriveChoice,
  mayBeRung,
  NO_CHOICE,
  settle,
  toStepKind,
  type Choice,
  type ChoiceEvent,
  type ChoiceStep,
} from '@naervaer/shared'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { NOW, STATES, TEXT } from './choices.ts'

const RUNS: fc.Parameters<unknown> = { seed: 20_261_102, numRuns: 2_000 }
const DAY_MS = 24 * 3_600_000

interface Happening {
  readonly event: ChoiceEvent
  readonly elapsedMs: number
}

const elapsedMs = fc.integer({ min: 0, max: 3 * DAY_MS })
/** A pause is asked for in days from the moment it begins, so the event is made when it happens. */
type Wish = Exclude<ChoiceEvent, { type: 'pause' }> | { type: 'pauseFor'; days: number }

const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Wish>({ type: 'offer' }) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom('citizen' as const, 'staff' as const), fc.integer({ min: 2, max: 3 }))
      .map(([by, textVersion]): Wish => ({ type: 'accept', by, textVersion })),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom<Wish>(
      { type: 'decline' },
      { type: 'later' },
      { type: 'resume' },
      { type: 'withdraw' },
      { type: 'begin' },
    ),
  },
  { weight: 3, arbitrary: fc.nat({ max: 5 }).map((days): Wish => ({ type: 'pauseFor', days })) },
)
const story = fc.array(fc.tuple(wish, elapsedMs), { maxLength: 30 })

interface Moment extends Happening {
  readonly before: Choice
  readonly after: Choice
  readonly hasChanged: boolean
  readonly now: number
}

/** Plays a story as the server does: each event meets the choice as the steps before make it. */
function play(wishes: readonly (readonly [Wish, number])[]): {
  moments: Moment[]
  steps: ChoiceStep[]
} {
  const moments: Moment[] = []
  const steps: ChoiceStep[] = []
  let now = NOW
  for (const [wished, elapsed] of wishes) {
    now += elapsed
    const event: ChoiceEvent =
      wished.type === 'pauseFor' ? { type: 'pause', until: now + wished.days * DAY_MS } : wished
    const before = deriveChoice(steps, now)
    const outcome = changeChoice(before, event, TEXT, now)
    const hasChanged = outcome.type === 'changed'
    if (hasChanged) {
      const until = event.type === 'pause' ? event.until : null
      steps.push({ kind: toStepKind(event), at: now, until })
    }
    const after = hasChanged ? outcome.choice : before
    moments.push({ event, elapsedMs: elapsed, before, after, hasChanged, now })
  }
  return { moments, steps }
}

t.test('CH1 the history alone makes the choice that was told', (t) => {
  fc.assert(
    fc.property(story, (wishes) => {
      const { moments, steps } = play(wishes)
      const last = moments.at(-1)
      if (last === undefined) return
      assert.deepEqual(deriveChoice(steps, last.now), last.after)
      const muchLater = last.now + 30 * DAY_MS
      assert.deepEqual(deriveChoice(steps, muchLater), settle(last.after, muchLater))
    }),
    RUNS,
  )
  t.pass('held')
  t.end()
})

t.test('CH3 W-04 nobody is asked but by an offer, and time asks nobody', (t) => {
  fc.assert(
    fc.property(story, (wishes) => {
      for (const { event, before, after, hasChanged, now } of play(wishes).moments) {
        if (hasChanged && after.state === 'offered') assert.equal(event.type, 'offer')
        const later = settle(after, now + 1_000 * DAY_MS)
        if (after.state !== 'paused') assert.equal(later, after)
        if (['declined', 'later', 'withdrawn'].includes(before.state) && hasChanged) {
          assert.ok(['offer', 'accept', 'decline', 'later'].includes(event.type))
        }
      }
    }),
    RUNS,
  )
  t.pass('held')
  t.end()
})

t.test('CH5 whoever may be rung has said yes to the present text, and not stopped since', (t) => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(story, (wishes) => {
      let hasSaidYes = false
      let pausedUntil = 0
      for (const { event, after, hasChanged, now } of play(wishes).moments) {
        seen.add(after.state)
        if (hasChanged && event.type === 'accept') {
          assert.equal(event.textVersion, TEXT)
          hasSaidYes = true
        }
        if (hasChanged && event.type === 'pause') pausedUntil = event.until
        if (hasChanged && event.type === 'resume') pausedUntil = 0
        if (hasChanged && event.type === 'withdraw') [hasSaidYes, pausedUntil] = [false, 0]
        assert.equal(mayBeRung(after.state), hasSaidYes && now >= pausedUntil)
      }
    }),
    RUNS,
  )
  t.same([...seen].sort(), [...STATES].sort(), 'every state came about')
  t.end()
})

t.test('CH2 the same event twice at once is written down once', (t) => {
  fc.assert(
    fc.property(story, (wishes) => {
      for (const { event, after, hasChanged, now } of play(wishes).moments) {
        if (hasChanged) assert.notEqual(changeChoice(after, event, TEXT, now).type, 'changed')
      }
    }),
    RUNS,
  )
  t.pass('held')
  t.end()
})

t.test('CH4 only a pause has an end, and nothing starts before an offer or a yes', (t) => {
  fc.assert(
    fc.property(story, (wishes) => {
      for (const { after, now } of play(wishes).moments) {
        assert.equal(after.pausedUntil !== null, after.state === 'paused')
        if (after.pausedUntil !== null) assert.ok(after.pausedUntil > now)
        if (after.state === 'active') assert.ok(after.hasBegun)
        if (after.state === 'accepted') assert.ok(!after.hasBegun)
      }
    }),
    RUNS,
  )
  t.equal(deriveChoice([], NOW), NO_CHOICE)
  t.end()
})
