import {
  ATTEMPT_RESULTS,
  countFirstAttempts,
  DEVICE_FAULTS,
  DEVICE_STATES,
  END_REASONS,
  findDeviceFault,
  judgeAttempt,
  OUTCOMES,
  RETRY_WITHIN_MS,
  roundLeg,
  type Attempt,
  type AttemptFacts,
  type AttemptResult,
  type EndedCall,
  type EndReason,
  type Outcome,
} from '@naervaer/shared'
import t from 'tap'
import { ANSWERED_AT, CREATED_AT, ENDED } from './calls.ts'

const WELL: AttemptFacts = { fault: null, isRelayMissing: false, isMediaAway: false }
const SOON = ANSWERED_AT + 9_999
const LATE = ANSWERED_AT + 10_000

type Row = readonly [
  outcome: Outcome,
  endReason: EndReason,
  facts: Partial<AttemptFacts>,
  result: AttemptResult,
  endedAt?: number,
  ringingAt?: null,
  answeredAt?: null,
]

/** Every way in which a call can end, and what each amounts to for the technique. */
const ROWS: readonly Row[] = [
  ['completed', 'hangup_citizen', {}, 'worked'],
  ['completed', 'hangup_staff', {}, 'worked'],
  ['completed', 'revoked', {}, 'worked'],
  ['completed', 'hangup_staff', { isRelayMissing: true }, 'worked'],
  ['completed', 'hangup_staff', { isMediaAway: true }, 'dropped'],
  ['completed', 'hangup_staff', { fault: 'cameraRefused', isMediaAway: true }, 'cameraRefused'],
  ['dropped', 'network', { isMediaAway: true }, 'dropped'],
  ['dropped', 'network', { fault: 'microphoneMissing' }, 'microphoneMissing'],
  ['failed', 'timeout', {}, 'noPath', LATE],
  ['failed', 'timeout', { isRelayMissing: true }, 'turnUnreachable', LATE],
  ['failed', 'timeout', { fault: 'cameraRefused' }, 'noPath', LATE],
  ['failed', 'hangup_citizen', {}, 'connectingTooLong', LATE],
  ['failed', 'hangup_citizen', { isRelayMissing: true }, 'connectingTooLong', SOON],
  ['failed', 'hangup_staff', { isRelayMissing: true }, 'turnUnreachable', LATE],
  ['failed', 'network', { isRelayMissing: true }, 'windowGone', LATE],
  ['failed', 'revoked', {}, 'revoked'],
  ['failed', 'network', {}, 'relayMissing', CREATED_AT, null, null],
  ['unreachable', 'citizen_offline', {}, 'deviceAsleep'],
  ['unreachable', 'timeout', {}, 'deviceAsleep'],
  ['cancelled', 'hangup_staff', {}, 'regretted'],
  ['cancelled', 'hangup_staff', {}, 'regretted', CREATED_AT + 10_000],
  ['cancelled', 'hangup_staff', {}, 'regretted', CREATED_AT + 9_999, null],
  ['cancelled', 'hangup_staff', {}, 'deviceAsleep', CREATED_AT + 10_000, null],
  ['cancelled', 'network', {}, 'windowGone'],
  ['cancelled', 'revoked', {}, 'revoked'],
  ['declined', 'hangup_citizen', {}, 'declined'],
  ['missed', 'timeout', {}, 'notAnswered'],
  ['busy', 'citizen_busy', {}, 'busy'],
  ...DEVICE_FAULTS.map((fault): Row => ['completed', 'hangup_citizen', { fault }, fault]),
]

function makeEnded(outcome: Outcome, endReason: EndReason, endedAt = ENDED.endedAt): EndedCall {
  const isBefore = outcome === 'cancelled'
  return { ...ENDED, outcome, endReason, endedAt, ...(isBefore ? { answeredAt: null } : {}) }
}

for (const [outcome, endReason, facts, result, endedAt, ...never] of ROWS) {
  const [ringingAt, answeredAt] = never
  const about = [...Object.keys(facts), ...(ringingAt === null ? ['that never rang'] : [])].join(
    ', ',
  )
  t.test(`CA14 ${outcome} by ${endReason} ${about}: ${result}`, (t) => {
    const ended = makeEnded(outcome, endReason, endedAt)
    const call = {
      ...ended,
      ...(ringingAt === null ? { ringingAt } : {}),
      ...(answeredAt === null ? { answeredAt } : {}),
    }
    t.equal(judgeAttempt(call, { ...WELL, ...facts }), result)
    t.end()
  })
}

t.test('CA14 an answer that overtook the news of its ring has arrived', (t) => {
  const overtaken = { ...makeEnded('cancelled', 'hangup_staff', LATE), ringingAt: null }
  t.equal(judgeAttempt({ ...overtaken, answeredAt: ANSWERED_AT }, WELL), 'regretted')
  t.end()
})

