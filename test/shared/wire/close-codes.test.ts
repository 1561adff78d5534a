import { CLOSE_CODES, getAfterClose, type AfterClose } from '@naervaer/shared'
import t from 'tap'

const ROWS: readonly (readonly [code: number, after: AfterClose])[] = [
  [1000, 'reconnectSoon'],
  [1001, 'reconnectSoon'],
  [1006, 'reconnectSoon'],
  [1009, 'reconnectSoon'],
  [CLOSE_CODES.SERVICE_RESTART, 'reconnectSoon'],
  [3999, 'reconnectSoon'],
  [4000, 'reconnectLater'],
  [CLOSE_CODES.SLOW_CONSUMER, 'reconnectLater'],
  [CLOSE_CODES.RATE_LIMITED, 'reconnectLater'],
  [CLOSE_CODES.HEARTBEAT_LOST, 'reconnectSoon'],
  [CLOSE_CODES.PROOF_DUE, 'reconnectSoon'],
  [4499, 'reconnectLater'],
  [4500, 'stay'],
  [CLOSE_CODES.SESSION_ENDED, 'stay'],
  [CLOSE_CODES.FRAMES_REFUSED, 'stay'],
  [CLOSE_CODES.TOO_MANY_CONNECTIONS, 'stay'],
  [4999, 'stay'],
]

t.test('CL1 the close code says whether to come back', (t) => {
  for (const [code, after] of ROWS) t.equal(getAfterClose(code), after, String(code))
  const named = ROWS.map(([code]) => code)
  for (const [name, code] of Object.entries(CLOSE_CODES)) t.ok(named.includes(code), name)
  t.equal(new Set(Object.values(CLOSE_CODES)).size, Object.keys(CLOSE_CODES).length, 'all differ')
  t.end()
})
