import t from 'tap'
import type {
  Appointment,
  AppointmentId,
  AppointmentKind,
  CitizenPresence,
  PersonId,
} from '@naervaer/shared'
import {
  describeBadge,
  findArrivals,
  findWaiting,
  keepOrder,
  putFirst,
} from '../../../../client/src/controllers/desk/waiting.ts'

type Citizen = Pick<CitizenPresence, 'person' | 'callback' | 'availability'>

const citizen = (name: string, change: Partial<Citizen> = {}): Citizen => ({
  person: { id: name as PersonId, name },
  callback: null,
  availability: 'open',
  ...change,
})
const asked = (at: number, seenAt: number | null = null) => ({ callback: { askedAt: at, seenAt } })
const READY = { availability: 'ready' } as const
const names = (citizens: readonly Citizen[]) => citizens.map(({ person }) => person.name).join(' ')

t.test('who has asked, or is ready, waits; what has been seen calls nobody', (t) => {
  const waiting = findWaiting([
    citizen('anna', asked(1)),
    citizen('jens', asked(1, 2)),
    citizen('max', READY),
    citizen('liz'),
    citizen('per', { ...asked(3), ...READY }),
    citizen('ida', { ...asked(1, 2), ...READY }),
  ])
  t.same(Object.fromEntries(waiting), {
    anna: 'callback',
    max: 'ready',
    per: 'callback',
    ida: 'ready',
  })
  t.equal(describeBadge(waiting), '(4) ')
  t.equal(describeBadge(findWaiting([citizen('liz')])), '')
  t.end()
})

t.test('ready for a visit or a telephone call waits for no ring', (t) => {
  const appointment = (kind: AppointmentKind): Appointment => ({
    ...{ id: 'a' as AppointmentId, day: '2026-11-26', kind, startAt: 0, endAt: 1 },
    ...{ worker: { id: 'w' as PersonId, name: 'Mette' }, insteadOf: null, isSeries: false },
    ...{ lateMinutes: 0, calledOff: null, revision: 1, answered: 'ready' },
  })
  const withOne = (kind: AppointmentKind) => ({
    ...citizen(kind),
    appointments: [appointment(kind)],
  })
  const waiting = findWaiting([withOne('video'), withOne('visit'), withOne('phone')])
  t.same(Object.fromEntries(waiting), { video: 'ready' })
  t.end()
})

t.test('news is who did not wait before, or for something else', (t) => {
  const before = findWaiting([citizen('anna', asked(1)), citizen('max', READY)])
  const now = findWaiting([
    citizen('anna', asked(1)),
    citizen('max', asked(2)),
    citizen('liz', READY),
  ])
  t.same(Object.fromEntries(findArrivals(before, now)), { max: 'callback', liz: 'ready' })
  t.equal(findArrivals(now, now).size, 0)
  t.end()
})

t.test(
  'who has asked comes first, the longest wait before the others, also when it was seen',
  (t) => {
    const list = [
      citizen('anna'),
      citizen('jens', asked(20)),
      citizen('liz'),
      citizen('max', asked(10, 15)),
    ]
    t.equal(names(putFirst(list)), 'max jens anna liz')
    t.equal(names(list), 'anna jens liz max', 'and what was given stays as it was')
    t.end()
  },
)

t.test('an order that is in use is kept, and whoever is new comes at the end', (t) => {
  const list = [citizen('anna', asked(1)), citizen('ida'), citizen('jens'), citizen('max')]
  const order = ['max', 'jens', 'gone', 'anna'] as PersonId[]
  t.equal(names(keepOrder(list, order)), 'max jens anna ida')
  t.end()
})