t.test('CA14 every end there is, with whatever it met, gets exactly one result', (t) => {
  const known = new Set<string>(ATTEMPT_RESULTS)
  const seen = new Set<string>()
  for (const outcome of OUTCOMES) {
    for (const endReason of END_REASONS) {
      for (const fault of [null, ...DEVICE_FAULTS]) {
        for (const isRelayMissing of [false, true]) {
          for (const isMediaAway of [false, true]) {
            const call = makeEnded(outcome, endReason, LATE)
            for (const answeredAt of [call.answeredAt, null]) {
              const facts = { fault, isRelayMissing, isMediaAway }
              const result = judgeAttempt({ ...call, answeredAt }, facts)
              t.ok(known.has(result), `${outcome} ${endReason}`)
              seen.add(result)
            }
          }
        }
      }
    }
  }
  t.same(
    [...known].filter((each) => !seen.has(each)),
    [],
    'and no result is without its cause',
  )
  t.end()
})

t.test('the fault of a side: a refused, missing or busy device, never one that is off', (t) => {
  const isWell = (state: string) => state === 'on' || state === 'off'
  for (const camera of DEVICE_STATES) {
    for (const microphone of DEVICE_STATES) {
      const fault = findDeviceFault({ camera, microphone })
      if (isWell(camera) && isWell(microphone)) t.equal(fault, null)
      else if (isWell(microphone)) t.match(fault, /^camera/)
      else t.match(fault, /^microphone/, 'the microphone counts more')
    }
  }
  t.end()
})

const MINUTE_MS = 60_000
const attempt = (minute: number, result: AttemptResult, pair = 'a'): Attempt => {
  const createdAt = CREATED_AT + minute * MINUTE_MS
  return { pair, createdAt, endedAt: createdAt + MINUTE_MS, result }
}

t.test('N4 four first attempts, one of which worked: one in four, and a reason for each', (t) => {
  const attempts = [
    attempt(0, 'worked', 'a'),
    attempt(0, 'cameraRefused', 'b'),
    attempt(0, 'turnUnreachable', 'c'),
    attempt(0, 'deviceAsleep', 'd'),
    attempt(5, 'worked', 'd'),
  ]
  t.same(countFirstAttempts(attempts), {
    count: 4,
    worked: 1,
    misses: { cameraRefused: 1, turnUnreachable: 1, deviceAsleep: 1 },
  })
  t.end()
})

t.test('a second try neither hides the first nor counts again, whatever comes of it', (t) => {
  const tries = [attempt(0, 'deviceAsleep'), attempt(2, 'noPath'), attempt(4, 'worked')]
  t.same(countFirstAttempts(tries.toReversed()), {
    count: 1,
    worked: 0,
    misses: { deviceAsleep: 1 },
  })
  const nextDay = [...tries, attempt(24 * 60, 'worked')]
  t.match(countFirstAttempts(nextDay), { count: 2, worked: 1 })
  t.end()
})

t.test('half an hour after a miss it is a first attempt again', (t) => {
  const minutes = 1 + RETRY_WITHIN_MS / MINUTE_MS
  const [still, again] = [minutes, minutes + 1].map((minute) =>
    countFirstAttempts([attempt(0, 'noPath'), attempt(minute, 'worked')]),
  )
  t.match(still, { count: 1, worked: 0 })
  t.match(again, { count: 2, worked: 1 })
  t.end()
})

t.test('what people decide is in no count, and makes nothing a second try', (t) => {
  const decided = (['declined', 'notAnswered', 'regretted', 'busy', 'revoked'] as const).map(
    (result, n) => attempt(n, result),
  )
  t.same(countFirstAttempts(decided), { count: 0, worked: 0, misses: {} })
  t.match(countFirstAttempts([...decided, attempt(9, 'worked')]), { count: 1, worked: 1 })
  const between = [attempt(0, 'noPath'), attempt(2, 'declined'), attempt(4, 'worked')]
  t.match(countFirstAttempts(between), { count: 1, worked: 0 }, 'still the second try')
  t.end()
})

t.test('figures of a leg are rounded, and never outside of what the record takes', (t) => {
  const measured = {
    protocol: 'udp',
    rttMs: 64.9,
    lossShare: 0.0149,
    jitterMs: 12.4,
    freezes: 2,
    steps: 3,
  } as const
  t.same(roundLeg(measured), { ...rounded(60, 1, 10), freezes: 2, steps: 3 })
  t.match(roundLeg({ ...measured, rttMs: 99_999, lossShare: 1.5, jitterMs: 9e9 }), {
    ...rounded(10_000, 100, 1_000),
  })
  t.match(roundLeg({ ...measured, rttMs: -1, lossShare: -0.5, jitterMs: -3 }), rounded(0, 0, 0))
  t.match(roundLeg({ ...measured, rttMs: null, lossShare: null, jitterMs: null }), {
    rttMs: null,
    lossPercent: null,
    jitterMs: null,
  })
  t.match(roundLeg({ ...measured, freezes: 5_000, steps: 5_000 }), { freezes: 999, steps: 999 })
  t.end()
})

function rounded(rttMs: number, lossPercent: number, jitterMs: number) {
  return { protocol: 'udp', rttMs, lossPercent, jitterMs }
}
