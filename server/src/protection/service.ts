import type { AuditActor, Person, PersonId } from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import type { Connection } from '../presence/connection.ts'
import type { PresenceHub } from '../presence/hub.ts'
import { makeProtectionRepository } from './repository.ts'

export interface ProtectionsOptions {
  readonly clock: Clock
  readonly database: Database
  readonly accounts: Accounts
  readonly presence: PresenceHub
  readonly audit: Pick<Audit, 'record'>
}

/** The people of a snapshot, before it is said whose address is protected. */
interface People {
  readonly citizens: readonly { readonly person: Person }[]
}
type WithProtection<P extends People> = Omit<P, 'citizens'> & {
  readonly citizens: (P['citizens'][number] & { readonly isAddressProtected: boolean })[]
  /** The citizen's own; false for a worker. */
  readonly isAddressProtected: boolean
}

/** Citizens with a protected address ("beskyttet adresse"), whose calls are relayed on both sides (S-23). */
export class Protections {
  readonly #options: ProtectionsOptions
  readonly #setListeners: ((citizenId: PersonId) => void)[] = []

  constructor(options: ProtectionsOptions) {
    this.#options = options
  }

  /** @param within - the transaction that writes what depends on it */
  async isProtected(citizenId: PersonId, within?: Database): Promise<boolean> {
    const repository = makeProtectionRepository(within ?? this.#options.database)
    return (await repository.filterProtected([citizenId])).has(citizenId)
  }

  /** @returns those of `citizenIds` whose address is protected */
  filterProtected(citizenIds: readonly PersonId[]): Promise<ReadonlySet<PersonId>> {
    return makeProtectionRepository(this.#options.database).filterProtected(citizenIds)
  }

  /**
   * A worker says it of a citizen of their own. A substitute only reads.
   *
   * @throws NaervaerError PERSON_NOT_FOUND for everybody else's, SUBSTITUTE_REFUSED
   */
  async changeAsWorker(
    workerId: PersonId,
    citizenId: PersonId,
    isProtected: boolean,
  ): Promise<void> {
    const { accounts, clock } = this.#options
    await accounts.assignments.requirePrimary(workerId, citizenId, clock.now())
    await this.change(citizenId, isProtected, { kind: 'person', id: workerId, role: 'worker' })
  }

  /** Sets or clears it, for whoever has been found to be allowed to; what is so already is not done twice. */
  async change(citizenId: PersonId, isProtected: boolean, actor: AuditActor): Promise<void> {
    const { database, audit, presence } = this.#options
    const isChanged = await database.transaction().execute(async (transaction) => {
      const repository = makeProtectionRepository(transaction)
      const isNews = await (isProtected ? repository.add(citizenId) : repository.remove(citizenId))
      if (!isNews) return false
      const action = isProtected ? 'protection.set' : 'protection.cleared'
      await audit.record({ action, actor, subjectId: citizenId }, transaction)
      return true
    })
    if (!isChanged) return
    if (isProtected) for (const listener of this.#setListeners) listener(citizenId)
    await presence.tellAround(citizenId, {
      type: 'protection.changed',
      citizenId,
      isAddressProtected: isProtected,
    })
  }

  /** Told of every citizen whose address is protected from now on, before anybody else is. */
  onSet(listener: (citizenId: PersonId) => void): void {
    this.#setListeners.push(listener)
  }

  /** The snapshot's part: each citizen's for their worker, and a citizen's own. */
  async withProtection<P extends People>(
    { role, personId }: Connection,
    people: P,
  ): Promise<WithProtection<P>> {
    const ids = people.citizens.map(({ person }) => person.id)
    const found = await this.filterProtected(role === 'citizen' ? [personId] : ids)
    const citizens = people.citizens.map((citizen) => ({
      ...citizen,
      isAddressProtected: found.has(citizen.person.id),
    }))
    return { ...people, citizens, isAddressProtected: found.has(personId) }
  }
}
