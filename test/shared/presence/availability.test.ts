import { deriveAvailability, type Availability } from '@naervaer/shared'
import t from 'tap'

const ROWS: readonly (readonly [
  connectionCount: number,
  hasLiveCall: boolean,
  isReady: boolean,
  Availability,
])[] = [
  [0, false, false, 'unreachable'],
  [1, false, false, 'open'],
  [5, false, false, 'open'],
  [1, true, false, 'busy'],
  // A call outlives sockets.
  [0, true, false, 'busy'],
  [1, false, true, 'ready'],
  // Who is not there cannot be talked to, whatever they have said.
  [0, false, true, 'unreachable'],
  [1, true, true, 'busy'],
]

t.test('PR4 availability follows from connections, calls and what the citizen says', (t) => {
  for (const [connectionCount, hasLiveCall, isReady, availability] of ROWS) {
    const name = `${String(connectionCount)} connections, ${hasLiveCall ? 'in a call' : 'free'}, ${String(isReady)}`
    t.equal(deriveAvailability({ connectionCount, hasLiveCall, isReady }), availability, name)
  }
  t.end()
})
