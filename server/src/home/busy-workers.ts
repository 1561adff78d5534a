import type { PersonId } from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { Appointments } from '../appointments/service.ts'
import type { Calls } from '../calls/service.ts'
import type { Clock } from '../plugins/clock.ts'
import { runAll } from '../run-all.ts'

export interface BusyWorkersOptions {
  readonly clock: Clock
  readonly accounts: Accounts
  readonly appointments: Pick<Appointments, 'listVisited' | 'listVisiting'>
  readonly calls: Pick<Calls, 'findTalk' | 'listLive'>
  /** Told of each citizen of a worker who has become busy, or no longer is. */
  readonly onChanged: (citizenId: PersonId) => Promise<void>
}

/**
 * Which workers talk with somebody or are on a visit: their other citizens read that they are busy, and not
 * with whom.
 */
export class BusyWorkers {
  readonly #options: BusyWorkersOptions
  /** With whom each of them was when their citizens were told last. */
  readonly #told = new Map<PersonId, string>()

  constructor(options: BusyWorkersOptions) {
    this.#options = options
  }

  /** Takes up what was going on when the server went away. */
  restore(): void {
    for (const { call } of this.#options.calls.listLive()) {
      this.#told.set(call.workerId, this.#withWhom(call.workerId).join())
    }
    for (const workerId of this.#options.appointments.listVisiting()) {
      this.#told.set(workerId, this.#withWhom(workerId).join())
    }
  }

  /** Those of the citizen's workers who are with somebody else. */
  async findOf(citizenId: PersonId): Promise<PersonId[]> {
    const { accounts, clock } = this.#options
    const workers = await accounts.assignments.loadWorkersOf(citizenId, clock.now())
    return workers
      .map(({ id }) => id)
      .filter((id) => this.#withWhom(id).some((other) => other !== citizenId))
  }

  /** Tells workers' citizens when a talk or a visit begins or ends, and of nothing in between. */
  async follow(workerIds: readonly PersonId[]): Promise<void> {
    await runAll(workerIds, (workerId) => this.#followOne(workerId))
  }

  async #followOne(workerId: PersonId): Promise<void> {
    const { accounts, clock, onChanged } = this.#options
    const now = this.#withWhom(workerId).join()
    if (now === (this.#told.get(workerId) ?? '')) return
    if (now === '') this.#told.delete(workerId)
    else this.#told.set(workerId, now)
    for (const { id } of await accounts.assignments.loadCitizensOf(workerId, clock.now())) {
      await onChanged(id)
    }
  }

  #withWhom(workerId: PersonId): PersonId[] {
    const { appointments, calls } = this.#options
    const talk = calls.findTalk(workerId)
    return [...(talk === null ? [] : [talk.citizenId]), ...appointments.listVisited(workerId)]
  }
}
