import type { Appointment, AppointmentId, Person, PersonId } from '@naervaer/shared'
import { toInstant, type WallTime } from '@naervaer/shared/wall'
import t from 'tap'
import {
  addMinutes,
  findHours,
  fromStamp,
  isOpen,
  keyOf,
  makeItems,
  moveTo,
  toStamp,
  type WeekItem,
} from '../../../client/src/week/week-item.ts'

const MINUTE_MS = 60_000
const person = (id: string, name: string): Person => ({ id: id as PersonId, name })
const ANNA = person('anna', 'Anna')
const METTE = person('mette', 'Mette')
const PEOPLE = new Map([[ANNA.id, ANNA]])

function appointmentAt(
  start: WallTime,
  minutes: number,
  change: Partial<Appointment> = {},
): Appointment {
  const startAt = toInstant(start)
  return {
    id: 'one' as AppointmentId,
    day: start.day,
    kind: 'video',
    startAt,
    endAt: startAt + minutes * MINUTE_MS,
    worker: METTE,
    insteadOf: null,
    calledOff: null,
    lateMinutes: 0,
    isSeries: false,
    revision: 1,
    ...change,
  }
}

function itemOf(appointment: Appointment): WeekItem {
  const [item] = makeItems([{ citizenId: ANNA.id, appointment }], PEOPLE)
  if (item === undefined) throw new Error('no item')
  return item
}

const stamps = ({ start, end }: WeekItem) => [toStamp(start), toStamp(end)]

t.test('an appointment stands where the wall in Denmark shows it, in winter and in summer', (t) => {
  for (const day of ['2026-11-26', '2027-06-10']) {
    const item = itemOf(appointmentAt({ day, minute: 10 * 60 }, 20))
    t.same(stamps(item), [`${day}T10:00:00`, `${day}T10:20:00`])
  }
  t.end()
})

t.test('each week has it at ten, across both changes of the clocks', (t) => {
  for (const days of [
    ['2027-03-22', '2027-03-28', '2027-03-29'],
    ['2027-10-25', '2027-10-31', '2027-11-01'],
  ]) {
    for (const day of days) {
      const item = itemOf(appointmentAt({ day, minute: 10 * 60 }, 60))
      t.same(stamps(item), [`${day}T10:00:00`, `${day}T11:00:00`])
    }
  }
  t.end()
})

t.test('the night in which an hour is left out: what was at 2.30 stands at 3.30', (t) => {
  const item = itemOf(appointmentAt({ day: '2027-03-28', minute: 150 }, 20))
  t.same(stamps(item), ['2027-03-28T03:30:00', '2027-03-28T03:50:00'])
  const long = itemOf(appointmentAt({ day: '2027-03-28', minute: 90 }, 60))
  t.same(stamps(long), ['2027-03-28T01:30:00', '2027-03-28T03:30:00'], 'as the wall shows it')
  t.end()
})

t.test('the night in which an hour comes twice: nothing ends before it begins', (t) => {
  const item = itemOf(appointmentAt({ day: '2027-10-31', minute: 150 }, 30))
  t.same(stamps(item), ['2027-10-31T02:30:00', '2027-10-31T03:00:00'])
  const over = itemOf(appointmentAt({ day: '2027-10-31', minute: 150 }, 90))
  t.ok(toStamp(over.end) > toStamp(over.start))
  t.end()
})

t.test('what is there after midnight ends on the next day', (t) => {
  const item = itemOf(appointmentAt({ day: '2026-11-26', minute: 23 * 60 + 45 }, 30))
  t.same(stamps(item), ['2026-11-26T23:45:00', '2026-11-27T00:15:00'])
  t.same(findHours([item]), { from: 7, to: 24 })
  t.end()
})

t.test('the earliest stands first, and what belongs to nobody is left out', (t) => {
  const late = appointmentAt({ day: '2026-11-26', minute: 700 }, 20)
  const early = appointmentAt({ day: '2026-11-26', minute: 600 }, 20)
  const items = makeItems(
    [
      { citizenId: ANNA.id, appointment: late },
      { citizenId: ANNA.id, appointment: early },
      { citizenId: 'gone' as PersonId, appointment: early },
    ],
    PEOPLE,
  )
  t.same(
    items.map(({ start }) => start.minute),
    [600, 700],
  )
  t.end()
})

t.test('a moved one keeps its length and who it is', (t) => {
  const item = itemOf(appointmentAt({ day: '2026-11-26', minute: 600 }, 45))
  const moved = moveTo(item, { day: '2026-11-27', minute: 23 * 60 + 30 })
  t.same(stamps(moved), ['2026-11-27T23:30:00', '2026-11-28T00:15:00'])
  t.equal(moved.key, keyOf(item.appointment))
  t.end()
})

t.test('stamps go both ways, and a zone behind them says nothing', (t) => {
  t.same(fromStamp('2026-11-26T08:05:00'), { day: '2026-11-26', minute: 485 })
  t.same(fromStamp('2026-11-26T08:05:00+02:00'), { day: '2026-11-26', minute: 485 })
  t.same(addMinutes({ day: '2027-01-01', minute: 0 }, -15), { day: '2026-12-31', minute: 1425 })
  t.same(addMinutes({ day: '2027-03-28', minute: 90 }, 1440), { day: '2027-03-29', minute: 90 })
  t.end()
})

t.test('what is over, and what a worker has called off, is left alone', (t) => {
  const start = { day: '2026-11-26', minute: 600 }
  const endAt = toInstant(start) + 20 * MINUTE_MS
  const open = (change: Partial<Appointment>, now: number) =>
    isOpen(itemOf(appointmentAt(start, 20, change)), now)
  t.equal(open({}, endAt - 1), true)
  t.equal(open({}, endAt), false)
  t.equal(open({ lateMinutes: 10 }, endAt), true, 'somebody who is late is still to come')
  t.equal(open({ calledOff: 'worker' }, endAt - 1), false)
  t.equal(open({ calledOff: 'citizen' }, endAt - 1), true, 'a new time may be found')
  t.end()
})

t.test('the grid has the hours of a working day, and more where there is more', (t) => {
  t.same(findHours([]), { from: 7, to: 17 })
  const items = [
    itemOf(appointmentAt({ day: '2026-11-26', minute: 6 * 60 + 30 }, 20)),
    itemOf(appointmentAt({ day: '2026-11-26', minute: 18 * 60 }, 61)),
  ]
  t.same(findHours(items), { from: 6, to: 20 })
  t.end()
})
