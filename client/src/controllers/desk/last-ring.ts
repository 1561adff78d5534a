import type { CitizenPresence, PersonId } from '@naervaer/shared'
import type { CallSnapshot } from '../../call/call-snapshot.ts'
import type { ConnectionState } from '../../services/socket/connection-state.ts'

/** What the worker's page knows whenever it is drawn. */
export interface RingWorld {
  readonly connection: ConnectionState
  /** Why the last ring came to nothing, if it did. */
  readonly error: CallSnapshot['error']
  readonly citizens: readonly CitizenPresence[]
}

/** Whom the last ring was for: a refusal is said beside that name, and only as long as it is news. */
export class LastRing {
  #citizenId: PersonId | null = null
  /** How that citizen's row read when the ring was refused. */
  #refusedAt: string | null = null
  #world: RingWorld = { connection: 'connecting', error: null, citizens: [] }

  begin(citizenId: PersonId): void {
    this.#citizenId = citizenId
    this.#refusedAt = null
  }

  /** To be told before each drawing. What went wrong without a connection is over when there is one again. */
  look(world: RingWorld): void {
    const isBack = world.connection === 'open' && this.#world.connection !== 'open'
    if (isBack) this.#citizenId = null
    this.#world = world
    this.#dropOld()
  }

  /** A refusal belongs to the row as it read then: beside a row that reads otherwise it is old news. */
  #dropOld(): void {
    const row = this.#world.citizens.find(({ person }) => person.id === this.#citizenId)
    if (row === undefined || this.#world.error === null) {
      this.#refusedAt = null
      return
    }
    const { availability, assignment, choice, quiet } = row
    const now = JSON.stringify([availability, assignment, choice, quiet])
    if (this.#refusedAt !== null && this.#refusedAt !== now) this.#citizenId = null
    this.#refusedAt = now
  }

  /** What is said once for the whole page is not said again beside a name. */
  findRefusal(citizenId: PersonId): CallSnapshot['error'] {
    const { error, connection } = this.#world
    if (this.#citizenId !== citizenId) return null
    return error === 'CONNECTION_LOST' && connection !== 'open' ? null : error
  }
}
