import type { DeviceId, Person, Role, SocketRole, UnixMs } from '@naervaer/shared'

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
}
