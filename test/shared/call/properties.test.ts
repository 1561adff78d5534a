import {
  getDeadline,
  getRingEnd,
  getSeat,
  GOODBYE_TIMEOUT_MS,
  invite,
  LONGEST_RING_MS,
  NOTICED_RING_MS,
  OUTCOMES,
  RING_TIMEOUT_MS,
  transition,
  type Call,
  type CallEvent,
  type EndedCall,
  type LiveCall,
  type Outcome,
  type Side,
  type Step,
} from '@naervaer/shared'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  anyStory,
  isAttended,
  makeUnmetCall,
  orderlyStory,
  RUNS,
  type Story,
} from './arbitraries.ts'
import { callId, CONNECTED_AT, CREATED_AT, DESK, LOST_AT, personId } from './calls.ts'

interface Moment extends Step {
  readonly before: Call
  readonly event: CallEvent
  readonly now: number
}

/** Plays a story and gives every step of it. */
function play({ start, happenings }: Story): Moment[] {
  const moments: Moment[] = []
  let before: Call = start
  let now = start.state === 'reconnecting' ? LOST_AT : CONNECTED_AT
  for (const { event, elapsedMs } of happenings) {
    now = Math.max(1, now + elapsedMs)
    const step = transition(before, event, now)
    moments.push({ ...step, before, event, now })
    before = step.call
  }
  return moments
}

const endOf = (moments: readonly Moment[]): Moment | undefined =>
  moments.find(({ before, call }) => before.state !== 'ended' && call.state === 'ended')

/** Checks `claim` for every moment of many stories; a failure prints the seed and the shortest story. */
function always(stories: typeof anyStory, claim: (moment: Moment) => void): void {
  fc.assert(
    fc.property(stories, (story) => {
      play(story).forEach(claim)
    }),
    RUNS,
  )
}

t.test('CA3 whatever happens, in whatever order: no throw, and at most one end', (t) => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const moments = play(story)
      const ends = moments.filter((m) => m.before.state !== 'ended' && m.call.state === 'ended')
      assert.ok(ends.length <= 1)
    }),
    RUNS,
  )
  t.pass('held')
  t.end()
})

t.test('CA3 after the end nothing changes', (t) => {
  always(anyStory, ({ before, call, effects }) => {
    if (before.state !== 'ended') return
    assert.equal(call, before)
    assert.ok(effects.every((effect) => effect.type === 'reject'))
  })
  t.pass('held')
  t.end()
})

t.test('CA4 the revision grows when the call changes, and only then', (t) => {
  always(anyStory, ({ before, call, effects }) => {
    if (call === before) {
      assert.ok(effects.every((effect) => effect.type === 'reject') && effects.length <= 1)
      return
    }
    assert.ok(call.revision > before.revision)
    assert.notDeepEqual({ ...call, revision: 0 }, { ...before, revision: 0 })
    assert.ok(effects.every((effect) => effect.type !== 'reject'))
  })
  t.pass('held')
  t.end()
})

t.test('CA5 what is told has been recorded, and every change of state is both', (t) => {
  always(anyStory, ({ before, call, effects }) => {
    const types = effects.map((effect) => effect.type)
    if (types.includes('record')) assert.equal(types[0], 'record')
    if (types.includes('announce')) assert.equal(types.at(-1), 'announce')
    if (call.state !== before.state)
      assert.ok(types.includes('record') && types.includes('announce'))
  })
  t.pass('held')
  t.end()
})

t.test(
  'CA6 legs open and close by turns, are open while connected, and are closed at the end',
  (t) => {
    fc.assert(
      fc.property(anyStory, (story) => {
        let isOpen = story.start.state === 'connected'
        for (const { call, effects } of play(story)) {
          for (const { type } of effects) {
            if (type !== 'openLeg' && type !== 'closeLeg') continue
            assert.equal(isOpen, type === 'closeLeg')
            isOpen = type === 'openLeg'
          }
          assert.equal(isOpen, call.state === 'connected')
        }
      }),
      RUNS,
    )
    t.pass('held')
    t.end()
  },
)

t.test('CA7 each outcome has its own cause', (t) => {
  const seen = new Set<Outcome>()
  fc.assert(
    fc.property(anyStory, (story) => {
      const moment = endOf(play(story))
      if (moment?.call.state !== 'ended' || moment.before.state === 'ended') return
      seen.add(moment.call.outcome)
      assertCause(moment.before, moment.event, moment.call)
      assertTimesFit(moment.call)
    }),
    RUNS,
  )
  const possible = OUTCOMES.filter((outcome) => outcome !== 'busy')
  t.same([...seen].sort(), [...possible].sort(), 'every outcome but busy came about')
  t.end()
})

