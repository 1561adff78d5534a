import { addDays, easterOf, holidayOn, oftenOffOn, weekdayOf } from '@naervaer/shared/wall'
import t from 'tap'

/** As the almanac of the University of Copenhagen and the Church have them. */
const EASTERS = [
  ...['2023-04-09', '2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16'],
  ...['2029-04-01', '2030-04-21', '2031-04-13', '2032-03-28', '2033-04-17', '2034-04-09'],
  ...['2035-03-25', '2038-04-25', '2285-03-22', '1818-03-22', '2000-04-23'],
]

t.test('AP14 Easter is where the almanacs have it', (t) => {
  for (const easter of EASTERS) t.equal(easterOf(Number(easter.slice(0, 4))), easter)
  for (let year = 1900; year < 2300; year += 1) {
    const easter = easterOf(year)
    t.equal(weekdayOf(easter), 7)
    t.ok(easter.slice(5) >= '03-22' && easter.slice(5) <= '04-25', easter)
  }
  t.end()
})

const listOf = (year: number) => {
  const days: [string, string][] = []
  for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) {
    const holiday = holidayOn(day)
    if (holiday !== null) days.push([day.slice(5), holiday])
  }
  return days
}

t.test('AP14 the holidays of 2026 and 2027, as the law has them', (t) => {
  t.strictSame(listOf(2026), [
    ['01-01', 'newYear'],
    ['04-02', 'maundyThursday'],
    ['04-03', 'goodFriday'],
    ['04-05', 'easter'],
    ['04-06', 'easterMonday'],
    ['05-14', 'ascension'],
    ['05-24', 'whitsun'],
    ['05-25', 'whitMonday'],
    ['12-25', 'christmas'],
    ['12-26', 'secondChristmas'],
  ])
  t.strictSame(
    listOf(2027).map(([day]) => day),
    ['01-01', '03-25', '03-26', '03-28', '03-29', '05-06', '05-16', '05-17', '12-25', '12-26'],
  )
  t.end()
})

t.test('AP14 Store bededag is none since 2024', (t) => {
  t.equal(holidayOn('2023-05-05'), 'prayerDay')
  for (let year = 2024; year <= 2035; year += 1) {
    t.equal(listOf(year).length, 10, String(year))
    t.equal(holidayOn(addDays(easterOf(year), 26)), null, String(year))
  }
  t.end()
})

t.test('AP14 what no law makes a holiday is said otherwise', (t) => {
  for (const [day, name] of [
    ['2026-06-05', 'constitution'],
    ['2026-12-24', 'christmasEve'],
    ['2026-12-31', 'newYearsEve'],
  ] as const) {
    t.equal(holidayOn(day), null)
    t.equal(oftenOffOn(day), name)
  }
  t.equal(oftenOffOn('2026-05-01'), null)
  t.end()
})
