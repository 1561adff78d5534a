import fc from 'fast-check'
import t from 'tap'
import {
  getAttemptPatience,
  getPatienceAfterAnswer,
  getReconnectDelay,
} from '../../../../client/src/services/socket/reconnect-policy.ts'

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

t.test(
  'HB2 attempts in haste get longer, up to 15 s, and never less than three round trips',
  (t) => {
    const quick = [0, 1, 2, 3, 7, 8, 9, 50].map((attempt) => getAttemptPatience(attempt, 20))
    t.same(quick, [1_200, 2_000, 3_000, 5_000, 5_000, 8_000, 12_000, 15_000])
    t.equal(getAttemptPatience(0, 900), 2_700)
    t.end()
  },
)

t.test(
  'HB2 an attempt after an answer has three times as long as that took, and then longer',
  (t) => {
    t.equal(getPatienceAfterAnswer(0, 20), 1_200)
    t.equal(getPatienceAfterAnswer(0, 900), 2_700)
    t.equal(getPatienceAfterAnswer(1, 20), 1_920)
    t.equal(getPatienceAfterAnswer(20, 20), 15_000)
    t.end()
  },
)
