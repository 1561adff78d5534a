import type { CitizenPresence, Person, Role } from '@naervaer/shared'

/** Who is signed in, and the people they have to do with, as the server last told. */
export interface Directory {
  readonly you: Person
  readonly role: Role
  /** The worker's own citizens with live presence; empty for a citizen. */
  readonly citizens: readonly CitizenPresence[]
  /** The citizen's own workers; empty for a worker. */
  readonly workers: readonly Person[]
}
