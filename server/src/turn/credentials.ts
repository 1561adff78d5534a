import { createHmac } from 'node:crypto'
import type { UnixMs } from '@naervaer/shared'

export interface TurnCredential {
  readonly username: string
  readonly credential: string
}

/**
 * A user name and password that a TURN server with `use-auth-secret` accepts until they expire.
 *
 * Pure. The server recomputes the password from the user name, so nothing is stored anywhere.
 *
 * @param opaque - tells allocations of one party apart; never a name or an id of ours, as it ends in TURN's logs
 * @see draft-uberti-behave-turn-rest-00 § 2.2
 */
export function makeTurnCredential(
  secret: string,
  opaque: string,
  lifetimeSeconds: number,
  now: UnixMs,
): TurnCredential {
  const expirySeconds = Math.floor(now / 1000) + lifetimeSeconds
  const username = `${expirySeconds}:${opaque}`
  const credential = createHmac('sha1', secret).update(username).digest('base64')
  return { username, credential }
}
