import type { DeviceId, Person, Role, SessionMethod, SocketRole, UnixMs } from '@naervaer/shared'

/** A session that may have a socket. */
export type SocketSession = Session & { readonly role: SocketRole }

/** Somebody signed in on one device, as its cookie proves. */
export interface Session {
  readonly id: string
  readonly person: Person
  /** Everything the person may be at this moment, in the order of `ROLES`. */
  readonly roles: readonly Role[]
  /** Their side of calls; null for whoever takes part in none. */
  readonly role: SocketRole | null
  readonly deviceId: DeviceId
  readonly expiresAt: UnixMs
  readonly method: SessionMethod
  /** Whether every use moves the end on, as on citizens' devices. */
  readonly isRolling: boolean
  /** Whether the person's rights have changed since the token was given. */
  readonly isRotationDue: boolean
  /** False for the token before the present one, which is taken for a moment more. */
  readonly isTokenCurrent: boolean
}
