import type { Call, PersonId } from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { Calls } from '../calls/service.ts'
import type { Clock } from '../plugins/clock.ts'

export interface BusyWorkersOptions {
  readonly clock: Clock
  readonly accounts: Accounts
  readonly calls: Pick<Calls, 'findTalk' | 'listLive'>
  /** Told of each citizen of a worker who has become busy, or no longer is. */
  readonly onChanged: (citizenId: PersonId) => Promise<void>
}

/** Which workers talk with somebody: their other citizens read that they are busy, and not with whom. */
export class BusyWorkers {
  readonly #options: BusyWorkersOptions
  readonly #talking = new Set<PersonId>()

  constructor(options: BusyWorkersOptions) {
    this.#options = options
  }

  /** Takes up the talks that were going on when the server went away. */
  restore(): void {
    for (const { call } of this.#options.calls.listLive()) {
      if (this.#options.calls.findTalk(call.workerId) !== null) this.#talking.add(call.workerId)
    }
  }

  /** Those of the citizen's workers who talk with somebody else. */
  async findOf(citizenId: PersonId): Promise<PersonId[]> {
    const { accounts, calls, clock } = this.#options
    const workers = await accounts.assignments.loadWorkersOf(citizenId, clock.now())
    return workers
      .map(({ id }) => id)
      .filter((id) => (calls.findTalk(id)?.citizenId ?? citizenId) !== citizenId)
  }

  /** Tells a worker's citizens when a talk of theirs begins or ends, and of nothing in between. */
  async follow({ workerId }: Call): Promise<void> {
    const { accounts, calls, clock, onChanged } = this.#options
    const isTalking = calls.findTalk(workerId) !== null
    if (isTalking === this.#talking.has(workerId)) return
    if (isTalking) this.#talking.add(workerId)
    else this.#talking.delete(workerId)
    for (const { id } of await accounts.assignments.loadCitizensOf(workerId, clock.now())) {
      await onChanged(id)
    }
  }
}
