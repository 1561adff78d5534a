import { deriveAvailability, type Availability } from '@naervaer/shared'
import t from 'tap'

const ROWS: readonly (readonly [
  connectionCount: number,
  hasLiveCall: boolean,
  isProven: boolean,
  Availability,
])[] = [
  [0, false, false, 'unreachable'],
  // A notice has arrived lately.
  [0, false, true, 'reachable'],
  [1, false, false, 'open'],
  [1, false, true, 'open'],
  [5, false, false, 'open'],
  [1, true, true, 'busy'],
  // A call outlives sockets.
  [0, true, false, 'busy'],
  [0, true, true, 'busy'],
]

t.test('PR4 availability follows from connections and calls', (t) => {
  for (const [connectionCount, hasLiveCall, isProven, availability] of ROWS) {
    const proof = isProven ? 'proven' : 'not proven'
    const name = `${String(connectionCount)} connections, ${hasLiveCall ? 'in a call' : 'free'}, ${proof}`
    t.equal(deriveAvailability({ connectionCount, hasLiveCall, isProven }), availability, name)
  }
  t.end()
})
