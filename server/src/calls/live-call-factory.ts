import { NaervaerError, type Call, type Person, type PersonId, type Side } from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { Turn } from '../turn/plugin.ts'
import { LiveCall } from './live-call.ts'
import type { StoredCall } from './row.ts'

/** Makes calls live, with what a row does not hold: the people's names, and names for the relay. */
export class LiveCallFactory {
  readonly #accounts: Accounts
  readonly #turn: Turn

  constructor(accounts: Accounts, turn: Turn) {
    this.#accounts = accounts
    this.#turn = turn
  }

  /** @param isWorkerAlone - what the worker has said of the room, for the ring */
  make(call: Call, people: Record<Side, Person>, isWorkerAlone: boolean): LiveCall {
    return new LiveCall(call, people, this.#makeTurnNames(), { isWorkerAlone })
  }

  async makeFromRow({ call, isRelayed, ...beside }: StoredCall): Promise<LiveCall> {
    const people = await this.loadPeople(call.workerId, call.citizenId)
    const live = new LiveCall(call, people, this.#makeTurnNames(), beside)
    if (isRelayed) live.protect()
    return live
  }

  /** @throws NaervaerError PERSON_NOT_FOUND where either is gone */
  async loadPeople(workerId: PersonId, citizenId: PersonId): Promise<Record<Side, Person>> {
    const people = await this.#accounts.loadPeople([workerId, citizenId])
    const worker = people.get(workerId)
    const citizen = people.get(citizenId)
    if (worker === undefined || citizen === undefined) throw new NaervaerError('PERSON_NOT_FOUND')
    return { worker, citizen }
  }

  #makeTurnNames(): Record<Side, string> {
    return { worker: this.#turn.makeOpaque(), citizen: this.#turn.makeOpaque() }
  }
}
