import type { Window } from '@naervaer/shared'

/** A connection as the state machine knows it. */
export function toWindow({ deviceId, connectionId }: Window): Window {
  return { deviceId, connectionId }
}
