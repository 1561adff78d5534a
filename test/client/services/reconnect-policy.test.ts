import fc from 'fast-check'
import t from 'tap'
import { getReconnectDelay } from '../../../client/src/services/reconnect-policy.ts'

t.test('the delay doubles from 0.3 s and stays at 10 s', (t) => {
  const delays = [0, 1, 2, 3, 4, 5, 6, 50].map((attempt) =>
    getReconnectDelay(attempt, 'reconnectSoon', 0.5),
  )
  t.same(delays, [300, 600, 1200, 2400, 4800, 9600, 10_000, 10_000])
  t.end()
})

t.test('a server that asked for patience gets at least five seconds', (t) => {
  t.equal(getReconnectDelay(0, 'reconnectLater', 0.5), 5_000)
  t.equal(getReconnectDelay(10, 'reconnectLater', 0.5), 10_000)
  t.end()
})

t.test('clients of a restarted server are spread over half to one and a half of the delay', (t) => {
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (n, r) => {
        const middle = getReconnectDelay(n, 'reconnectSoon', 0.5)
        const delay = getReconnectDelay(n, 'reconnectSoon', r)
        return delay >= middle * 0.5 && delay <= middle * 1.5
      },
    ),
  )
  t.pass('for any attempt and any draw')
  t.end()
})
