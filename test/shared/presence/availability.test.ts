import { deriveAvailability, type Availability } from '@naervaer/shared'
import t from 'tap'

const ROWS: readonly (readonly [connectionCount: number, hasLiveCall: boolean, Availability])[] = [
  [0, false, 'unreachable'],
  [1, false, 'open'],
  [5, false, 'open'],
  [1, true, 'busy'],
  // A call outlives sockets.
  [0, true, 'busy'],
]

t.test('PR4 availability follows from connections and calls', (t) => {
  for (const [connectionCount, hasLiveCall, availability] of ROWS) {
    const name = `${String(connectionCount)} connections, ${hasLiveCall ? 'in a call' : 'free'}`
    t.equal(deriveAvailability({ connectionCount, hasLiveCall }), availability, name)
  }
  t.end()
})
