import {
  changeChoice,
  CURRENT_VIDEO_TEXT,
  deriveChoice,
  endOfPause,
  mayBeRung,
  NaervaerError,
  NO_CHOICE,
  type AuditActor,
  type Choice,
  type ChoiceAnswerBody,
  type ChoiceEvent,
  type ChoiceView,
  type CitizenPresence,
  type DeviceId,
  type ErrorCode,
  type PauseWeeks,
  type Person,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import type { FastifyBaseLogger } from 'fastify'
import type { Accounts } from '../accounts/service.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import type { Connection } from '../presence/connection.ts'
import type { PresenceHub } from '../presence/hub.ts'
import type { BarePresence } from '../presence/plugin.ts'
import { runAll } from '../run-all.ts'
import { makeStep, type Source } from './make-step.ts'
import { PauseEnds } from './pause-ends.ts'
import { makeChoiceRepository, type ChoiceRepository, type StoredStep } from './repository.ts'

export interface ChoicesOptions {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly repository: ChoiceRepository
  readonly accounts: Accounts
  readonly presence: PresenceHub
  readonly audit: Pick<Audit, 'record'>
}

/** Why a citizen cannot be rung. */
export type RingRefusal = Extract<
  ErrorCode,
  'CHOICE_NOT_GIVEN' | 'CHOICE_PAUSED' | 'CHOICE_WITHDRAWN'
>

/** The people of a snapshot, before and after their choices have been added. */
interface People {
  readonly citizens: readonly BarePresence[]
  readonly workers: Person[]
}
interface PeopleWithChoices {
  readonly citizens: (BarePresence & Pick<CitizenPresence, 'choice'>)[]
  readonly workers: Person[]
  /** The citizen's own; null for a worker. */
  readonly choice: ChoiceView | null
}

/** What else must stop when a citizen stops; `actor` is the citizen, or the worker who heard it. */
type WithdrawListener = (citizenId: PersonId, actor: AuditActor) => Promise<void>

type Answer = ChoiceAnswerBody['answer']
type AsEvent = (body: ChoiceAnswerBody, by: 'citizen' | 'staff') => ChoiceEvent

const EVENT_OF_ANSWER: Readonly<Record<Answer, AsEvent>> = {
  yes: ({ textVersion }, by) => ({ type: 'accept', by, textVersion }),
  no: () => ({ type: 'decline' }),
  later: () => ({ type: 'later' }),
}

/**
 * What citizens have chosen. Only events of people get here, so that nobody is ever asked again by
 * a machine. Whether one may be rung is worked out anew from the history each time.
 */
export class Choices {
  readonly #options: ChoicesOptions
  readonly #pauseEnds: PauseEnds
  readonly #changeListeners: ((citizenId: PersonId, choice: Choice) => void)[] = []
  readonly #withdrawListeners: WithdrawListener[] = []

  constructor(options: ChoicesOptions) {
    this.#options = options
    this.#pauseEnds = new PauseEnds(options.clock, (citizenId) => this.#onPauseEnd(citizenId))
  }

  /** Whether the citizen may be rung now, or the code that says why not. Asked for every ring. */
  async mayRing(citizenId: PersonId, now: UnixMs): Promise<true | RingRefusal> {
    const { state } = await this.#load(citizenId, now)
    if (mayBeRung(state)) return true
    if (state === 'paused') return 'CHOICE_PAUSED'
    return state === 'withdrawn' ? 'CHOICE_WITHDRAWN' : 'CHOICE_NOT_GIVEN'
  }

  /**
   * Whoever has said no, or stop, gets no device either.
   *
   * @param within - the transaction in which the device, or the code for one, is written
   * @throws NaervaerError CHOICE_WITHDRAWN, CHOICE_NOT_GIVEN after a no
   */
  async requirePairable(citizenId: PersonId, within: Database): Promise<void> {
    const steps = await makeChoiceRepository(within).loadSteps([citizenId], 'video')
    const { state } = deriveChoice(steps.get(citizenId) ?? [], this.#options.clock.now())
    if (state === 'withdrawn') throw new NaervaerError('CHOICE_WITHDRAWN')
    if (state === 'declined') throw new NaervaerError('CHOICE_NOT_GIVEN')
  }

  /**
   * A worker asks a citizen of their own. A substitute only reads.
   *
   * @throws NaervaerError PERSON_NOT_FOUND for everybody else's, SUBSTITUTE_REFUSED,
   *   CHOICE_ALREADY_GIVEN
   */
  async offer(workerId: PersonId, citizenId: PersonId): Promise<ChoiceView> {
    await this.#requirePrimary(workerId, citizenId)
    return this.#apply(citizenId, { type: 'offer' }, { type: 'staff', personId: workerId })
  }

  /**
   * A worker writes down what a citizen of their own has said.
   *
   * @throws NaervaerError PERSON_NOT_FOUND, SUBSTITUTE_REFUSED, CHOICE_NOT_OFFERED, CHOICE_TEXT_OLD,
   *   CHOICE_ALREADY_GIVEN
   */
  async hear(workerId: PersonId, citizenId: PersonId, body: ChoiceAnswerBody): Promise<ChoiceView> {
    await this.#requirePrimary(workerId, citizenId)
    const source: Source = { type: 'staff', personId: workerId }
    return this.#apply(citizenId, EVENT_OF_ANSWER[body.answer](body, 'staff'), source, body)
  }

  /**
   * A worker writes down that a citizen of their own has said stop.
   *
   * @throws NaervaerError PERSON_NOT_FOUND, SUBSTITUTE_REFUSED, CHOICE_NOT_GIVEN
   */
  async hearStop(workerId: PersonId, citizenId: PersonId): Promise<ChoiceView> {
    await this.#requirePrimary(workerId, citizenId)
    return this.#apply(citizenId, { type: 'withdraw' }, { type: 'staff', personId: workerId })
  }

  /** The citizen answers. @throws NaervaerError CHOICE_NOT_OFFERED, CHOICE_TEXT_OLD, CHOICE_ALREADY_GIVEN */
  answer(citizenId: PersonId, deviceId: DeviceId, body: ChoiceAnswerBody): Promise<ChoiceView> {
    const event = EVENT_OF_ANSWER[body.answer](body, 'citizen')
    return this.#apply(citizenId, event, { type: 'citizen', deviceId }, body)
  }

  /** "Hold pause". @throws NaervaerError CHOICE_NOT_GIVEN, CHOICE_WITHDRAWN */
  pause(citizenId: PersonId, deviceId: DeviceId, weeks: PauseWeeks): Promise<ChoiceView> {
    const until = endOfPause(weeks, this.#options.clock.now())
    return this.#apply(citizenId, { type: 'pause', until }, { type: 'citizen', deviceId })
  }

  /** "Fortsæt igen". @throws NaervaerError CHOICE_NOT_GIVEN, CHOICE_WITHDRAWN */
  resume(citizenId: PersonId, deviceId: DeviceId): Promise<ChoiceView> {
    return this.#apply(citizenId, { type: 'resume' }, { type: 'citizen', deviceId })
  }

  /** "Jeg vil ikke have flere videosamtaler". @throws NaervaerError CHOICE_NOT_GIVEN */
  stop(citizenId: PersonId, deviceId: DeviceId): Promise<ChoiceView> {
    return this.#apply(citizenId, { type: 'withdraw' }, { type: 'citizen', deviceId })
  }

  /** Said by `calls` when a conversation has come about. */
  async begin(citizenId: PersonId): Promise<void> {
    await this.#apply(citizenId, { type: 'begin' }, { type: 'system' })
  }

  /** The snapshot's part: each citizen's choice for their worker, and a citizen's own. */
  async withChoices(connection: Connection, people: People): Promise<PeopleWithChoices> {
    if (connection.role === 'citizen') {
      const choice = toView(await this.#load(connection.personId, this.#options.clock.now()))
      return { citizens: [], workers: people.workers, choice }
    }
    const views = await this.loadViews(people.citizens.map(({ person }) => person.id))
    const citizens = people.citizens.map((citizen) => ({
      ...citizen,
      choice: views.get(citizen.person.id) ?? toView(NO_CHOICE),
    }))
    return { citizens, workers: people.workers, choice: null }
  }

  /** Where each of some citizens stands, for those who may read it without having them. */
  async loadViews(citizenIds: readonly PersonId[]): Promise<ReadonlyMap<PersonId, ChoiceView>> {
    const { repository, clock } = this.#options
    const now = clock.now()
    const steps = await repository.loadSteps(citizenIds, 'video')
    return new Map(citizenIds.map((id) => [id, toView(deriveChoice(steps.get(id) ?? [], now))]))
  }

  /** Everything that one citizen was offered and has said, the oldest first. */
  async loadHistory(citizenId: PersonId): Promise<readonly StoredStep[]> {
    const steps = await this.#options.repository.loadSteps([citizenId], 'video')
    return steps.get(citizenId) ?? []
  }

  /** Told of every change after it is written, and before anybody else is. */
  onChanged(listener: (citizenId: PersonId, choice: Choice) => void): void {
    this.#changeListeners.push(listener)
  }

  /** Told of every "no more", and waited for: what else must stop, such as the citizen's devices. */
  onWithdrawn(listener: WithdrawListener): void {
    this.#withdrawListeners.push(listener)
  }

  /** Takes up the pauses that were running when the server went away. */
  async restore(): Promise<void> {
    const now = this.#options.clock.now()
    for (const citizenId of await this.#options.repository.loadPausing(now)) {
      this.#pauseEnds.follow(citizenId, await this.#load(citizenId, now))
    }
  }

  /** Sees to the stops whose consequences the server did not live to see. */
  async restoreStops(): Promise<void> {
    const citizenIds = await this.#options.repository.loadWithdrawn()
    await runAll(citizenIds, (citizenId) => this.#followStop(citizenId, { kind: 'system' }))
  }

  /** Lets go of all timers. The pauses go on in their rows. */
  stopTimers(): void {
    this.#pauseEnds.stop()
  }

  async #load(citizenId: PersonId, now: UnixMs): Promise<Choice> {
    const steps = await this.#options.repository.loadSteps([citizenId], 'video')
    return deriveChoice(steps.get(citizenId) ?? [], now)
  }

  /** Somebody else's citizen looks the same as one who does not exist. */
  #requirePrimary(workerId: PersonId, citizenId: PersonId): Promise<void> {
    const { accounts, clock } = this.#options
    return accounts.assignments.requirePrimary(workerId, citizenId, clock.now())
  }

  async #apply(
    citizenId: PersonId,
    event: ChoiceEvent,
    source: Source,
    text: Pick<ChoiceAnswerBody, 'textVersion' | 'language'> | null = null,
  ): Promise<ChoiceView> {
    const { clock, repository } = this.#options
    const now = clock.now()
    const decide = (steps: readonly StoredStep[]): StoredStep | null => {
      const before = deriveChoice(steps, now)
      const outcome = changeChoice(before, event, CURRENT_VIDEO_TEXT.version, now)
      if (outcome.type === 'refused') throw new NaervaerError(outcome.code)
      if (outcome.type === 'unchanged') return null
      return makeStep({ citizenId, steps, before, event, source, text, now })
    }
    const step = await repository.addStep(citizenId, 'video', decide, (made, transaction) =>
      this.#audit(citizenId, made, source, transaction),
    )
    const choice = await this.#load(citizenId, now)
    if (step !== null) await this.#tellAll(citizenId, choice, step, source)
    return toView(choice)
  }

  async #tellAll(
    citizenId: PersonId,
    choice: Choice,
    step: StoredStep,
    source: Source,
  ): Promise<void> {
    this.#pauseEnds.follow(citizenId, choice)
    for (const listener of this.#changeListeners) listener(citizenId, choice)
    try {
      await this.#announce(citizenId, choice)
    } finally {
      // After a stop the devices go, whoever could not be told of it.
      if (step.kind === 'withdrawn') await this.#followStop(citizenId, toActor(citizenId, source))
    }
  }

  #followStop(citizenId: PersonId, actor: AuditActor): Promise<void> {
    return runAll(this.#withdrawListeners, (listener) => listener(citizenId, actor))
  }

  async #audit(
    citizenId: PersonId,
    { kind, textVersion, until }: StoredStep,
    source: Source,
    transaction: Database,
  ): Promise<void> {
    // That a conversation came about is in the calls; it is nobody's act.
    if (kind === 'begun') return
    const actor = toActor(citizenId, source)
    const details = {
      ...(textVersion === null ? {} : { textVersion }),
      ...(until === null ? {} : { toAt: until }),
    }
    await this.#options.audit.record(
      { action: `choice.${kind}`, actor, subjectId: citizenId, details },
      transaction,
    )
  }

  #announce(citizenId: PersonId, choice: Choice): Promise<void> {
    const message = { type: 'choice.changed', citizenId, choice: toView(choice) } as const
    return this.#options.presence.tellAround(citizenId, message)
  }

  #onPauseEnd(citizenId: PersonId): void {
    const now = this.#options.clock.now()
    this.#load(citizenId, now)
      .then((choice) => this.#announce(citizenId, choice))
      .catch((error: unknown) => {
        // Rings work all the same: they look at the history, not at what was announced.
        this.#options.log.error({ err: error }, 'end of a pause not announced')
      })
  }
}

function toActor(citizenId: PersonId, source: Source): AuditActor {
  switch (source.type) {
    case 'citizen':
      return { kind: 'person', id: citizenId, role: 'citizen' }
    case 'staff':
      return { kind: 'person', id: source.personId, role: 'worker' }
    case 'system':
      return { kind: 'system' }
  }
}

function toView({ state, pausedUntil }: Choice): ChoiceView {
  return { state, pausedUntil }
}
