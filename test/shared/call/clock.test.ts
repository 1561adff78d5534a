import {
  getDeadline,
  RETURN_TIMEOUT_MS,
  RING_TIMEOUT_MS,
  transition,
  type Call,
  type CallEvent,
} from '@naervaer/shared'
import t from 'tap'
import {
  ANSWERED_AT,
  CONNECTED,
  CONNECTED_AT,
  CONNECTING,
  CREATED_AT,
  DESK,
  INVITING,
  linked,
  LOST_AT,
  RECONNECTING,
  RINGING,
  RINGING_AT,
  TABLET,
  vacantSeatOf,
} from './calls.ts'

const TICK: CallEvent = { type: 'tick' }
const RESTORED: CallEvent = { type: 'restored' }
const HOUR_MS = 3_600_000

/** Runs through events, each with its time. */
function run(call: Call, ...events: readonly (readonly [CallEvent, number])[]): Call {
  return events.reduce((now, [event, at]) => transition(now, event, at).call, call)
}

t.test('CA10 a clock set back does not make a call answered before it rang', (t) => {
  const back = CREATED_AT - HOUR_MS
  t.match(run(INVITING, [{ type: 'arrived', from: TABLET }, back]), { ringingAt: CREATED_AT })
  t.match(run(RINGING, [{ type: 'accept', from: TABLET }, back]), { answeredAt: RINGING_AT })
  t.match(run(INVITING, [{ type: 'accept', from: TABLET }, back]), { answeredAt: CREATED_AT })

  const oneSide = {
    ...CONNECTING,
    generation: 1,
    linked: { worker: 'host', citizen: null },
  } as const
  t.match(run(oneSide, [linked('citizen', TABLET, 1), back]), { connectedAt: ANSWERED_AT })

  const hangUp: CallEvent = { type: 'hangUp', side: 'worker', from: DESK }
  t.match(run(INVITING, [hangUp, back]), { endedAt: CREATED_AT })
  t.match(run(RINGING, [hangUp, back]), { endedAt: RINGING_AT })
  t.match(run(CONNECTING, [hangUp, back]), { endedAt: ANSWERED_AT })
  t.match(run(CONNECTED, [hangUp, back]), { endedAt: CONNECTED_AT })
  t.end()
})

t.test(
  'CA11 a call that ended by itself ended at its deadline, however late that is noticed',
  (t) => {
    const nextMorning = CREATED_AT + 10 * HOUR_MS
    t.match(run(RINGING, [TICK, nextMorning]), { endedAt: CREATED_AT + RING_TIMEOUT_MS })
    t.match(run(RECONNECTING, [TICK, nextMorning]), { endedAt: LOST_AT + RETURN_TIMEOUT_MS })
    t.match(
      run(RINGING, [RESTORED, nextMorning], [TICK, nextMorning]),
      { outcome: 'missed', endedAt: CREATED_AT + RING_TIMEOUT_MS },
      'the server was down all night',
    )
    t.end()
  },
)

t.test('CA12 after a restart everybody has the full time to return', (t) => {
  const call = { ...CONNECTED, citizen: vacantSeatOf(TABLET, LOST_AT) }
  const startedAt = LOST_AT + RETURN_TIMEOUT_MS + 1
  const restored = run(call, [RESTORED, startedAt])
  t.equal(getDeadline(restored)?.at, startedAt + RETURN_TIMEOUT_MS, 'also who was away before it')
  t.end()
})

t.test('CA12 restored twice in one moment is restored once', (t) => {
  const once = run(CONNECTED, [RESTORED, LOST_AT])
  t.equal(run(once, [RESTORED, LOST_AT]), once)
  t.end()
})