/** Who must have done what for a call to end as this. Written from the words of the outcomes. */
function assertCause(before: LiveCall, event: CallEvent, { outcome, endReason }: EndedCall): void {
  const isRinging = before.state === 'inviting' || before.state === 'ringing'
  const isSignedOut = (side: Side) =>
    event.type === 'signedOut' && getSeat(before, side)?.deviceId === event.deviceId
  const isByCitizen =
    event.type === 'decline' ||
    (event.type === 'hangUp' && event.side === 'citizen') ||
    isSignedOut('citizen')
  const isByWorker =
    event.type === 'cancel' ||
    (event.type === 'hangUp' && event.side === 'worker') ||
    isSignedOut('worker')
  const wasBarred = before.state === 'connected' && before.barredAt !== null
  const isGoodbyeOver = wasBarred && endReason === 'revoked'
  const isByTime = event.type === 'tick' && !isGoodbyeOver
  const isByFailure = event.type === 'noticeFailed' && event.isAlone
  const hasSign = before.state === 'ringing' || before.noticedAt !== null
  const isByRevocation =
    event.type === 'revoked' ||
    (isRinging && event.type === 'unassigned') ||
    (event.type === 'barred' && before.state !== 'connected') ||
    (isGoodbyeOver && ['tick', 'linked', 'unlinked'].includes(event.type))
  const wasConnected = before.state === 'connected' || before.state === 'reconnecting'

  if (isByCitizen) assert.equal(endReason, 'hangup_citizen')
  else if (isByWorker) assert.equal(endReason, 'hangup_staff')
  else if (isByRevocation) assert.equal(endReason, 'revoked')
  else if (isByFailure) assert.equal(endReason, 'citizen_offline')
  else assert.ok(isByTime && (endReason === 'timeout' || endReason === 'network'))

  const causes: Record<Outcome, boolean> = {
    completed: wasConnected && (isByCitizen || isByWorker || isByRevocation),
    declined: isRinging && isByCitizen,
    missed: isRinging && hasSign && isByTime && endReason === 'timeout',
    cancelled:
      (isRinging && (isByWorker || isByRevocation)) ||
      (isRinging && isByTime && endReason === 'network' && before.worker.connectionId === null) ||
      (before.state === 'connecting' && event.type === 'cancel'),
    busy: false,
    unreachable:
      before.state === 'inviting' &&
      ((!hasSign && isByTime && endReason === 'timeout') ||
        (isByFailure && before.notice === 'sending')),
    failed: before.state === 'connecting' && event.type !== 'cancel',
    dropped: wasConnected && isByTime && endReason === 'network',
  }
  assert.deepEqual(
    OUTCOMES.filter((each) => causes[each]),
    [outcome],
  )
}

function assertTimesFit(call: EndedCall): void {
  const wasConnected = call.outcome === 'completed' || call.outcome === 'dropped'
  assert.equal(call.connectedAt !== null, wasConnected)
  assert.equal(call.path !== null, wasConnected)
  if (wasConnected || call.outcome === 'failed') assert.notEqual(call.answeredAt, null)
  if (['declined', 'missed', 'unreachable', 'busy'].includes(call.outcome)) {
    assert.equal(call.answeredAt, null)
  }
  assert.equal(call.citizen !== null, call.answeredAt !== null)
}

t.test('CA10 the instants of a call are in order, even when the clock is set back', (t) => {
  always(anyStory, ({ call }) => {
    const instants = ['createdAt', 'ringingAt', 'answeredAt', 'connectedAt', 'endedAt']
      .map((name) => (call as unknown as Record<string, number | null | undefined>)[name])
      .filter((at) => at !== null && at !== undefined)
    assert.deepEqual(
      instants,
      [...instants].sort((a, b) => a - b),
    )
  })
  t.pass('held')
  t.end()
})

t.test('CA10 under an orderly clock nothing is dated in the future', (t) => {
  always(orderlyStory, ({ call, now }) => {
    for (const name of ['ringingAt', 'answeredAt', 'connectedAt', 'lostAt', 'endedAt']) {
      const at = (call as unknown as Record<string, number | null | undefined>)[name]
      if (typeof at === 'number') assert.ok(at <= now, name)
    }
  })
  t.pass('held')
  t.end()
})

t.test('CA8 a call that is left alone ends, unless both are there and connected', (t) => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const last = play(story).at(-1)
      let call: Call = last?.call ?? story.start
      // No call needs more than one tick, but that it needs no second one is not what this says.
      for (let ticks = 0; ticks < 3; ticks++) {
        const deadline = getDeadline(call)
        if (deadline === null) break
        assert.equal(transition(call, { type: 'tick' }, deadline.at - 1).call, call, 'too early')
        call = transition(call, { type: 'tick' }, deadline.at).call
      }
      const isByRight = call.state === 'connected' && call.barredAt === null
      assert.ok(call.state === 'ended' || (isByRight && isAttended(call)))
    }),
    RUNS,
  )
  t.pass('held')
  t.end()
})

t.test('CA8 only an ended call and one connected and attended by right have no deadline', (t) => {
  always(anyStory, ({ call }) => {
    const isByRight = call.state === 'connected' && call.barredAt === null
    const isTimeless = call.state === 'ended' || (isByRight && isAttended(call))
    assert.equal(getDeadline(call) === null, isTimeless)
  })
  t.pass('held')
  t.end()
})

