import t from 'tap'
import { findRate, isDay, type MileageRate } from '@naervaer/shared'

const RATES: readonly MileageRate[] = [
  { validFrom: '2026-01-01', orePerKm: 394 },
  { validFrom: '2024-01-01', orePerKm: 379 },
  { validFrom: '2026-07-15', orePerKm: 401 },
]

t.test('the rate of a day is the last one that has begun, in whatever order they stand', (t) => {
  for (const [day, orePerKm] of [
    ['2023-12-31', undefined],
    ['2024-01-01', 379],
    ['2025-12-31', 379],
    ['2026-01-01', 394],
    ['2026-07-14', 394],
    ['2026-07-15', 401],
    ['2031-03-01', 401],
  ] as const) {
    t.equal(findRate(RATES, day)?.orePerKm, orePerKm, day)
  }
  t.equal(findRate([], '2026-01-01'), null)
  t.end()
})

t.test('a day is one that there is', (t) => {
  for (const day of ['2026-01-01', '2024-02-29', '2000-02-29', '2026-12-31']) t.ok(isDay(day), day)
  for (const day of [
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-1',
    '01-01-2026',
    '2026-01-01T00:00',
    '',
  ]) {
    t.notOk(isDay(day), day)
  }
  t.end()
})
