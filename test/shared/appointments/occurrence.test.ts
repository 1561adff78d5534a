import type { AppointmentId, Person, PersonId } from '@naervaer/shared'
import {
  type Pattern,
  asPlanned,
  endWith,
  findHolder,
  isHolderAway,
  isOver,
  listOccurrences,
  makeOccurrence,
  pickUpcoming,
  type Exception,
  type Period,
  type Plan,
} from '@naervaer/shared/appointments'
import { wallTimeAt } from '@naervaer/shared/wall'
import t from 'tap'

const METTE: Person = { id: 'mette' as PersonId, name: 'Mette Holm' }
const SOFIE: Person = { id: 'sofie' as PersonId, name: 'Sofie Dam' }

/** Thursdays at ten, twenty minutes, over both changes of the clocks. */
const PLAN: Plan = {
  id: 'a' as AppointmentId,
  citizenId: 'anna' as PersonId,
  workerId: METTE.id,
  kind: 'video',
  pattern: {
    firstDay: '2026-11-26',
    lastDay: '2027-12-30',
    repeats: { every: 'week', weekdays: [4] },
  },
  startMinute: 600,
  lengthMinutes: 20,
  revision: 1,
}
const YEAR = { from: Date.UTC(2026, 10, 1), to: Date.UTC(2028, 0, 1) }
const MINUTE_MS = 60_000
const firstStart = Date.UTC(2026, 10, 26, 9)

const off = (day: string): Exception => ({ ...asPlanned(day), calledOff: 'citizen' })

t.test('AP1 ten stays ten over both changes of the clocks (W-13)', (t) => {
  const all = listOccurrences(PLAN, [], YEAR)
  t.equal(all.length, 58)
  t.strictSame([...new Set(all.map(({ startAt }) => wallTimeAt(startAt).minute))], [600])
  const hours = new Set(all.map(({ startAt }) => new Date(startAt).getUTCHours()))
  t.strictSame([...hours].sort(), [8, 9], 'by UTC it moves')
  t.end()
})

t.test('AP2 in the night of the change each time of a series takes place once', (t) => {
  const pattern: Pattern = { ...PLAN.pattern, repeats: { every: 'day', weekdays: [] } }
  const night = { ...PLAN, pattern, startMinute: 150 }
  const inMarch = listOccurrences(night, [], {
    from: Date.UTC(2027, 2, 27, 12),
    to: Date.UTC(2027, 2, 28, 12),
  })
  t.strictSame(
    inMarch.map(({ startAt }) => startAt),
    [Date.UTC(2027, 2, 28, 1, 30)],
  )
  const inOctober = listOccurrences(night, [], {
    from: Date.UTC(2027, 9, 30, 12),
    to: Date.UTC(2027, 9, 31, 12),
  })
  t.strictSame(
    inOctober.map(({ startAt }) => startAt),
    [Date.UTC(2027, 9, 31, 0, 30)],
  )
  t.end()
})

t.test('AP5 one time is moved away from its day and into another span', (t) => {
  const moved: Exception = {
    ...asPlanned('2026-12-03'),
    moved: { day: '2026-12-08', minute: 13 * 60, lengthMinutes: 45 },
  }
  const week = (date: number) => ({
    from: Date.UTC(2026, 11, date),
    to: Date.UTC(2026, 11, date + 3),
  })
  t.same(listOccurrences(PLAN, [moved], week(2)), [])
  const [there] = listOccurrences(PLAN, [moved], week(7))
  t.equal(there?.day, '2026-12-03', 'it keeps its name')
  t.same(wallTimeAt(there?.startAt ?? 0), { day: '2026-12-08', minute: 780 })
  t.equal((there?.endAt ?? 0) - (there?.startAt ?? 0), 45 * MINUTE_MS)
  t.end()
})

t.test('AP5 an end leaves what was before, and drops what had been moved after it', (t) => {
  const moved: Exception = {
    ...asPlanned('2026-12-17'),
    moved: { day: '2026-12-01', minute: 600, lengthMinutes: 20 },
  }
  const ended = { ...PLAN, pattern: endWith(PLAN.pattern, '2026-12-03') }
  t.same(
    listOccurrences(ended, [moved], YEAR).map(({ day }) => day),
    ['2026-11-26', '2026-12-03'],
  )
  t.same(endWith(ended.pattern, '2027-01-01'), ended.pattern, 'an end is never put off')
  t.end()
})

