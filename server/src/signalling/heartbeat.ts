import { CLOSE_CODES, SERVER_PING_INTERVAL_MS } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'
import type { SocketConnection } from './connection.ts'

export interface HeartbeatOptions {
  readonly clock: Clock
  readonly listConnections: () => Iterable<SocketConnection>
  /** Whether a session's row is still there; a failing look-up ends nothing. */
  readonly isSessionAlive: (sessionId: string) => Promise<boolean>
}

/**
 * Pings every socket and ends those that did not answer the last ping, which frees the seats of
 * people whose network is gone without a word. Sessions deleted behind our back end here too.
 */
export function startHeartbeat({
  clock,
  listConnections,
  isSessionAlive,
}: HeartbeatOptions): Cancel {
  return clock.every(SERVER_PING_INTERVAL_MS, () => {
    for (const connection of listConnections()) {
      if (!connection.isAlive) {
        connection.cutOff(CLOSE_CODES.HEARTBEAT_LOST)
        continue
      }
      connection.ping()
      isSessionAlive(connection.sessionId).then(
        (isAlive) => isAlive || connection.close(CLOSE_CODES.SESSION_ENDED),
        () => undefined,
      )
    }
  })
}
