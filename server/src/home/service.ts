import {
  CALLBACK_MS,
  mayBeRung,
  MISSED_MS,
  NaervaerError,
  type Call,
  type Callback,
  type Home,
  type Person,
  type PersonId,
} from '@naervaer/shared'
import type { CitizenAnswer } from '@naervaer/shared/appointments'
import { findSoon } from '@naervaer/shared/reminders'
import type { FastifyBaseLogger } from 'fastify'
import type { Accounts } from '../accounts/service.ts'
import type { Answered, Appointments } from '../appointments/service.ts'
import type { PastCalls } from '../calls/past-calls.ts'
import type { Calls } from '../calls/service.ts'
import type { Choices } from '../choice/service.ts'
import type { Clock } from '../plugins/clock.ts'
import type { Connection } from '../presence/connection.ts'
import type { PresenceHub } from '../presence/hub.ts'
import type { Reminders } from '../reminders/service.ts'
import { runAll } from '../run-all.ts'
import { BusyWorkers } from './busy-workers.ts'
import { Readiness } from './readiness.ts'
import { makeHomeRepository, type HomeRepository } from './repository.ts'
import { findWishEnd } from './wish-end.ts'

export interface HomesOptions {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly repository: HomeRepository
  readonly accounts: Accounts
  readonly presence: PresenceHub
  readonly choice: Choices
  readonly calls: Calls
  readonly pastCalls: Pick<PastCalls, 'findMissed'>
  readonly appointments: Appointments
  readonly reminders: Reminders
}

/** The people of a snapshot, before it is said who would like to be rung. */
interface People {
  readonly citizens: readonly { readonly person: Person }[]
}
/** A citizen's wish to be rung. */
type Wish = NonNullable<Callback>
type WithHome<P extends People> = Omit<P, 'citizens'> & {
  readonly citizens: (P['citizens'][number] & { readonly callback: Callback })[]
  /** The citizen's own; null for a worker. */
  readonly home: Home | null
}

/** What a citizen says on their first page, and what it tells them: ready, please ring, and who has rung. */
export class Homes {
  readonly #options: HomesOptions
  readonly #readiness: Readiness
  readonly #busy: BusyWorkers

