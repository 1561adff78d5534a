import { NaervaerError, type AuditActor, type PersonId, type Travel } from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import { makeTravelRepository } from './repository.ts'

export interface TravelsOptions {
  readonly clock: Clock
  readonly database: Database
  readonly accounts: Accounts
  readonly audit: Pick<Audit, 'record'>
}

/** How far it is to each citizen: what a talk in place of a visit spares. */
export class Travels {
  readonly #options: TravelsOptions

  constructor(options: TravelsOptions) {
    this.#options = options
  }

  /** @returns nothing for those of whom it has not been said */
  load(citizenIds: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Travel>> {
    return makeTravelRepository(this.#options.database).load(citizenIds)
  }

  /**
   * Read by whoever is the citizen's worker at this moment, as a substitute too.
   *
   * @throws NaervaerError PERSON_NOT_FOUND for everybody else's
   */
  async findAsWorker(workerId: PersonId, citizenId: PersonId): Promise<Travel | null> {
    const { accounts, clock } = this.#options
    const isOwn = await accounts.assignments.isAssigned(workerId, citizenId, clock.now())
    if (!isOwn) throw new NaervaerError('PERSON_NOT_FOUND')
    return (await this.load([citizenId])).get(citizenId) ?? null
  }

  /**
   * A worker says it of a citizen of their own. A substitute only reads.
   *
   * @throws NaervaerError PERSON_NOT_FOUND for everybody else's, SUBSTITUTE_REFUSED
   */
  async changeAsWorker(
    workerId: PersonId,
    citizenId: PersonId,
    travel: Travel | null,
  ): Promise<void> {
    const { accounts, clock } = this.#options
    await accounts.assignments.requirePrimary(workerId, citizenId, clock.now())
    await this.change(citizenId, travel, { kind: 'person', id: workerId, role: 'worker' })
  }

  /** Sets or clears it, for whoever has been found to be allowed to; what is so already is not done twice. */
  async change(citizenId: PersonId, travel: Travel | null, actor: AuditActor): Promise<void> {
    const { database, audit } = this.#options
    await database.transaction().execute(async (transaction) => {
      const repository = makeTravelRepository(transaction)
      const before = (await repository.load([citizenId])).get(citizenId) ?? null
      if (before?.minutes === travel?.minutes && before?.km === travel?.km) return
      if (travel === null) await repository.remove(citizenId)
      else await repository.save(citizenId, travel)
      const action = travel === null ? 'travel.cleared' : 'travel.set'
      await audit.record({ action, actor, subjectId: citizenId }, transaction)
    })
  }
}
