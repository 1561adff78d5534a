import { getSeat, type ConnectionId, type Side } from '@naervaer/shared'
import type { Connection } from '../presence/connection.ts'
import type { PresenceHub } from '../presence/hub.ts'
import type { LiveCall } from './live-call.ts'

/** Another window's connection proves nothing: it must be of the same person and device. */
export function findFormer(
  presence: PresenceHub,
  { personId, deviceId }: Connection,
  former: ConnectionId | null,
): Connection | undefined {
  return presence
    .listConnections(personId)
    .find((connection) => connection.id === former && connection.deviceId === deviceId)
}

/** Lets whoever has the seat of the sender's own device show that they are still there. */
export function challengeSeat(
  presence: PresenceHub,
  { personId, deviceId }: Connection,
  { call }: LiveCall,
  side: Side,
): void {
  const seat = getSeat(call, side)
  if (seat?.deviceId !== deviceId) return
  presence
    .listConnections(personId)
    .find((connection) => connection.id === seat.connectionId)
    ?.challenge()
}
