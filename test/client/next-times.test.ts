import { toInstant } from '@naervaer/shared/wall'
import t from 'tap'
import { listNextTimes } from '../../client/src/components/next-times.ts'

const offered = (day: string, minute: number) =>
  listNextTimes(toInstant({ day, minute })).map((each) => [each.words, each.day, each.minute])

t.test('after a talk the same time in a week, and in two days, are offered', (t) => {
  t.strictSame(offered('2026-11-24', 601), [
    ['next.week', '2026-12-01', 600],
    ['next.twoDays', '2026-11-26', 600],
  ])
  t.strictSame(offered('2026-11-24', 593)[0], ['next.week', '2026-12-01', 600])
  t.strictSame(offered('2026-11-24', 1439)[0], ['next.week', '2026-12-01', 1425])
  t.end()
})

t.test('what would be on a weekend is on the Monday, and says so', (t) => {
  t.strictSame(offered('2026-11-26', 600)[1], ['next.monday', '2026-11-30', 600])
  t.strictSame(offered('2026-11-27', 600)[1], ['next.monday', '2026-11-30', 600])
  t.strictSame(offered('2026-11-25', 600)[1], ['next.twoDays', '2026-11-27', 600])
  t.end()
})

t.test('ten stays ten when the clocks change', (t) => {
  const [week] = listNextTimes(toInstant({ day: '2027-03-25', minute: 600 }))
  t.equal(week?.startAt, Date.UTC(2027, 3, 1, 8))
  t.end()
})

t.test('where the talk was planned, the same time is that of the plan', (t) => {
  const at = (minute: number) => toInstant({ day: '2026-11-24', minute })
  const [week, soon] = listNextTimes(at(967), at(975))
  t.match(week, { day: '2026-12-01', minute: 975 })
  t.match(soon, { day: '2026-11-26', minute: 975 })
  t.match(listNextTimes(at(967), at(970))[0], { minute: 970 }, 'also where it is no quarter')
  t.end()
})