t.test(
  'CA16 a notice that has arrived is never unsaid, and none comes where none was sent',
  (t) => {
    always(anyStory, ({ before, call }) => {
      if (before.notice === 'none' || before.notice === 'arrived') {
        assert.equal(call.notice, before.notice)
        assert.equal(call.noticedAt, before.noticedAt)
      }
      assert.equal(call.noticedAt !== null, call.notice === 'arrived')
      if (call.noticedAt !== null) assert.ok(call.noticedAt >= call.createdAt)
    })
    t.pass('held')
    t.end()
  },
)

t.test('CA16 a ring lasts a minute after the last sign of life, and 90 s at most', (t) => {
  always(orderlyStory, ({ call }) => {
    if (call.state !== 'inviting' && call.state !== 'ringing') return
    const ringMs = getRingEnd(call) - call.createdAt
    if (call.notice === 'none') assert.equal(ringMs, RING_TIMEOUT_MS)
    else assert.ok(ringMs <= LONGEST_RING_MS)
    const signs = [call.noticedAt, call.state === 'ringing' ? call.ringingAt : null]
    for (const at of signs) {
      if (at === null || call.notice === 'none') continue
      assert.ok(ringMs >= Math.min(at - call.createdAt + NOTICED_RING_MS, LONGEST_RING_MS))
    }
  })
  t.pass('held')
  t.end()
})

t.test('CA16 whoever has no open app rings on while a notice may reach them', (t) => {
  fc.assert(
    fc.property(orderlyStory, (story) => {
      let hasFailed = false
      for (const { before, call, event } of play({ ...story, start: makeUnmetCall() })) {
        hasFailed ||= event.type === 'noticeFailed'
        if (before.state === 'ended' || call.state !== 'ended') continue
        if (call.outcome !== 'unreachable') continue
        assert.ok(hasFailed || call.endedAt - call.createdAt === LONGEST_RING_MS)
      }
    }),
    RUNS,
  )
  t.pass('held')
  t.end()
})

t.test('CA9 a window has at most one seat, and a seat changes device never', (t) => {
  always(anyStory, ({ before, call }) => {
    for (const side of ['worker', 'citizen'] as const) {
      const [was, is] = [getSeat(before, side), getSeat(call, side)]
      if (was !== null && is !== null) assert.equal(is.deviceId, was.deviceId)
      if (is !== null) assert.equal(is.connectionId === null, is.vacantSince !== null)
    }
  })
  t.pass('held')
  t.end()
})

t.test('CA13 a barred worker talks a minute more at most', (t) => {
  always(orderlyStory, ({ before, call, event, now }) => {
    if (before.state !== 'connected' || before.barredAt === null) return
    if (call.state === 'ended') {
      if (event.type === 'tick') assert.ok(call.endedAt <= before.barredAt + GOODBYE_TIMEOUT_MS)
    } else if (event.type === 'readmitted')
      assert.equal(call.state === 'connected' && call.barredAt, null)
    else assert.equal(call.state === 'connected' && call.barredAt, before.barredAt)
    if (event.type === 'tick' && now >= before.barredAt + GOODBYE_TIMEOUT_MS)
      assert.equal(call.state, 'ended')
  })
  t.pass('held')
  t.end()
})

t.test('CI3 a citizen who is busy or away gives an ended call at once', (t) => {
  const base = {
    id: callId('c'),
    workerId: personId('w'),
    citizenId: personId('c'),
    from: DESK,
    canNotify: false,
  }
  const busy = invite({ ...base, citizen: 'busy' }, CREATED_AT)
  t.match(busy.call, { state: 'ended', outcome: 'busy', endReason: 'citizen_busy' })
  t.match(busy.call, { endedAt: CREATED_AT, answeredAt: null, ringingAt: null, citizen: null })
  t.same(
    busy.effects.map((effect) => effect.type),
    ['record', 'announce'],
  )
  const away = invite({ ...base, citizen: 'unreachable' }, CREATED_AT)
  t.match(away.call, { state: 'ended', outcome: 'unreachable', endReason: 'citizen_offline' })

  const hidden = invite({ ...base, citizen: 'withoutRelay' }, CREATED_AT)
  t.match(hidden.call, {
    state: 'ended',
    outcome: 'failed',
    endReason: 'network',
    answeredAt: null,
  })
  const open = invite({ ...base, citizen: 'open' }, CREATED_AT)
  t.match(open.call, { state: 'inviting', revision: 0, createdAt: CREATED_AT, notice: 'none' })
  t.same(
    open.effects.map((effect) => effect.type),
    ['record', 'announce'],
  )

  const notified = { ...base, canNotify: true }
  const unmet = invite({ ...notified, citizen: 'unreachable' }, CREATED_AT)
  t.match(unmet.call, { state: 'inviting', notice: 'sending', noticedAt: null })
  t.match(invite({ ...notified, citizen: 'open' }, CREATED_AT).call, { notice: 'sending' })
  for (const citizen of ['busy', 'withoutRelay'] as const) {
    t.match(invite({ ...notified, citizen }, CREATED_AT).call, { state: 'ended', notice: 'none' })
  }
  t.end()
})
