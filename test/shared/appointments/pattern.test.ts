import {
  listDays,
  makePattern,
  planNew,
  type Pattern,
  type Repeat,
} from '@naervaer/shared/appointments'
import { toDay, toDayNumber, weekdayOf, type Weekday } from '@naervaer/shared/wall'
import fc from 'fast-check'
import rrule from 'rrule'
import t from 'tap'

const { RRule } = rrule
const WEEKDAYS = [RRule.MO, RRule.TU, RRule.WE, RRule.TH, RRule.FR, RRule.SA, RRule.SU]
const LIMITS = { furthest: '2037-12-31', most: 10_000 }

const asDate = (day: string) => new Date(`${day}T00:00:00Z`)

/** The same as another implementation of RFC 5545 has it, with days as if they were UTC's. */
function askRRule(firstDay: string, { every, weekdays, end }: Repeat): string[] {
  const rule = new RRule({
    freq: every === 'day' ? RRule.DAILY : RRule.WEEKLY,
    interval: every === 'twoWeeks' ? 2 : 1,
    wkst: RRule.MO,
    dtstart: asDate(firstDay),
    ...(every === 'day'
      ? {}
      : { byweekday: weekdays.map((each) => WEEKDAYS[each - 1] ?? RRule.MO) }),
    ...('until' in end ? { until: asDate(end.until) } : { count: end.count }),
  })
  return rule.all().map((date) => date.toISOString().slice(0, 10))
}

const weekday = fc.constantFrom<Weekday[]>(1, 2, 3, 4, 5, 6, 7)
const wish = fc.record({
  first: fc.integer({ min: toDayNumber('2026-01-01'), max: toDayNumber('2036-01-01') }),
  every: fc.constantFrom('day' as const, 'week' as const, 'twoWeeks' as const),
  others: fc.uniqueArray(weekday, { maxLength: 6 }),
  length: fc.integer({ min: 0, max: 400 }),
  isCounted: fc.boolean(),
})

t.test('AP3 a series is what RFC 5545 says, by another implementation, over ten years', (t) => {
  fc.assert(
    fc.property(wish, ({ first, every, others, length, isCounted }) => {
      const firstDay = toDay(first)
      const weekdays = [...new Set([weekdayOf(firstDay), ...others])]
      const end = isCounted ? { count: length + 1 } : { until: toDay(first + length) }
      const repeat: Repeat = { every, weekdays, end }
      const pattern = makePattern(firstDay, repeat, { ...LIMITS, furthest: '2060-12-31' })
      if (typeof pattern === 'string') throw new Error(pattern)
      const days = listDays(pattern, firstDay, pattern.lastDay)
      t.strictSame(days, askRRule(firstDay, repeat))
    }),
    { numRuns: 300 },
  )
  t.end()
})

t.test('AP3 a span has the same days as the whole series has in it', (t) => {
  fc.assert(
    fc.property(wish, fc.integer({ min: -50, max: 450 }), fc.nat(60), (each, offset, span) => {
      const firstDay = toDay(each.first)
      const weekdays = [...new Set([weekdayOf(firstDay), ...each.others])]
      const pattern: Pattern = {
        firstDay,
        lastDay: toDay(each.first + each.length),
        repeats: { every: each.every, weekdays },
      }
      const [from, to] = [toDay(each.first + offset), toDay(each.first + offset + span)]
      const whole = listDays(pattern, pattern.firstDay, pattern.lastDay)
      t.strictSame(
        listDays(pattern, from, to),
        whole.filter((day) => day >= from && day <= to),
      )
    }),
    { numRuns: 300 },
  )
  t.end()
})

t.test('AP3 every second week goes on over week 53', (t) => {
  const repeat: Repeat = { every: 'twoWeeks', weekdays: [4], end: { count: 4 } }
  const pattern = makePattern('2026-12-17', repeat, LIMITS)
  if (typeof pattern === 'string') throw new Error(pattern)
  t.same(listDays(pattern, '2026-01-01', '2027-12-31'), [
    '2026-12-17',
    '2026-12-31',
    '2027-01-14',
    '2027-01-28',
  ])
  t.end()
})

const NOW = Date.UTC(2026, 10, 26, 9)
const HALF_PAST_TWO = { day: '2027-03-28', minute: 150, lengthMinutes: 20, repeat: null }
const weekly = (end: Repeat['end']): Repeat => ({ every: 'week', weekdays: [7], end })

t.test('AP4 what cannot be planned says why', (t) => {
  const rows: [string, Parameters<typeof planNew>[0], string][] = [
    ['a time that is left out', HALF_PAST_TWO, 'APPOINTMENT_TIME_MISSING'],
    ['a day of no calendar', { ...HALF_PAST_TWO, day: '2027-02-30' }, 'APPOINTMENT_TIME_MISSING'],
    ['yesterday', { ...HALF_PAST_TWO, day: '2026-11-25' }, 'APPOINTMENT_TIME_PAST'],
    [
      'over this minute',
      { ...HALF_PAST_TWO, day: '2026-11-26', minute: 10 * 60 - 20 },
      'APPOINTMENT_TIME_PAST',
    ],
    ['in two years', { ...HALF_PAST_TWO, day: '2028-11-26' }, 'APPOINTMENT_TOO_FAR'],
    [
      'ten thousand times',
      { ...HALF_PAST_TWO, minute: 600, repeat: weekly({ count: 10_000 }) },
      'APPOINTMENT_SERIES_TOO_LONG',
    ],
    [
      'more often than there are days',
      { ...HALF_PAST_TWO, minute: 600, repeat: weekly({ count: 300 }) },
      'APPOINTMENT_TOO_FAR',
    ],
    [
      'an end before the beginning',
      { ...HALF_PAST_TWO, minute: 600, repeat: weekly({ until: '2027-03-27' }) },
      'APPOINTMENT_SERIES_INVALID',
    ],
    [
      'an end of no calendar',
      { ...HALF_PAST_TWO, minute: 600, repeat: weekly({ until: '2027-06-31' }) },
      'APPOINTMENT_TIME_MISSING',
    ],
    [
      'an end too far away',
      { ...HALF_PAST_TWO, minute: 600, repeat: weekly({ until: '2029-03-27' }) },
      'APPOINTMENT_TOO_FAR',
    ],
    [
      'a Sunday that is none of its days',
      { ...HALF_PAST_TWO, minute: 600, repeat: { ...weekly({ count: 2 }), weekdays: [1] } },
      'APPOINTMENT_SERIES_INVALID',
    ],
    [
      'on no day of the week',
      { ...HALF_PAST_TWO, minute: 600, repeat: { ...weekly({ count: 2 }), weekdays: [] } },
      'APPOINTMENT_SERIES_INVALID',
    ],
  ]
  for (const [what, each, code] of rows) t.equal(planNew(each, NOW), code, what)
  t.end()
})

t.test(
  'AP4 what runs already, the hour that comes twice, and a year of days can be planned',
  (t) => {
    const once = { lengthMinutes: 20, repeat: null }
    const running = { ...once, day: '2026-11-26', minute: 10 * 60 - 19 }
    t.same(planNew(running, NOW), { firstDay: running.day, lastDay: running.day, repeats: null })
    const twice = { ...once, day: '2027-10-31', minute: 150 }
    t.same(planNew(twice, NOW), { firstDay: twice.day, lastDay: twice.day, repeats: null })
    const daily: Repeat = { every: 'day', weekdays: [], end: { count: 400 } }
    const all = planNew({ ...running, repeat: daily }, NOW)
    t.match(all, { firstDay: '2026-11-26', lastDay: '2027-12-30' })
    t.end()
  },
)