t.test('AP11 what lies ahead is what was called off, up to the next that takes place', (t) => {
  const days = (exceptions: readonly Exception[], now: number) =>
    pickUpcoming(listOccurrences(PLAN, exceptions, YEAR), now).map(({ day }) => day)
  t.same(days([], firstStart - MINUTE_MS), ['2026-11-26'])
  t.same(days([off('2026-11-26')], firstStart), ['2026-11-26', '2026-12-03'])
  t.same(days([off('2026-12-10')], firstStart), ['2026-11-26'], 'later ones can wait')
  const many = ['2026-11-26', '2026-12-03', '2026-12-10'].map(off)
  t.same(days(many, firstStart), ['2026-11-26', '2026-12-10', '2026-12-17'], 'what was said last')
  t.same(days([], Date.UTC(2027, 11, 31)), [])
  t.end()
})

t.test('AP11 being late moves the end on, and having talked is the end', (t) => {
  const exception = asPlanned('2026-11-26')
  const end = firstStart + 20 * MINUTE_MS
  const [plain, late, held] = [
    makeOccurrence(PLAN, exception),
    makeOccurrence(PLAN, { ...exception, lateMinutes: 15 }),
    makeOccurrence(PLAN, { ...exception, isHeld: true }),
  ]
  t.notOk(isOver(plain, end - 1))
  t.ok(isOver(plain, end))
  t.notOk(isOver(late, end + 15 * MINUTE_MS - 1))
  t.ok(isOver(late, end + 15 * MINUTE_MS))
  t.ok(isOver(held, firstStart))
  t.end()
})

t.test('AP8 who holds it is asked of the assignments at its start', (t) => {
  const primary: Period = { worker: METTE, kind: 'primary', fromAt: 0, toAt: null }
  const cover: Period = {
    worker: SOFIE,
    kind: 'substitute',
    fromAt: firstStart,
    toAt: firstStart + 1,
  }
  const by = (worker: Person, startAt = firstStart) => ({ workerId: worker.id, startAt })
  const whole = [primary, cover]
  t.same(findHolder(by(METTE), whole), { worker: METTE, insteadOf: null, away: null })
  t.same(findHolder(by(SOFIE), whole), { worker: SOFIE, insteadOf: METTE, away: null })
  t.same(
    findHolder(by(SOFIE, firstStart + 1), whole),
    { worker: METTE, insteadOf: null, away: null },
    'after the period it is the own worker’s again',
  )
  t.same(findHolder(by(METTE), [cover]), { worker: SOFIE, insteadOf: null, away: null })
  t.equal(findHolder(by(METTE), []), null)
  const both: Period = { ...cover, kind: 'primary' }
  t.same(findHolder(by(SOFIE), [cover, both]), { worker: SOFIE, insteadOf: null, away: null })
  t.end()
})

t.test('AB3 whoever is not at work holds it only where nobody else is there', (t) => {
  const away = [{ fromAt: firstStart, toAt: firstStart + 1 }]
  const primary: Period = { worker: METTE, kind: 'primary', fromAt: 0, toAt: null, away }
  const cover: Period = { worker: SOFIE, kind: 'substitute', fromAt: 0, toAt: null }
  const by = (worker: Person, startAt = firstStart) => ({ workerId: worker.id, startAt })
  const covered = findHolder(by(METTE), [primary, cover])
  t.same(covered, { worker: SOFIE, insteadOf: METTE, away: METTE })
  t.equal(covered !== null && isHolderAway(covered), false)
  const alone = findHolder(by(METTE), [primary])
  t.same(alone, { worker: METTE, insteadOf: null, away: METTE })
  t.equal(alone !== null && isHolderAway(alone), true)
  const back = findHolder(by(METTE, firstStart + 1), [primary, cover])
  t.same(back, { worker: METTE, insteadOf: null, away: null }, 'the moment it ends')
  const both = [primary, { ...cover, away }]
  t.same(findHolder(by(METTE), both), { worker: METTE, insteadOf: null, away: METTE })
  t.end()
})
