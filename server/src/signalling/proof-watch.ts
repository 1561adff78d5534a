import { CLOSE_CODES, type DurationMs, type UnixMs } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'

/** How long a paired device's socket counts as proved. Then the key must sign anew. */
export const PROOF_LIFE_MS: DurationMs = 24 * 3_600_000

const LOOK_INTERVAL_MS: DurationMs = 60_000

/** A socket, as far as its proof goes. */
export interface ProvenConnection {
  readonly openedAt: UnixMs
  /** Whether a device's key has opened it. */
  readonly isByKey: boolean
  close(code: number): void
}

export interface ProofWatchOptions<T extends ProvenConnection> {
  readonly clock: Clock
  readonly listConnections: () => Iterable<T>
  /** Whether the person talks, or is being rung: then the socket is left alone. */
  readonly isBusy: (connection: T) => boolean
}

/**
 * Closes the sockets of paired devices that were proved a day ago: the device comes back at once, with
 * a proof made now. A copied ticket, or a socket in other hands, is good for a day at most.
 */
export function watchProofs<T extends ProvenConnection>(options: ProofWatchOptions<T>): Cancel {
  const { clock, listConnections, isBusy } = options
  return clock.every(LOOK_INTERVAL_MS, () => {
    for (const connection of listConnections()) {
      const isDue = connection.isByKey && clock.now() - connection.openedAt >= PROOF_LIFE_MS
      if (isDue && !isBusy(connection)) connection.close(CLOSE_CODES.PROOF_DUE)
    }
  })
}
