import t from 'tap'
import { listSpan, weekNumber, weekOf } from '../../../client/src/week/days.ts'

t.test('a week goes from Monday to Sunday, over the ends of years', (t) => {
  t.same(weekOf('2026-11-26'), { from: '2026-11-23', to: '2026-11-29' })
  t.same(weekOf('2026-11-23'), { from: '2026-11-23', to: '2026-11-29' })
  t.same(weekOf('2027-01-03'), { from: '2026-12-28', to: '2027-01-03' })
  t.equal(listSpan(weekOf('2027-03-28')).length, 7, 'a change of the clocks takes no day away')
  t.end()
})

t.test('weeks are counted as in Danish calendars (ISO 8601)', (t) => {
  const numbers = [
    '2026-11-26',
    '2026-12-31',
    '2027-01-03',
    '2027-01-04',
    '2024-12-30',
    '2021-01-01',
  ]
  t.same(numbers.map(weekNumber), [48, 53, 53, 1, 1, 53])
  t.end()
})
