import {
  changeChoice,
  endOfPause,
  settle,
  type Choice,
  type ChoiceEvent,
  type ChoiceState,
  type ErrorCode,
} from '@naervaer/shared'
import t from 'tap'
import { CHOICES, EVENT_TYPES, NOW, STATES, TEXT, UNTIL } from './choices.ts'

const OFFER: ChoiceEvent = { type: 'offer' }
const YES: ChoiceEvent = { type: 'accept', by: 'citizen', textVersion: TEXT }
const HEARD_YES: ChoiceEvent = { type: 'accept', by: 'staff', textVersion: TEXT }
const YES_TO_OLD: ChoiceEvent = { type: 'accept', by: 'citizen', textVersion: TEXT - 1 }
const NO: ChoiceEvent = { type: 'decline' }
const LATER: ChoiceEvent = { type: 'later' }
const PAUSE: ChoiceEvent = { type: 'pause', until: UNTIL + 7 }
const SAME_PAUSE: ChoiceEvent = { type: 'pause', until: UNTIL }
const PAST_PAUSE: ChoiceEvent = { type: 'pause', until: NOW }
const RESUME: ChoiceEvent = { type: 'resume' }
const STOP: ChoiceEvent = { type: 'withdraw' }
const BEGIN: ChoiceEvent = { type: 'begin' }

type Expected = ChoiceState | 'unchanged' | ErrorCode
type Row = readonly [from: ChoiceState | Choice, event: ChoiceEvent, to: Expected]

const PAUSED_BEFORE_BEGUN: Choice = { state: 'paused', pausedUntil: UNTIL, hasBegun: false }
const PAUSE_OVER: Choice = { state: 'paused', pausedUntil: NOW, hasBegun: true }

