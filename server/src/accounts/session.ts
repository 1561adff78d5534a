import type { DeviceId, Person, Role, UnixMs } from '@naervaer/shared'

/** Somebody signed in on one device, as its cookie proves. */
export interface Session {
  readonly id: string
  readonly person: Person
  readonly role: Role
  readonly deviceId: DeviceId
  readonly expiresAt: UnixMs
}
