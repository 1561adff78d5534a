import {
  addDays,
  isDay,
  listInstants,
  toDay,
  toDayNumber,
  toInstant,
  wallTimeAt,
  weekdayOf,
} from '@naervaer/shared/wall'
import fc from 'fast-check'
import t from 'tap'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

t.test('AP2 on 28 March 2027 there is no half past two: a clock not yet changed is meant', (t) => {
  const halfPastTwo = { day: '2027-03-28', minute: 150 }
  t.same(listInstants(halfPastTwo), [])
  t.equal(toInstant(halfPastTwo), Date.UTC(2027, 2, 28, 1, 30))
  t.same(wallTimeAt(toInstant(halfPastTwo)), { day: '2027-03-28', minute: 210 })
  t.same(listInstants({ day: '2027-03-28', minute: 119 }), [Date.UTC(2027, 2, 28, 0, 59)])
  t.same(listInstants({ day: '2027-03-28', minute: 180 }), [Date.UTC(2027, 2, 28, 1)])
  t.end()
})

t.test('AP2 on 31 October 2027 half past two comes twice: the first is meant', (t) => {
  const halfPastTwo = { day: '2027-10-31', minute: 150 }
  const both = [Date.UTC(2027, 9, 31, 0, 30), Date.UTC(2027, 9, 31, 1, 30)]
  t.same(listInstants(halfPastTwo), both)
  t.equal(toInstant(halfPastTwo), both[0])
  t.same(listInstants({ day: '2027-10-31', minute: 180 }), [Date.UTC(2027, 9, 31, 2)])
  t.end()
})

t.test('AP2 whatever a wall shows leads back to the moment at which it shows it', (t) => {
  const at = fc.integer({
    min: Date.UTC(2024, 0, 1) / MINUTE_MS,
    max: Date.UTC(2037, 0, 1) / MINUTE_MS,
  })
  fc.assert(
    fc.property(at, (minutes) => {
      const instant = minutes * MINUTE_MS
      const instants = listInstants(wallTimeAt(instant))
      return instants.includes(instant) && instants.length <= 2
    }),
    { numRuns: 2000 },
  )
  t.end()
})

t.test('days and their numbers are those of the calendar, for four centuries', (t) => {
  for (let number = toDayNumber('1970-01-01'); number < toDayNumber('2370-01-01'); number += 1) {
    const date = new Date(number * DAY_MS)
    const day = date.toISOString().slice(0, 10)
    if (toDay(number) !== day || toDayNumber(day) !== number) t.fail(day)
    if (weekdayOf(day) !== (date.getUTCDay() || 7)) t.fail(`weekday of ${day}`)
  }
  t.equal(toDayNumber('1969-12-31'), -1)
  t.equal(weekdayOf('1969-12-28'), 7)
  t.equal(addDays('2028-02-28', 2), '2028-03-01')
  t.end()
})

t.test('a day that no calendar has is none', (t) => {
  for (const day of [
    '2027-02-29',
    '2027-02-30',
    '2027-13-01',
    '2027-00-10',
    '2027-04-00',
    'today',
    '',
  ]) {
    t.notOk(isDay(day), day)
  }
  for (const day of ['2028-02-29', '2026-12-31', '2027-01-01']) t.ok(isDay(day), day)
  t.end()
})