// prettier-ignore
const ROWS: readonly Row[] = [
  ['notOffered', OFFER, 'offered'],
  ['notOffered', YES, 'accepted'],
  ['notOffered', HEARD_YES, 'CHOICE_NOT_OFFERED'],
  ['notOffered', YES_TO_OLD, 'CHOICE_TEXT_OLD'],
  ['notOffered', NO, 'CHOICE_NOT_OFFERED'],
  ['notOffered', LATER, 'CHOICE_NOT_OFFERED'],
  ['notOffered', PAUSE, 'CHOICE_NOT_GIVEN'],
  ['notOffered', RESUME, 'CHOICE_NOT_GIVEN'],
  ['notOffered', STOP, 'CHOICE_NOT_GIVEN'],
  ['notOffered', BEGIN, 'unchanged'],

  ['offered', OFFER, 'unchanged'],
  ['offered', YES, 'accepted'],
  ['offered', HEARD_YES, 'accepted'],
  ['offered', YES_TO_OLD, 'CHOICE_TEXT_OLD'],
  ['offered', NO, 'declined'],
  ['offered', LATER, 'later'],
  ['offered', PAUSE, 'CHOICE_NOT_GIVEN'],
  ['offered', RESUME, 'CHOICE_NOT_GIVEN'],
  ['offered', STOP, 'CHOICE_NOT_GIVEN'],
  ['offered', BEGIN, 'unchanged'],

  ['declined', OFFER, 'offered'],
  ['declined', YES, 'accepted'],
  ['declined', HEARD_YES, 'CHOICE_NOT_OFFERED'],
  ['declined', YES_TO_OLD, 'CHOICE_TEXT_OLD'],
  ['declined', NO, 'unchanged'],
  ['declined', LATER, 'later'],
  ['declined', PAUSE, 'CHOICE_NOT_GIVEN'],
  ['declined', RESUME, 'CHOICE_NOT_GIVEN'],
  ['declined', STOP, 'CHOICE_NOT_GIVEN'],
  ['declined', BEGIN, 'unchanged'],

  ['later', OFFER, 'offered'],
  ['later', YES, 'accepted'],
  ['later', HEARD_YES, 'accepted'],
  ['later', YES_TO_OLD, 'CHOICE_TEXT_OLD'],
  ['later', NO, 'declined'],
  ['later', LATER, 'unchanged'],
  ['later', PAUSE, 'CHOICE_NOT_GIVEN'],
  ['later', RESUME, 'CHOICE_NOT_GIVEN'],
  ['later', STOP, 'CHOICE_NOT_GIVEN'],
  ['later', BEGIN, 'unchanged'],

  ['accepted', OFFER, 'CHOICE_ALREADY_GIVEN'],
  ['accepted', YES, 'unchanged'],
  ['accepted', NO, 'CHOICE_ALREADY_GIVEN'],
  ['accepted', LATER, 'CHOICE_ALREADY_GIVEN'],
  ['accepted', PAUSE, 'paused'],
  ['accepted', PAST_PAUSE, 'unchanged'],
  ['accepted', RESUME, 'unchanged'],
  ['accepted', STOP, 'withdrawn'],
  ['accepted', BEGIN, 'active'],

  ['active', OFFER, 'CHOICE_ALREADY_GIVEN'],
  ['active', YES, 'unchanged'],
  ['active', NO, 'CHOICE_ALREADY_GIVEN'],
  ['active', LATER, 'CHOICE_ALREADY_GIVEN'],
  ['active', PAUSE, 'paused'],
  ['active', RESUME, 'unchanged'],
  ['active', STOP, 'withdrawn'],
  ['active', BEGIN, 'unchanged'],

  ['paused', OFFER, 'CHOICE_ALREADY_GIVEN'],
  ['paused', YES, 'unchanged'],
  ['paused', NO, 'CHOICE_ALREADY_GIVEN'],
  ['paused', LATER, 'CHOICE_ALREADY_GIVEN'],
  ['paused', PAUSE, 'paused'],
  ['paused', SAME_PAUSE, 'unchanged'],
  ['paused', RESUME, 'active'],
  ['paused', STOP, 'withdrawn'],
  ['paused', BEGIN, 'unchanged'],
  [PAUSED_BEFORE_BEGUN, RESUME, 'accepted'],
  [PAUSE_OVER, RESUME, 'unchanged'],
  [PAUSE_OVER, PAUSE, 'paused'],

  ['withdrawn', OFFER, 'offered'],
  ['withdrawn', YES, 'accepted'],
  ['withdrawn', HEARD_YES, 'CHOICE_NOT_OFFERED'],
  ['withdrawn', YES_TO_OLD, 'CHOICE_TEXT_OLD'],
  ['withdrawn', NO, 'CHOICE_NOT_OFFERED'],
  ['withdrawn', LATER, 'CHOICE_NOT_OFFERED'],
  ['withdrawn', PAUSE, 'CHOICE_WITHDRAWN'],
  ['withdrawn', RESUME, 'CHOICE_WITHDRAWN'],
  ['withdrawn', STOP, 'unchanged'],
  ['withdrawn', BEGIN, 'unchanged'],
]

const toChoice = (from: ChoiceState | Choice): Choice =>
  typeof from === 'string' ? CHOICES[from] : from

for (const [from, event, to] of ROWS) {
  const before = toChoice(from)
  t.test(`CH2 ${before.state} × ${event.type} → ${to}`, (t) => {
    const given = structuredClone(before)
    const outcome = changeChoice(before, event, TEXT, NOW)
    t.same(before, given, 'the choice given is left as it was')
    if (outcome.type === 'refused') t.equal(outcome.code, to)
    else t.equal(outcome.type === 'changed' ? outcome.choice.state : 'unchanged', to)
    t.end()
  })
}

t.test('CH2 every state has an answer to every event', (t) => {
  const seen = new Set(ROWS.map(([from, event]) => `${toChoice(from).state} × ${event.type}`))
  for (const state of STATES) {
    for (const type of Object.keys(EVENT_TYPES)) {
      t.ok(seen.has(`${state} × ${type}`), `${state} × ${type}`)
    }
  }
  t.end()
})

t.test('CH4 a pause ends at its date by itself, and goes back to what was', (t) => {
  const { paused } = CHOICES
  t.equal(settle(paused, UNTIL - 1), paused)
  t.same(settle(paused, UNTIL), { state: 'active', pausedUntil: null, hasBegun: true })
  t.equal(settle(PAUSED_BEFORE_BEGUN, UNTIL).state, 'accepted')
  t.equal(endOfPause(2, NOW) - NOW, 14 * 24 * 3_600_000)
  t.end()
})
