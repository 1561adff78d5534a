import { deepStrictEqual } from 'node:assert'
import fc from 'fast-check'
import t from 'tap'
import {
  SignalInbox,
  SignalOutbox,
  type NumberedSignal,
  type Signal,
} from '../../../../client/src/call/link/signal-order.ts'

const signal = (name: string): Signal => ({
  type: 'candidate',
  candidate: { candidate: name, sdpMid: '0', sdpMLineIndex: 0 },
})

t.test('the outbox numbers from 0 and forgets what was acknowledged', (t) => {
  const outbox = new SignalOutbox()
  for (const name of ['a', 'b', 'c']) outbox.add(signal(name))
  outbox.acknowledge(1)
  t.same(
    outbox.unacknowledged.map(({ seq }) => seq),
    [2],
  )
  outbox.acknowledge(0)
  t.equal(outbox.unacknowledged.length, 1, 'an old acknowledgement brings nothing back')
  t.end()
})

t.test('SI3 each signal comes out once and in order, whatever is lost, doubled or late', (t) => {
  const plan = fc.record({
    count: fc.integer({ min: 1, max: 30 }),
    deliveries: fc.array(fc.nat(29), { maxLength: 120 }),
  })
  fc.assert(
    fc.property(plan, ({ count, deliveries }) => {
      const outbox = new SignalOutbox()
      const sent: NumberedSignal[] = []
      for (let i = 0; i < count; i += 1) sent.push(outbox.add(signal(String(i))))
      const inbox = new SignalInbox()
      const out: Signal[] = []
      for (const index of deliveries) {
        const numbered = sent[index]
        if (numbered !== undefined) out.push(...inbox.receive(numbered))
        outbox.acknowledge(inbox.appliedSeq)
      }
      // The connection is back: what is not acknowledged is sent again.
      for (const numbered of outbox.unacknowledged) out.push(...inbox.receive(numbered))
      deepStrictEqual(
        out,
        sent.map((numbered) => numbered.signal),
      )
    }),
  )
  t.pass('for any order of arrival')
  t.end()
})

t.test('signals that wait for a missing one are bounded', (t) => {
  const inbox = new SignalInbox()
  for (let seq = 1; seq <= 5_000; seq += 1) inbox.receive({ seq, signal: signal(String(seq)) })
  t.equal(inbox.receive({ seq: 0, signal: signal('0') }).length, 201, 'as many as may wait, and it')
  t.end()
})