  constructor(options: HomesOptions) {
    const { clock, repository, presence, choice, calls, appointments, reminders } = options
    this.#options = options
    this.#readiness = new Readiness({
      ...{ clock, repository, presence },
      onEnded: (citizenId) => this.#behind(this.#tellCitizen(citizenId)),
      onError: (error) => this.#onError(error),
    })
    const { accounts } = options
    this.#busy = new BusyWorkers({
      ...{ clock, accounts, appointments, calls },
      onChanged: (citizenId) => this.#tellCitizen(citizenId),
    })
    choice.onChanged((citizenId, { state }) => {
      if (!mayBeRung(state)) this.#behind(this.#forget(citizenId))
    })
    calls.onAwaited({
      write: (citizenId, workerId, within) =>
        makeHomeRepository(within).setAwaited(citizenId, workerId, clock.now()),
      tell: (citizenId) => this.#behind(this.#tellAll(citizenId)),
    })
    appointments.onChanged((citizenId) => this.#tellCitizen(citizenId))
    appointments.onAnswered((citizenId, answer, about) =>
      this.#followAnswer(citizenId, answer, about),
    )
    reminders.onChanged((citizenId) => this.#tellCitizen(citizenId))
    calls.onStepped((call) => this.#behind(this.#followCall(call)))
    calls.onStepped((call) => this.#behind(this.#busy.follow([call.workerId])))
    appointments.onVisited((workerIds) => this.#busy.follow(workerIds))
  }

  /** Takes up what was said before the server went away. */
  async restore(): Promise<void> {
    this.#busy.restore()
    await this.#readiness.restore()
    await this.removeOld()
  }

  /** Lets go of all timers. */
  stop(): void {
    this.#readiness.stop()
  }

  /** "Jeg er klar", or not any more. @throws NaervaerError CHOICE_… of somebody who may not be rung */
  async setReady(citizenId: PersonId, isReady: boolean): Promise<void> {
    if (isReady) await this.#requireRingable(citizenId)
    await (isReady ? this.#readiness.begin(citizenId) : this.#readiness.end(citizenId))
    if (!isReady) await this.#options.appointments.takeBackReady(citizenId)
    await this.#tellCitizen(citizenId)
  }

  /**
   * "Bed {navn} om at ringe", or not any more. There is one at a time: what is asked twice is one wish.
   *
   * @throws NaervaerError CHOICE_… of somebody who may not be rung
   */
  async setCallback(citizenId: PersonId, isWanted: boolean): Promise<void> {
    const { clock, repository } = this.#options
    if (isWanted) {
      await this.#requireRingable(citizenId)
      // One that has run out a moment ago is no wish any more.
      await this.removeOld()
    }
    const isNews = isWanted
      ? await repository.addCallback(citizenId, clock.now())
      : await repository.removeCallback(citizenId)
    if (isNews) await this.#tellAll(citizenId)
  }

  /**
   * A worker has seen the wish of a citizen who is theirs at this moment, as a substitute too. Of one that waits for
   * somebody else it changes nothing.
   *
   * @throws NaervaerError PERSON_NOT_FOUND for everybody else's
   */
  async seeCallback(workerId: PersonId, citizenId: PersonId): Promise<void> {
    const { accounts, clock, repository } = this.#options
    const now = clock.now()
    if (!(await accounts.assignments.isAssigned(workerId, citizenId, now))) {
      throw new NaervaerError('PERSON_NOT_FOUND')
    }
    if (!(await this.hasAsked(citizenId, workerId))) return
    if (await repository.seeCallback(citizenId, now)) await this.#tellAll(citizenId)
  }

  /** Forgets wishes that nobody has answered in their time. */
  async removeOld(): Promise<void> {
    const { accounts, clock, repository } = this.#options
    const now = clock.now()
    const old = await repository.listOldCallbacks(now - CALLBACK_MS)
    await runAll([...(await repository.loadCallbacks(old))], async ([citizenId, wish]) => {
      if (now < (await findWishEnd(accounts, citizenId, wish))) return
      if (await repository.removeCallbackOf(citizenId, wish.askedAt)) await this.#tellAll(citizenId)
    })
  }

  /** The snapshot's part: the wishes of a worker's citizens, and a citizen's own first page. */
  async withHome<P extends People>(
    { role, personId }: Connection,
    people: P,
  ): Promise<WithHome<P>> {
    const wishes = await this.#loadCallbacks(people.citizens.map(({ person }) => person.id))
    const citizens = people.citizens.map((citizen) => ({
      ...citizen,
      callback: wishes.get(citizen.person.id) ?? null,
    }))
    return { ...people, citizens, home: role === 'citizen' ? await this.#load(personId) : null }
  }

  async #requireRingable(citizenId: PersonId): Promise<void> {
    const { choice, clock } = this.#options
    const mayRing = await choice.mayRing(citizenId, clock.now())
    if (mayRing !== true) throw new NaervaerError(mayRing)
  }

  /** Who is ready for a talk by video is ready to be rung; who would rather not, or later, is not. */
  async #followAnswer(
    citizenId: PersonId,
    answer: CitizenAnswer,
    { kind }: Answered,
  ): Promise<void> {
    // Nobody waits at the screen for a visit or the telephone, whatever is said of it.
    if (kind !== 'video') return
    const { choice, clock } = this.#options
    if (answer === 'off' || answer === 'more') await this.#readiness.end(citizenId)
    if (answer === 'ready' && (await choice.mayRing(citizenId, clock.now())) === true) {
      await this.#readiness.begin(citizenId)
    }
  }

  /** A ring that has come through answers the wish; after it nobody is ready any more, and it may have been missed. */
  async #followCall({ state, citizenId, workerId, noticedAt }: Call): Promise<void> {
    const isHeard = state === 'inviting' && noticedAt !== null
    if (isHeard || state === 'ringing' || state === 'connecting') {
      const { repository } = this.#options
      if (await repository.fulfilCallback(citizenId, workerId)) await this.#tellAll(citizenId)
    } else if (state === 'ended') {
      await this.#readiness.end(citizenId)
      await this.#tellCitizen(citizenId)
    }
  }

  /** Whoever pauses or stops is neither ready nor waiting. */
  async #forget(citizenId: PersonId): Promise<void> {
    await this.#readiness.end(citizenId)
    await this.#options.repository.removeCallback(citizenId)
    await this.#tellAll(citizenId)
  }

  /** Whether the citizen waits to be rung by this worker. */
  async hasAsked(citizenId: PersonId, workerId: PersonId): Promise<boolean> {
    const wish = (await this.#loadCallbacks([citizenId])).get(citizenId)
    if (wish === undefined) return false
    return wish.waitsFor === undefined || wish.waitsFor.id === workerId
  }

  async #loadCallbacks(citizenIds: readonly PersonId[]): Promise<Map<PersonId, Wish>> {
    const { accounts, clock, repository } = this.#options
    const now = clock.now()
    const wishes = new Map<PersonId, Wish>()
    for (const [citizenId, stored] of await repository.loadCallbacks(citizenIds)) {
      if (now >= (await findWishEnd(accounts, citizenId, stored))) continue
      const { waitsFor, ...wish } = stored
      // Of somebody who is no longer theirs nobody waits any more: then any of the others will do.
      const own = waitsFor === null ? [] : await accounts.assignments.loadWorkersOf(citizenId, now)
      const worker = own.find(({ id }) => id === waitsFor)
      wishes.set(citizenId, worker === undefined ? wish : { ...wish, waitsFor: worker })
    }
    return wishes
  }

  async #load(citizenId: PersonId): Promise<Home> {
    const { accounts, appointments, clock, pastCalls, reminders } = this.#options
    const callback = (await this.#loadCallbacks([citizenId])).get(citizenId) ?? null
    const missed = await pastCalls.findMissed(citizenId, clock.now() - MISSED_MS)
    const upcoming = await appointments.loadUpcoming(citizenId)
    // Last, so that what is told last is what is so.
    const busyWorkers = await this.#busy.findOf(citizenId)
    const readyUntil = this.#readiness.untilOf(citizenId)
    const away = await accounts.assignments.loadAway(citizenId, clock.now())
    const remindsDayBefore = await reminders.wantsDayBefore(citizenId)
    // Nobody is asked whether they are ready for somebody who is not there.
    const held = upcoming.filter(({ isAway }) => isAway !== true)
    const soon = findSoon(held, clock.now())
    const own = { readyUntil, callback, missed, appointments: upcoming, busyWorkers }
    return { ...own, soon, remindsDayBefore, ...(away.length === 0 ? {} : { away }) }
  }

  async #tellCitizen(citizenId: PersonId): Promise<void> {
    const { presence } = this.#options
    if (presence.listConnections(citizenId).length === 0) return
    const home = await this.#load(citizenId)
    for (const connection of presence.listConnections(citizenId)) {
      connection.send({ type: 'home.changed', home })
    }
  }

  /** Of the wish: the citizen's own windows, and those of the workers of this moment. */
  async #tellAll(citizenId: PersonId): Promise<void> {
    const callback = (await this.#loadCallbacks([citizenId])).get(citizenId) ?? null
    await this.#options.presence.tellWorkersOf(citizenId, {
      type: 'callback.changed',
      citizenId,
      callback,
    })
    await this.#tellCitizen(citizenId)
  }

  /** What follows from something else must not fail it. */
  #behind(work: Promise<void>): void {
    work.catch((error: unknown) => this.#onError(error))
  }

  #onError(error: unknown): void {
    this.#options.log.error({ err: error }, 'first page of a citizen not kept up')
  }
}
