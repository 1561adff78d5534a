import type { AppointmentId, PersonId } from '@naervaer/shared'
import {
  asPlanned,
  changeSeries,
  listDays,
  listOccurrences,
  SCOPES,
  type Exception,
  type Plan,
} from '@naervaer/shared/appointments'
import { addDays, toDay, toDayNumber, toInstant, weekdayOf } from '@naervaer/shared/wall'
import fc from 'fast-check'
import rrule from 'rrule'
import t from 'tap'

const { RRule } = rrule

const asDate = (day: string) => new Date(`${day}T00:00:00Z`)

const wish = fc.record({
  first: fc.integer({ min: toDayNumber('2026-01-01'), max: toDayNumber('2036-01-01') }),
  every: fc.constantFrom('week' as const, 'twoWeeks' as const),
  count: fc.integer({ min: 2, max: 20 }),
  at: fc.nat(19),
  days: fc.integer({ min: -6, max: 20 }),
  scope: fc.constantFrom(...SCOPES.filter((scope) => scope !== 'this')),
  off: fc.nat(19),
  passed: fc.nat(19),
})

t.test('AP13 a changed series is what RFC 5545 says, by another implementation', (t) => {
  fc.assert(
    fc.property(wish, ({ first, every, count, at, days, scope, off, passed }) => {
      const step = every === 'week' ? 7 : 14
      const old = Array.from({ length: count }, (_each, index) => toDay(first + index * step))
      const day = old[at % count] ?? ''
      const now = toInstant({ day: old[Math.min(passed, at) % count] ?? '', minute: 0 })
      const target = {
        kind: 'phone',
        day: addDays(day, days),
        minute: 600,
        lengthMinutes: 20,
      } as const
      // What would be over then is refused before, see `checkTime`.
      if (toInstant(target) <= now) return
      const plan = makePlan(toDay(first), old.at(-1) ?? '', every)
      const offDay = old[off % count] ?? ''
      const exception: Exception = { ...asPlanned(offDay), calledOff: 'citizen' }
      const change = changeSeries({ plan, exceptions: [exception] }, { day, scope, target }, now)
      if (typeof change === 'string') throw new Error(change)
      const { kept, fromDay, changed } = change
      const { pattern } = changed.plan
      t.strictSame(
        kept === null ? [] : listDays(kept, kept.firstDay, kept.lastDay),
        old.filter((each) => each < fromDay),
        'what was before stays',
      )
      const rule = new RRule({
        freq: RRule.WEEKLY,
        interval: every === 'week' ? 1 : 2,
        wkst: RRule.MO,
        dtstart: asDate(addDays(fromDay, days)),
        count: old.filter((each) => each >= fromDay).length,
      })
      t.strictSame(
        listDays(pattern, pattern.firstDay, pattern.lastDay),
        rule.all().map((date) => date.toISOString().slice(0, 10)),
      )
      const span = { from: 0, to: Date.UTC(2040, 0, 1) }
      const isOff = listOccurrences(changed.plan, changed.exceptions, span)
        .filter(({ calledOff }) => calledOff !== null)
        .map((each) => each.day)
      t.strictSame(isOff, offDay >= fromDay && offDay !== day ? [addDays(offDay, days)] : [])
    }),
    { numRuns: 500 },
  )
  t.end()
})

function makePlan(firstDay: string, lastDay: string, every: 'week' | 'twoWeeks'): Plan {
  return {
    id: 'a' as AppointmentId,
    citizenId: 'anna' as PersonId,
    workerId: 'mette' as PersonId,
    kind: 'video',
    pattern: { firstDay, lastDay, repeats: { every, weekdays: [weekdayOf(firstDay)] } },
    startMinute: 885,
    lengthMinutes: 20,
    revision: 1,
  }
}
