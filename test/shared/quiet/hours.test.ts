import type { QuietHours } from '@naervaer/shared'
import { isQuiet, wallMinute } from '@naervaer/shared/quiet'
import t from 'tap'

const HOUR_MS = 3_600_000
const NIGHT: QuietHours = { from: 21 * 60, to: 9 * 60 }
const NOON: QuietHours = { from: 12 * 60, to: 13 * 60 }

t.test('QH2 the clock on the wall counts, in summer and in winter', (t) => {
  t.equal(wallMinute(Date.UTC(2026, 10, 26, 9, 5)), 10 * 60 + 5)
  t.equal(wallMinute(Date.UTC(2026, 6, 1, 22)), 0)
  t.equal(isQuiet(null, 0), false, 'who has said nothing may always be rung')
  t.end()
})

t.test('QH2 hours begin with their first minute and end before their last', (t) => {
  const at = (hour: number, minute: number) => Date.UTC(2026, 10, 26, hour - 1, minute)
  const rows: [QuietHours, number, number, boolean][] = [
    [NIGHT, 20, 59, false],
    [NIGHT, 21, 0, true],
    [NIGHT, 24, 0, true],
    [NIGHT, 8, 59, true],
    [NIGHT, 9, 0, false],
    [NOON, 11, 59, false],
    [NOON, 12, 0, true],
    [NOON, 12, 59, true],
    [NOON, 13, 0, false],
  ]
  for (const [hours, hour, minute, expected] of rows) {
    t.equal(isQuiet(hours, at(hour, minute)), expected, `${hour}.${minute}`)
  }
  t.end()
})

/** How many minutes of the day that begins at that moment are quiet. */
function countQuiet(hours: QuietHours, from: number, hoursOfDay: number): number {
  let count = 0
  for (let minute = 0; minute < hoursOfDay * 60; minute += 1) {
    if (isQuiet(hours, from + minute * 60_000)) count += 1
  }
  return count
}

t.test(
  'QH2 in the night of 28 March 2027 an hour is left out, and the end stays on the wall',
  (t) => {
    const midnight = Date.UTC(2027, 2, 27, 23)
    // 9.00 is an hour sooner after midnight than on other days.
    t.equal(isQuiet(NIGHT, midnight + 8 * HOUR_MS - 60_000), true)
    t.equal(isQuiet(NIGHT, midnight + 8 * HOUR_MS), false)
    t.equal(countQuiet(NIGHT, midnight, 23), 8 * 60 + 3 * 60)
    t.equal(countQuiet({ from: 120, to: 180 }, midnight, 23), 0, 'two to three does not come')
    t.equal(countQuiet({ from: 90, to: 210 }, midnight, 23), 60, 'half past one to half past three')
    t.end()
  },
)

t.test('QH2 in the night of 31 October 2027 an hour comes twice, and both are quiet', (t) => {
  const midnight = Date.UTC(2027, 9, 30, 22)
  t.equal(isQuiet(NIGHT, midnight + 10 * HOUR_MS - 60_000), true)
  t.equal(isQuiet(NIGHT, midnight + 10 * HOUR_MS), false)
  t.equal(countQuiet(NIGHT, midnight, 25), 10 * 60 + 3 * 60)
  t.equal(countQuiet({ from: 120, to: 180 }, midnight, 25), 120)
  t.end()
})
