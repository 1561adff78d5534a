import type { CallId, PersonId } from '@naervaer/shared'
import type { LiveCall } from './live-call.ts'

/** The calls that are going on, by id and by person. Nobody is in two. */
export class LiveCalls {
  readonly #byId = new Map<CallId, LiveCall>()
  readonly #byPerson = new Map<PersonId, LiveCall>()

  add(live: LiveCall): void {
    this.#byId.set(live.call.id, live)
    this.#byPerson.set(live.call.workerId, live)
    this.#byPerson.set(live.call.citizenId, live)
  }

  remove(live: LiveCall): void {
    this.#byId.delete(live.call.id)
    for (const id of [live.call.workerId, live.call.citizenId]) {
      if (this.#byPerson.get(id) === live) this.#byPerson.delete(id)
    }
  }

  get isEmpty(): boolean {
    return this.#byId.size === 0
  }

  find(id: CallId): LiveCall | undefined {
    return this.#byId.get(id)
  }

  findOf(personId: PersonId): LiveCall | undefined {
    return this.#byPerson.get(personId)
  }

  *[Symbol.iterator](): Generator<LiveCall> {
    yield* this.#byId.values()
  }
}
