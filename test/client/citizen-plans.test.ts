import type { Appointment } from '@naervaer/shared'
import t from 'tap'
import { latenessOf, readPlans, readReached } from '../../client/src/components/citizen-plans.ts'
import { appointmentOf, SOFIE } from './gallery/appointments.ts'
import { METTE } from './gallery/fake-services.ts'

const MINUTE_MS = 60_000
const VISIT = appointmentOf({ kind: 'visit' })

/** Where Mette may say that she is late, so many minutes before. */
const lateIn = (minutes: number, change: Partial<Appointment> = {}) =>
  readPlans([{ ...VISIT, ...change }], METTE.id, VISIT.startAt - minutes * MINUTE_MS).lateIn

t.test('what has been called off is not next, and only some of it asks for an answer', (t) => {
  const [citizen, worker, waiting] = (['citizen', 'worker', 'waiting'] as const).map((calledOff) =>
    appointmentOf({ calledOff }),
  )
  if (citizen === undefined || worker === undefined || waiting === undefined) throw new Error()
  const plans = readPlans([citizen, worker, waiting, VISIT], METTE.id, 0)
  t.equal(plans.next, VISIT)
  t.same(plans.off, [citizen, worker, waiting])
  t.same(plans.open, [citizen, waiting])
  t.same(plans.standing, [VISIT])
  t.end()
})

t.test('nothing planned is nothing to be late for', (t) => {
  t.same(readPlans([], METTE.id, 0), {
    next: null,
    off: [],
    open: [],
    standing: [],
    lateIn: null,
  })
  t.end()
})

t.test('lateness is offered two hours before behind "Mere", and near the time in the row', (t) => {
  t.equal(lateIn(121), null)
  t.equal(lateIn(120), 'more')
  t.equal(lateIn(31), 'more')
  t.equal(lateIn(30), 'row')
  t.equal(lateIn(-10), 'row', 'it has begun')
  t.equal(lateIn(100, { lateMinutes: 10 }), 'row', 'what has been said stays in sight')
  t.equal(lateIn(10, { worker: SOFIE }), null, 'it is for whoever holds it')
  t.end()
})

t.test('one says another lateness than the one that stands', (t) => {
  t.same(latenessOf(VISIT), [5, 10, 15])
  t.same(latenessOf({ ...VISIT, lateMinutes: 10 }), [5, 15])
  t.end()
})

t.test(
  'N6 that a reminder has not come is said of its own appointment, and only where nobody is there',
  (t) => {
    const next = appointmentOf()
    const sentAt = next.startAt - 10 * MINUTE_MS
    const now = sentAt + 2 * MINUTE_MS
    const of = (state: 'sent' | 'arrived' | 'failed', change = {}, at = sentAt) =>
      readReached({ reached: { state, at }, availability: 'unreachable', ...change }, next, now)
        ?.state ?? null
    t.equal(of('failed'), 'failed')
    t.equal(of('sent'), 'sent')
    t.equal(of('sent', {}, now - 1), null, 'a receipt takes a moment')
    t.equal(of('failed', { availability: 'open' }), null, 'the app is open, and asks itself')
    t.equal(
      of('failed', {}, sentAt - 15 * MINUTE_MS),
      null,
      'that was of another, or of another time',
    )
    t.equal(of('arrived', {}, sentAt - 15 * MINUTE_MS), 'arrived', 'the device can be woken')
    const answered = { ...next, answered: 'ready' as const }
    const reached = { state: 'failed' as const, at: sentAt }
    t.equal(readReached({ reached, availability: 'unreachable' }, answered, now), null)
    t.equal(readReached({ availability: 'unreachable' }, next, now), null)
    t.end()
  },
)
