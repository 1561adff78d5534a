import {
  deriveAvailability,
  type Availability,
  type ConnectionId,
  type Person,
  type PersonId,
  type ServerMessage,
  type ServerMessageOf,
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

/** Whether somebody is told of a ring while the app is closed, and whether that has worked lately. */
export interface Notified {
  readonly isNotified: boolean
  readonly isProven: boolean
}

const NOT_NOTIFIED: Notified = { isNotified: false, isProven: false }

/** What workers are told of a citizen. */
type Presence = Omit<ServerMessageOf<'presence.changed'>, 'type' | 'citizenId'>

/** Who is connected, on which devices, and what that means for whether they can be rung. */
export class PresenceHub {
  readonly #options: HubOptions
  readonly #byPerson = new Map<PersonId, Map<ConnectionId, Connection>>()
  readonly #busy = new Set<PersonId>()
  readonly #notified = new Map<PersonId, Notified>()
  readonly #ready = new Set<PersonId>()
  readonly #announced = new Map<PersonId, Presence>()
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

  /** Tells the workers who are assigned to the citizen at this moment. */
  async tellWorkersOf(citizenId: PersonId, message: ServerMessage): Promise<void> {
    const { loadWorkersOf, now } = this.#options
    for (const { id } of await loadWorkersOf(citizenId, now())) this.#tell(id, message)
  }

  /** Tells the citizen's own windows as well. */
  async tellAround(citizenId: PersonId, message: ServerMessage): Promise<void> {
    this.#tell(citizenId, message)
    await this.tellWorkersOf(citizenId, message)
  }

  #tell(personId: PersonId, message: ServerMessage): void {
    for (const connection of this.listConnections(personId)) connection.send(message)
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

  /** Said by `push`: presence knows nothing of notices. */
  setNotified(citizenId: PersonId, notified: Notified): void {
    if (notified.isNotified) this.#notified.set(citizenId, notified)
    else this.#notified.delete(citizenId)
    void this.#announceCitizen(citizenId)
  }

  getPresence(personId: PersonId): Presence {
    const { isNotified } = this.#notified.get(personId) ?? NOT_NOTIFIED
    return { availability: this.getAvailability(personId), isNotified }
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
      isProven: this.#notified.get(personId)?.isProven ?? false,
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
    const now = this.getPresence(citizenId)
    const before = this.#announced.get(citizenId)
    const isNews = before?.availability !== now.availability || before.isNotified !== now.isNotified
    if (this.#isStopped || !isNews) return
    this.#announced.set(citizenId, now)
    try {
      const workers = await this.#options.loadWorkersOf(citizenId, this.#options.now())
      // Read after the wait: of two changes at once, the later truth is told twice.
      const presence = this.getPresence(citizenId)
      for (const connection of workers.flatMap(({ id }) => this.listConnections(id))) {
        connection.send({ type: 'presence.changed', citizenId, ...presence })
      }
    } catch (error) {
      this.#announced.delete(citizenId)
      this.#options.onError(error)
    }
  }
}
