import t from 'tap'
import { describeForJournal, describeLength } from '../../client/src/components/journal-line.ts'
import { texts as staff } from '../../client/src/texts/da/staff.ts'
import { addTexts } from '../../client/src/texts/text.ts'

addTexts(staff)

const MINUTE_MS = 60_000
const at = (iso: string, minutes: number) => ({
  connectedAt: Date.parse(iso),
  endedAt: Date.parse(iso) + minutes * MINUTE_MS,
})
const line = (iso: string, minutes: number): string => describeForJournal(at(iso, minutes))

t.test('L-15 the line says when, how long, by video and between whom, and no name', (t) => {
  t.equal(
    line('2026-11-26T09:02:00Z', 19),
    'Videosamtale 26-11-2026 kl. 10.02–10.21 (19 min.), borger og medarbejder',
  )
  t.end()
})

t.test('L-15 its times are those of the clock in Denmark', (t) => {
  t.match(line('2026-07-01T22:30:00Z', 10), / 02-07-2026 kl\. 00\.30–00\.40 /, 'summer, next day')
  t.match(
    line('2027-03-28T00:55:00Z', 10),
    / kl\. 01\.55–03\.05 \(10 min\.\)/,
    'over the lost hour',
  )
  t.match(
    line('2027-10-31T00:55:00Z', 10),
    / kl\. 02\.55–02\.05 \(10 min\.\)/,
    'over the double one',
  )
  t.match(
    line('2026-11-26T22:50:00Z', 20),
    / 26-11-2026 kl\. 23\.50 – 27-11-2026 kl\. 00\.10 \(20 min\.\)/,
    'over midnight',
  )
  t.end()
})

t.test('L-15 a length is told as one says it', (t) => {
  const lengths = [0, 0.4, 0.5, 1, 59.6, 60, 65].map((minutes) =>
    describeLength(at('2026-11-26T09:00:00Z', minutes)),
  )
  t.same(lengths, [
    'under 1 min.',
    'under 1 min.',
    '1 min.',
    '1 min.',
    '1 t. 0 min.',
    '1 t. 0 min.',
    '1 t. 5 min.',
  ])
  t.end()
})
