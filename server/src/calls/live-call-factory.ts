import { NaervaerError, type Call, type Person, type PersonId, type Side } from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { Turn } from '../turn/plugin.ts'
import { LiveCall } from './live-call.ts'
import type { StoredCall } from './row.ts'

/** What is known of a ring besides the call. */
export interface RingBeside {
  /** What the worker has said of the room. */
  readonly isWorkerAlone: boolean
  /** In whose place a substitute rings; null where nobody is stood in for. */
  readonly insteadOf: Person | null
}

/** Makes calls live, with what a row does not hold: the people's names, and names for the relay. */
export class LiveCallFactory {
  readonly #accounts: Accounts
  readonly #turn: Turn

  constructor(accounts: Accounts, turn: Turn) {
    this.#accounts = accounts
    this.#turn = turn
  }

  /** @param beside - what is known of the ring besides the call */
  make(call: Call, people: Record<Side, Person>, beside: RingBeside): LiveCall {
    return new LiveCall(call, people, this.#makeTurnNames(), beside)
  }

  async makeFromRow({ call, isRelayed, onBehalfOf, ...beside }: StoredCall): Promise<LiveCall> {
    const people = await this.loadPeople(call.workerId, call.citizenId)
    const insteadOf = await this.#findPerson(onBehalfOf)
    const live = new LiveCall(call, people, this.#makeTurnNames(), { ...beside, insteadOf })
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

  async #findPerson(id: PersonId | null): Promise<Person | null> {
    return id === null ? null : ((await this.#accounts.loadPeople([id])).get(id) ?? null)
  }

  #makeTurnNames(): Record<Side, string> {
    return { worker: this.#turn.makeOpaque(), citizen: this.#turn.makeOpaque() }
  }
}
