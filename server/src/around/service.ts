import { NaervaerError, PICK_UP_MS, type Call, type PersonId, type PickUp } from '@naervaer/shared'
import type { FastifyBaseLogger } from 'fastify'
import type { Accounts } from '../accounts/service.ts'
import type { Calls } from '../calls/service.ts'
import type { Talks } from '../calls/talks.ts'
import type { Choices } from '../choice/service.ts'
import type { Clock } from '../plugins/clock.ts'
import type { PickUpsRepository } from './repository.ts'

export interface PickUpsOptions {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly repository: PickUpsRepository
  readonly accounts: Accounts
  readonly choice: Pick<Choices, 'onChanged'>
  readonly calls: Pick<Calls, 'findTalk' | 'onStepped'>
  readonly talks: Pick<Talks, 'hasTalked'>
}

/**
 * "Saml op fra sidst" (N23): one line that a worker and a citizen agree on, shown to both in their next talk
 * and gone after it. It belongs to the two: neither a substitute nor a leader reads it, and it is in no
 * notice, log or export.
 */
export class PickUps {
  readonly #options: PickUpsOptions

  constructor(options: PickUpsOptions) {
    this.#options = options
    options.calls.onStepped((call) => this.#behind(this.#forgetTaken(call)))
    options.choice.onChanged((citizenId, { state }) => {
      if (state === 'withdrawn') this.#behind(options.repository.removeAllOf(citizenId))
    })
  }

  /**
   * What a worker has agreed with a citizen of theirs; null takes it back.
   *
   * @throws NaervaerError PERSON_NOT_FOUND for everybody else's
   */
  async agree(workerId: PersonId, citizenId: PersonId, line: PickUp | null): Promise<void> {
    const { clock, repository } = this.#options
    await this.#requireAssigned(workerId, citizenId)
    if (line === null) await repository.remove(workerId, citizenId)
    else await repository.save({ workerId, citizenId, line, agreedAt: clock.now() })
  }

  /** @throws NaervaerError PERSON_NOT_FOUND for everybody else's */
  async findAgreed(workerId: PersonId, citizenId: PersonId): Promise<PickUp | null> {
    const { clock, repository } = this.#options
    await this.#requireAssigned(workerId, citizenId)
    const agreed = await repository.find(workerId, citizenId)
    const isOld = agreed !== null && agreed.agreedAt <= clock.now() - PICK_UP_MS
    return isOld ? null : (agreed?.line ?? null)
  }

  /** What the person's present talk takes up: the same for both, and nothing without a talk. */
  async findForTalk(personId: PersonId): Promise<PickUp | null> {
    const { calls, repository } = this.#options
    const talk = calls.findTalk(personId)
    if (talk === null) return null
    const agreed = await repository.find(talk.workerId, talk.citizenId)
    if (agreed === null || agreed.agreedAt <= talk.connectedAt - PICK_UP_MS) return null
    // What is agreed during a talk is for the next one.
    return agreed.agreedAt <= talk.connectedAt ? agreed.line : null
  }

  /** Forgets lines that have waited too long, and those whose talk ended as the server went away. */
  async removeOld(): Promise<void> {
    const { clock, repository, talks } = this.#options
    await repository.removeOld(clock.now() - PICK_UP_MS)
    for (const { workerId, citizenId, agreedAt } of await repository.loadAll()) {
      if (!(await talks.hasTalked(workerId, citizenId, agreedAt))) continue
      await repository.removeAgreedBy(workerId, citizenId, agreedAt)
    }
  }

  async #requireAssigned(workerId: PersonId, citizenId: PersonId): Promise<void> {
    const { accounts, clock } = this.#options
    const isOwn = await accounts.assignments.isAssigned(workerId, citizenId, clock.now())
    if (!isOwn) throw new NaervaerError('PERSON_NOT_FOUND')
  }

  /** A ring that nobody answered has taken nothing up. */
  async #forgetTaken(call: Call): Promise<void> {
    if (call.state !== 'ended' || call.connectedAt === null) return
    const { workerId, citizenId, connectedAt } = call
    await this.#options.repository.removeAgreedBy(workerId, citizenId, connectedAt)
  }

  /** What follows from something else must not fail it; what was not forgotten is at the next sweep. */
  #behind(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'agreed line not forgotten')
    })
  }
}
