import { CLOSE_CODES, SERVER_PING_INTERVAL_MS } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'
import type { SocketConnection } from './connection.ts'

export interface HeartbeatOptions {
  readonly clock: Clock
  readonly listConnections: () => Iterable<SocketConnection>
  /** The sessions whose rows are still there; a failing look-up ends nothing. */
  readonly loadAliveSessionIds: () => Promise<ReadonlySet<string>>
}

/**
 * Pings every socket and ends those that did not answer the last ping, which frees the seats of
 * people whose network is gone without a word. Sessions deleted behind our back end here too.
 */
export function startHeartbeat({
  clock,
  listConnections,
  loadAliveSessionIds,
}: HeartbeatOptions): Cancel {
  return clock.every(SERVER_PING_INTERVAL_MS, () => {
    const pinged: SocketConnection[] = []
    for (const connection of listConnections()) {
      if (connection.isAlive) {
        connection.ping()
        pinged.push(connection)
      } else connection.cutOff(CLOSE_CODES.HEARTBEAT_LOST)
    }
    loadAliveSessionIds().then(
      (alive) => {
        for (const connection of pinged) {
          if (!alive.has(connection.sessionId)) connection.close(CLOSE_CODES.SESSION_ENDED)
        }
      },
      () => undefined,
    )
  })
}
