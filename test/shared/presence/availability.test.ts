import { deriveAvailability, type Availability } from '@naervaer/shared'
import t from 'tap'

const ROWS: readonly (readonly [
  connectionCount: number,
  hasLiveCall: boolean,
  isReady: boolean,
  isProven: boolean,
  Availability,
])[] = [
  [0, false, false, false, 'unreachable'],
  // A notice has arrived lately.
  [0, false, false, true, 'reachable'],
  [1, false, false, false, 'open'],
  [1, false, false, true, 'open'],
  [5, false, false, false, 'open'],
  [1, true, false, true, 'busy'],
  // A call outlives sockets.
  [0, true, false, false, 'busy'],
  [0, true, false, true, 'busy'],
  [1, false, true, false, 'ready'],
  // Who is not there cannot be talked to, whatever they have said.
  [0, false, true, false, 'unreachable'],
  [0, false, true, true, 'reachable'],
  [1, true, true, false, 'busy'],
]

t.test(
  'PR4 availability follows from connections, calls, notices and what the citizen says',
  (t) => {
    for (const [connectionCount, hasLiveCall, isReady, isProven, availability] of ROWS) {
      const report = { connectionCount, hasLiveCall, isReady, isProven }
      t.equal(deriveAvailability(report), availability, JSON.stringify(report))
    }
    t.end()
  },
)
