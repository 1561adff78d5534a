import type { Appointment, Person, PersonId } from '@naervaer/shared'
import { toInstant, type WallTime } from '@naervaer/shared/wall'
import t from 'tap'
import { findFreeTime, listTaken } from '../../client/src/components/free-time.ts'

const MINUTE_MS = 60_000
const FRIDAY = '2026-11-27'
const at = (hours: number): WallTime => ({ day: FRIDAY, minute: hours * 60 })

function taken(from: number, to: number, day = FRIDAY) {
  const of = (hours: number) => toInstant({ day, minute: hours * 60 })
  return { startAt: of(from), endAt: of(to) }
}

const wish = (change: object = {}) => ({ day: FRIDAY, lengthMinutes: 20, quiet: null, ...change })

t.test('the first free time is at ten, or as soon after it as both are free', (t) => {
  t.same(findFreeTime([], wish()), at(10))
  t.same(findFreeTime([taken(10, 10.5)], wish()), at(10.5), 'what ends is in nobody’s way')
  t.same(findFreeTime([taken(9.5, 10 + 25 / 60)], wish()), at(10.5), 'at a quarter')
  t.same(findFreeTime([taken(10.5, 11)], wish({ lengthMinutes: 60 })), at(11), 'it has room')
  t.end()
})

t.test('after a full day it is earlier in the morning, and then the next working day', (t) => {
  t.same(findFreeTime([taken(10, 16)], wish()), at(8))
  const full = [taken(8, 16)]
  t.same(findFreeTime(full, wish()), { day: '2026-11-30', minute: 600 }, 'not at the weekend')
  t.same(findFreeTime([], wish({ day: '2026-12-25' })), { day: '2026-12-28', minute: 600 })
  t.equal(findFreeTime([], wish({ lengthMinutes: 12 * 60 })), null, 'longer than a working day')
  t.end()
})

t.test('nobody is rung in their quiet hours', (t) => {
  t.same(findFreeTime([], wish({ quiet: { from: 21 * 60, to: 11 * 60 } })), at(11))
  t.end()
})

t.test('in the way is what the worker holds, and whatever the citizen has', (t) => {
  const of = (id: string) => ({ id: id as PersonId, name: id }) satisfies Person
  const one = (citizen: string, worker: string, change: Partial<Appointment> = {}) => ({
    citizenId: citizen as PersonId,
    appointment: {
      ...{ id: citizen as Appointment['id'], day: FRIDAY, kind: 'visit', revision: 1 },
      ...{ worker: of(worker), insteadOf: null, calledOff: null, lateMinutes: 0, isSeries: false },
      ...taken(10, 11),
      ...change,
    } satisfies Appointment,
  })
  const count = (...appointments: ReturnType<typeof one>[]) =>
    listTaken({ appointments }, of('mette').id, of('anna').id).length
  t.equal(count(one('jens', 'mette')), 1)
  t.equal(count(one('anna', 'sofie')), 1)
  t.equal(count(one('jens', 'sofie')), 0, 'what a colleague has with another')
  t.equal(count(one('jens', 'mette', { calledOff: 'citizen' })), 0)
  const [late] = listTaken(
    { appointments: [one('jens', 'mette', { lateMinutes: 10 })] },
    ...([of('mette').id, of('anna').id] as const),
  )
  t.equal(late?.endAt, taken(10, 11).endAt + 10 * MINUTE_MS, 'who is late is longer there')
  t.end()
})
