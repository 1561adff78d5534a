import {
  LATEST_TALKS_MS,
  MAX_LATEST_TALKS,
  NaervaerError,
  type CallId,
  type CoveredTalk,
  type OwnTalk,
  type Person,
  type PersonId,
  type Replaced,
  type UnixMs,
} from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import { makeTalksRepository, type TalksRepository } from './talks-repository.ts'

export interface TalksOptions {
  readonly clock: Clock
  readonly database: Database
  readonly accounts: Accounts
}

/** Calls that have become talks: what a worker may look up of their own, and says of each afterwards. */
export class Talks {
  readonly #options: TalksOptions
  readonly #repository: TalksRepository

  constructor(options: TalksOptions) {
    this.#options = options
    this.#repository = makeTalksRepository(options.database)
  }

  /**
   * Whether the talk stood in for a visit. Said by its worker, and said otherwise as long as the call is kept.
   *
   * @throws NaervaerError CALL_NOT_FOUND for everybody else's, CALL_NOT_ANSWERED where it was no talk
   */
  async sayReplaced(workerId: PersonId, id: CallId, replaced: Replaced): Promise<void> {
    const call = await this.#repository.find(id)
    if (call?.workerId !== workerId) throw new NaervaerError('CALL_NOT_FOUND')
    if (call.connectedAt === null) throw new NaervaerError('CALL_NOT_ANSWERED')
    await this.#repository.saveReplaced(id, replaced)
  }

  /** A worker's own of the last days, the newest first, with those who are theirs at this moment. */
  async loadLatest(workerId: PersonId): Promise<OwnTalk[]> {
    const { accounts, clock } = this.#options
    const now = clock.now()
    const own = await accounts.assignments.loadCitizensOf(workerId, now)
    const people = new Map(own.map(({ id, name }) => [id, { id, name }]))
    const talks = await this.#repository.loadLatest(workerId, {
      citizenIds: [...people.keys()],
      since: now - LATEST_TALKS_MS,
      atMost: MAX_LATEST_TALKS,
    })
    const owns = talks.flatMap(({ onBehalfOf }) => onBehalfOf ?? [])
    const stoodInFor = await this.#loadPeople(owns)
    return talks.flatMap(({ citizenId, onBehalfOf, ...talk }) => {
      const citizen = people.get(citizenId)
      if (citizen === undefined) return []
      const insteadOf = onBehalfOf === null ? undefined : stoodInFor.get(onBehalfOf)
      return [{ ...talk, citizen, ...(insteadOf === undefined ? {} : { insteadOf }) }]
    })
  }

  /** What others have talked in this worker's place, with citizens who are theirs for good at this moment. */
  async loadCovered(workerId: PersonId): Promise<CoveredTalk[]> {
    const { accounts, clock } = this.#options
    const now = clock.now()
    const own = await accounts.assignments.loadCitizensOf(workerId, now)
    const primary = own.filter(({ kind }) => kind === 'primary')
    const people = new Map(primary.map(({ id, name }) => [id, { id, name }]))
    const talks = await this.#repository.loadCovered(workerId, {
      citizenIds: [...people.keys()],
      since: now - LATEST_TALKS_MS,
      atMost: MAX_LATEST_TALKS,
    })
    const workers = await this.#loadPeople(talks.map(({ workerId }) => workerId))
    return talks.flatMap(({ id, citizenId, workerId, connectedAt }) => {
      const [citizen, worker] = [people.get(citizenId), workers.get(workerId)]
      return citizen === undefined || worker === undefined
        ? []
        : [{ id, citizen, worker, connectedAt }]
    })
  }

  #loadPeople(ids: readonly PersonId[]): Promise<Map<PersonId, Person>> {
    if (ids.length === 0) return Promise.resolve(new Map<PersonId, Person>())
    return this.#options.accounts.loadPeople([...new Set(ids)])
  }

  /** Whether the two have had a talk that began at `since` or later, and is over. */
  hasTalked(workerId: PersonId, citizenId: PersonId, since: UnixMs): Promise<boolean> {
    return this.#repository.hasTalked(workerId, citizenId, since)
  }
}
