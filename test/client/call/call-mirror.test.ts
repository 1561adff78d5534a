import type { CallView } from '@naervaer/shared'
import t from 'tap'
import { derivePhase, endUnseen, takeView } from '../../../client/src/call/call-mirror.ts'
import { makeView } from './make-view.ts'

t.test('CV1 a view with a lower revision is old news', (t) => {
  const known = makeView({ revision: 5, state: 'connecting' })
  t.equal(takeView(known, makeView({ revision: 4, state: 'ringing' })), known)
  const newer = makeView({ revision: 6, state: 'connected' })
  t.equal(takeView(known, newer), newer)
  t.end()
})

t.test('the end of another call does not take the place of the one that lives', (t) => {
  const live = makeView({ state: 'connected' })
  const other = makeView({ id: '0190a000-0000-7000-8000-0000000000ff', state: 'ended' })
  t.equal(takeView(live, other), live)
  t.equal(takeView(makeView({ state: 'ended' }), other), other)
  t.end()
})

t.test('a call that the snapshot no longer knows is over, its outcome unknown', (t) => {
  const ended = endUnseen(makeView({ state: 'connected' }), 1234)
  t.match(ended, { state: 'ended', endedAt: 1234, outcome: null })
  t.end()
})

const phases: [Partial<CallView>, 'worker' | 'citizen', boolean, string][] = [
  [{ state: 'inviting', seat: 'here' }, 'worker', true, 'outgoing'],
  [{ state: 'ringing', seat: 'elsewhere' }, 'worker', false, 'elsewhere'],
  [{ state: 'ringing', seat: 'none' }, 'citizen', false, 'incoming'],
  [{ state: 'inviting', seat: 'none' }, 'citizen', false, 'incoming'],
  [{ state: 'connecting', seat: 'here' }, 'citizen', true, 'talking'],
  [{ state: 'connected', seat: 'elsewhere' }, 'citizen', true, 'elsewhere'],
  [{ state: 'reconnecting', seat: 'vacant' }, 'worker', false, 'vacant'],
  [{ state: 'ended', outcome: 'missed' }, 'citizen', true, 'ended'],
  [{ state: 'ended', outcome: 'missed' }, 'citizen', false, 'idle'],
  [{ state: 'ended', outcome: 'declined' }, 'citizen', true, 'idle'],
  [{ state: 'ended', outcome: 'declined' }, 'worker', true, 'ended'],
]

t.test('what a window has to do with a call', (t) => {
  for (const [view, role, wasInvolved, phase] of phases) {
    t.equal(derivePhase(makeView(view), role, wasInvolved), phase, `${role}: ${phase}`)
  }
  t.equal(derivePhase(null, 'worker', true), 'idle')
  t.end()
})
