import { CLOSE_CODES, SERVER_PING_INTERVAL_MS } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'
import type { SocketConnection } from './connection.ts'

export interface HeartbeatOptions {
  readonly clock: Clock
  readonly listConnections: () => Iterable<SocketConnection>
  /** Told of every socket that has answered the last ping. */
  readonly onPinged: (connection: SocketConnection) => void
}

/**
 * Pings every socket and ends those that did not answer the last ping, which frees the seats of
 * people whose network is gone without a word.
 */
export function startHeartbeat({ clock, listConnections, onPinged }: HeartbeatOptions): Cancel {
  return clock.every(SERVER_PING_INTERVAL_MS, () => {
    for (const connection of listConnections()) {
      if (!connection.isAlive) {
        connection.cutOff(CLOSE_CODES.HEARTBEAT_LOST)
        continue
      }
      connection.ping()
      onPinged(connection)
    }
  })
}
