import type { Home, LastCallReply, PersonId, UnixMs } from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { PastCallsRepository } from './past-calls-repository.ts'

/** What people are told of calls that are over. */
export class PastCalls {
  readonly #repository: PastCallsRepository
  readonly #accounts: Accounts

  constructor(repository: PastCallsRepository, accounts: Accounts) {
    this.#repository = repository
    this.#accounts = accounts
  }

  /** The citizen's last ring after `since`, when it was not answered. */
  async findMissed(citizenId: PersonId, since: UnixMs): Promise<Home['missed']> {
    const missed = await this.#repository.findMissed(citizenId, since)
    if (missed === null) return null
    const worker = (await this.#accounts.loadPeople([missed.workerId])).get(missed.workerId)
    return worker === undefined ? null : { worker, at: missed.at }
  }

  /** How the person's last call that ended after `since` did. */
  findLastResult(personId: PersonId, since: UnixMs): Promise<LastCallReply['last']> {
    return this.#repository.findLastResult(personId, since)
  }
}
