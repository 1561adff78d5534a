import {
  deriveAvailability,
  type Availability,
  type ConnectionId,
  type Person,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import type { Connection } from './connection.ts'

export interface HubOptions {
  readonly now: () => UnixMs
  /** Asked of the database for every change. */
  readonly loadWorkersOf: (citizenId: PersonId, now: UnixMs) => Promise<Person[]>
  /** A change could not be announced; the next snapshot will be right all the same. */
  readonly onError: (error: unknown) => void
}

/** Who is connected, on which devices, and what that means for whether they can be rung. */
export class PresenceHub {
  readonly #options: HubOptions
  readonly #byPerson = new Map<PersonId, Map<ConnectionId, Connection>>()
  readonly #busy = new Set<PersonId>()
  readonly #ready = new Set<PersonId>()
  readonly #announced = new Map<PersonId, Availability>()
  readonly #closedListeners: ((connection: Connection) => void)[] = []

  #isStopped = false

  constructor(options: HubOptions) {
    this.#options = options
  }

  add(connection: Connection): void {
    const own = this.#byPerson.get(connection.personId) ?? new Map<ConnectionId, Connection>()
    own.set(connection.id, connection)
    this.#byPerson.set(connection.personId, own)
    this.#announce(connection)
  }

  /** Forgets a connection whose socket is gone; a second time does nothing. */
  remove(connection: Connection): void {
    const own = this.#byPerson.get(connection.personId)
    if (own?.delete(connection.id) !== true) return
    if (own.size === 0) this.#byPerson.delete(connection.personId)
    for (const listener of this.#closedListeners) listener(connection)
    this.#announce(connection)
  }

  has(connection: Connection): boolean {
    return this.#byPerson.get(connection.personId)?.has(connection.id) ?? false
  }

  /** In the order in which they were opened. */
  listConnections(personId: PersonId): Connection[] {
    return [...(this.#byPerson.get(personId)?.values() ?? [])]
  }

  *listAll(): Generator<Connection> {
    for (const own of this.#byPerson.values()) yield* own.values()
  }

  onClosed(listener: (connection: Connection) => void): void {
    this.#closedListeners.push(listener)
  }

  /** Said by `calls`, for citizens: presence knows nothing of calls. */
  setBusy(citizenId: PersonId, isBusy: boolean): void {
    if (isBusy) this.#busy.add(citizenId)
    else this.#busy.delete(citizenId)
    void this.#announceCitizen(citizenId)
  }

  /** Said by `home`, for citizens. */
  setReady(citizenId: PersonId, isReady: boolean): void {
    if (isReady) this.#ready.add(citizenId)
    else this.#ready.delete(citizenId)
    void this.#announceCitizen(citizenId)
  }

  /** Whether the citizen has said so, wherever they are just now. */
  isReady(citizenId: PersonId): boolean {
    return this.#ready.has(citizenId)
  }

  getAvailability(personId: PersonId): Availability {
    return deriveAvailability({
      connectionCount: this.#byPerson.get(personId)?.size ?? 0,
      hasLiveCall: this.#busy.has(personId),
      isReady: this.#ready.has(personId),
    })
  }

  #announce(connection: Connection): void {
    if (connection.role === 'citizen') void this.#announceCitizen(connection.personId)
  }

  /** From now on nobody is told anything: the server goes, and its records with it. */
  stop(): void {
    this.#isStopped = true
  }

  /** Tells the workers who are assigned at this moment, unless they have been told already. */
  async #announceCitizen(citizenId: PersonId): Promise<void> {
    const isNews = this.#announced.get(citizenId) !== this.getAvailability(citizenId)
    if (this.#isStopped || !isNews) return
    this.#announced.set(citizenId, this.getAvailability(citizenId))
    try {
      const workers = await this.#options.loadWorkersOf(citizenId, this.#options.now())
      // Read after the wait: of two changes at once, the later truth is told twice.
      const availability = this.getAvailability(citizenId)
      for (const connection of workers.flatMap(({ id }) => this.listConnections(id))) {
        connection.send({ type: 'presence.changed', citizenId, availability })
      }
    } catch (error) {
      this.#announced.delete(citizenId)
      this.#options.onError(error)
    }
  }
}
