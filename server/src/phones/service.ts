import type { AuditActor, Person, PersonId } from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import type { Connection } from '../presence/connection.ts'
import type { PresenceHub } from '../presence/hub.ts'
import { makePhonesRepository } from './repository.ts'

export interface PhonesOptions {
  readonly clock: Clock
  readonly database: Database
  readonly accounts: Accounts
  readonly presence: PresenceHub
  readonly audit: Pick<Audit, 'record'>
}

/** The people of a snapshot, before it is said by which telephone they are reached. */
interface People {
  readonly citizens: readonly { readonly person: Person }[]
}
type WithPhones<P extends People> = Omit<P, 'citizens'> & {
  readonly citizens: (P['citizens'][number] & { readonly phone: string | null })[]
  /** The citizen's own; null for a worker. */
  readonly phone: string | null
}

/** Citizens' ordinary telephones: the last step where nobody takes a call (feature N16). */
export class Phones {
  readonly #options: PhonesOptions

  constructor(options: PhonesOptions) {
    this.#options = options
  }

  /** @returns nothing for those whose number nobody has written down */
  load(citizenIds: readonly PersonId[]): Promise<Map<PersonId, string>> {
    return makePhonesRepository(this.#options.database).load(citizenIds)
  }

  /**
   * A worker writes down the number of a citizen of their own. A substitute only reads.
   *
   * @param phone - null takes it out
   * @throws NaervaerError PERSON_NOT_FOUND for everybody else's, SUBSTITUTE_REFUSED
   */
  async changeAsWorker(
    workerId: PersonId,
    citizenId: PersonId,
    phone: string | null,
  ): Promise<void> {
    const { accounts, clock } = this.#options
    await accounts.assignments.requirePrimary(workerId, citizenId, clock.now())
    await this.change(citizenId, phone, { kind: 'person', id: workerId, role: 'worker' })
  }

  /** For whoever has been found to be allowed to. The log says that it was changed, and not to what. */
  async change(citizenId: PersonId, phone: string | null, actor: AuditActor): Promise<void> {
    const { database, audit, presence } = this.#options
    const isChanged = await database.transaction().execute(async (transaction) => {
      const repository = makePhonesRepository(transaction)
      const isNews = await (phone === null
        ? repository.remove(citizenId)
        : repository.save(citizenId, phone))
      const action = phone === null ? 'phone.cleared' : 'phone.set'
      if (isNews) await audit.record({ action, actor, subjectId: citizenId }, transaction)
      return isNews
    })
    if (!isChanged) return
    await presence.tellAround(citizenId, { type: 'phone.changed', citizenId, phone })
  }

  /** The snapshot's part: each citizen's for their worker, and a citizen's own. */
  async withPhones<P extends People>(
    { role, personId }: Connection,
    people: P,
  ): Promise<WithPhones<P>> {
    const ids = people.citizens.map(({ person }) => person.id)
    const found = await this.load(role === 'citizen' ? [personId] : ids)
    const citizens = people.citizens.map((citizen) => ({
      ...citizen,
      phone: found.get(citizen.person.id) ?? null,
    }))
    return { ...people, citizens, phone: found.get(personId) ?? null }
  }
}
