import { NaervaerError } from '@naervaer/shared'
import type { SpanReply } from '@naervaer/shared/appointments'
import t from 'tap'
import type { DaySpan } from '../../../client/src/week/days.ts'
import { WeekReading } from '../../../client/src/week/week-reading.ts'

const THIS: DaySpan = { from: '2026-11-23', to: '2026-11-29' }
const NEXT: DaySpan = { from: '2026-11-30', to: '2026-12-06' }

interface Answer {
  readonly resolve: (reply: SpanReply) => void
  readonly reject: (error: Error) => void
}

/** A desk whose answers the test gives, in the order it likes. */
function makeDesk() {
  const asked: { span: DaySpan; answer: Answer }[] = []
  const list = (span: DaySpan) =>
    new Promise<SpanReply>((resolve, reject) => {
      asked.push({ span, answer: { resolve, reject } })
    })
  let drawn = 0
  const reading = new WeekReading({ requestUpdate: () => (drawn += 1) }, () => ({ list }))
  return { asked, reading, drawn: () => drawn }
}

const EMPTY: SpanReply = { appointments: [] }

t.test('only the days that are shown are asked for, and once', async (t) => {
  const { asked, reading, drawn } = makeDesk()
  const done = reading.show(THIS)
  await reading.show({ ...THIS })
  t.same(
    asked.map(({ span }) => span),
    [THIS],
  )
  t.equal(reading.value, null)
  asked[0]?.answer.resolve(EMPTY)
  await done
  t.same(reading.value, [])
  t.same(reading.shown, THIS)
  t.equal(drawn(), 1)
})

t.test('an answer that comes late does not take the place of a newer one', async (t) => {
  const { asked, reading } = makeDesk()
  const first = reading.show(THIS)
  const second = reading.show(NEXT)
  asked[1]?.answer.resolve(EMPTY)
  await second
  asked[0]?.answer.reject(new NaervaerError('INTERNAL'))
  await first
  t.same(reading.shown, NEXT)
  t.equal(reading.error, null)
})

t.test('what went wrong is said, and what was shown stays', async (t) => {
  const { asked, reading } = makeDesk()
  const first = reading.show(THIS)
  asked[0]?.answer.resolve(EMPTY)
  await first
  const second = reading.refresh()
  asked[1]?.answer.reject(new TypeError('no network'))
  await second
  t.equal(reading.error, 'CONNECTION_LOST')
  t.same(reading.value, [])
  const third = reading.refresh()
  asked[2]?.answer.resolve(EMPTY)
  await third
  t.equal(reading.error, null, 'and is over when it works again')
})

t.test('what could not be read is asked for again when it is shown again', async (t) => {
  const { asked, reading } = makeDesk()
  const first = reading.show(THIS)
  asked[0]?.answer.resolve(EMPTY)
  await first
  t.ok(reading.hasRead(THIS))
  const second = reading.show(NEXT)
  t.notOk(reading.hasRead(NEXT), 'nothing is known of them yet')
  asked[1]?.answer.reject(new TypeError('no network'))
  await second
  t.equal(reading.error, 'CONNECTION_LOST')
  t.notOk(reading.hasRead(NEXT), 'nor after that')
  const third = reading.show({ ...NEXT })
  t.equal(asked.length, 3)
  t.equal(reading.error, null, 'what went wrong is not said of what is on its way')
  await reading.show(NEXT)
  t.equal(asked.length, 3, 'one at a time')
  asked[2]?.answer.resolve(EMPTY)
  await third
  t.ok(reading.hasRead(NEXT))
  t.notOk(reading.hasRead(THIS))
})
