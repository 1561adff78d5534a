import {
  NaervaerError,
  type AppointmentId,
  type DurationMs,
  type ErrorCode,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import {
  HORIZON_DAYS,
  listOccurrences,
  makeOccurrence,
  MAX_PER_CITIZEN,
  planNew,
  TAKE_BACK_MS,
  type Change,
  type ChangeReply,
  type NewAppointment,
  type NewAppointmentReply,
  type Occurrence,
  type Plan,
  type Warning,
  type WholePlan,
} from '@naervaer/shared/appointments'
import { wallTimeAt } from '@naervaer/shared/wall'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'
import { findBroken, type BreakListener } from './breaking.ts'
import type { AppointmentChanging, Changed, ChangingOptions, OccurrenceName } from './changing.ts'
import { makeAppointmentsRepository } from './repository.ts'
import { decideChange } from './series.ts'
import type { AppointmentWarnings, Planned } from './warnings.ts'

/** Beyond whatever can be planned. */
const FAR_MS: DurationMs = (HORIZON_DAYS + 35) * 24 * 3_600_000

export interface PlanningOptions extends ChangingOptions {
  readonly changing: AppointmentChanging
  readonly warnings: AppointmentWarnings
  readonly onBroken: BreakListener
}

/** What a worker plans and changes, and what they should know of it before and after. */
export class AppointmentPlanning {
  readonly #options: PlanningOptions

  constructor(options: PlanningOptions) {
    this.#options = options
  }

  /**
   * A worker plans something with a citizen of theirs, as a substitute too.
   *
   * @throws NaervaerError PERSON_NOT_FOUND for everybody else's, APPOINTMENTS_TOO_MANY, and what `planNew` finds
   */
  async make(workerId: PersonId, wish: NewAppointment): Promise<NewAppointmentReply> {
    const { audit, clock, database } = this.#options
    const { citizenId } = wish
    const plan = await database.transaction().execute(async (transaction) => {
      const made = await this.#plan(workerId, wish, transaction)
      const repository = makeAppointmentsRepository(transaction)
      const now = clock.now()
      if ((await repository.countAhead(citizenId, wallTimeAt(now).day)) >= MAX_PER_CITIZEN) {
        throw new NaervaerError('APPOINTMENTS_TOO_MANY')
      }
      await repository.add(made, now)
      const actor = { kind: 'person', id: workerId, role: 'worker' } as const
      const details = { appointmentId: made.id }
      const event = { action: 'appointment.made', actor, subjectId: citizenId, details } as const
      await audit.record(event, transaction)
      return made
    })
    return { id: plan.id, warnings: await this.#warnOfNew(workerId, plan) }
  }

  /** What should be known of a wish; nothing of one that cannot be kept. @throws PERSON_NOT_FOUND */
  check(workerId: PersonId, wish: NewAppointment): Promise<Warning[]> {
    const plan = () => this.#plan(workerId, wish, this.#options.database)
    return unlessRefused(async () => this.#warnOfNew(workerId, await plan()))
  }

  /**
   * One time, it and those that follow, or all that lie ahead are otherwise from now on, or called off.
   *
   * @returns whose it is, and where what was pointed at stands now
   */
  async change(
    workerId: PersonId,
    name: OccurrenceName,
    change: Change,
  ): Promise<ChangeReply & { citizenId: PersonId }> {
    const { revision, to } = change
    const action = to === null ? 'appointment.cancelled' : 'appointment.moved'
    const { changing, clock, onBroken } = this.#options
    const onWritten = async (made: Changed, madeAt: UnixMs, within: Database) => {
      const broken = findBroken(made, change, clock.now())
      await onBroken({ ...broken, madeAt, isTakenBack: false }, within)
    }
    const changed = await changing.asWorker(
      ...[workerId, name, { action, revision, onWritten } as const],
      (before) => this.#decide(before, change),
    )
    const { before, after } = changed
    const isAnother = to !== null && after.movesFrom !== undefined
    return {
      citizenId: before.plan.citizenId,
      id: after.added?.plan.id ?? before.plan.id,
      day: isAnother ? to.day : name.day,
      revision: revision + 1,
      warnings: await this.#warnOfChange(workerId, changed),
    }
  }

  /** What should be known of a change; see `check`. @throws APPOINTMENT_NOT_FOUND, _CHANGED, _OVER */
  checkChange(workerId: PersonId, name: OccurrenceName, change: Change): Promise<Warning[]> {
    const decide = (before: Changed['before']) => this.#decide(before, change)
    const { changing } = this.#options
    const preview = () => changing.preview(workerId, name, change.revision, decide)
    return unlessRefused(async () => this.#warnOfChange(workerId, await preview()))
  }

  /**
   * Takes back what somebody has made by mistake, as if it had never been: nobody reads that it was called off.
   *
   * @returns whose it was
   * @throws NaervaerError APPOINTMENT_NOT_FOUND for everybody else's, APPOINTMENT_CHANGED where somebody has said
   *   or changed something since, APPOINTMENT_OVER after ten minutes
   */
  async takeBack(workerId: PersonId, id: AppointmentId): Promise<PersonId> {
    const { accounts, audit, clock, database } = this.#options
    return database.transaction().execute(async (transaction) => {
      const repository = makeAppointmentsRepository(transaction)
      const whole = await repository.find(id)
      const madeAt = await repository.findMadeAt(id)
      if (whole === null || madeAt === null) throw new NaervaerError('APPOINTMENT_NOT_FOUND')
      const { citizenId, workerId: madeBy, revision } = whole.plan
      const now = clock.now()
      const isOwn = await accounts.assignments.isAssigned(workerId, citizenId, now, transaction)
      if (!isOwn) throw new NaervaerError('APPOINTMENT_NOT_FOUND')
      const isAsMade = madeBy === workerId && revision === 1 && whole.exceptions.length === 0
      if (!isAsMade) throw new NaervaerError('APPOINTMENT_CHANGED')
      if (now >= madeAt + TAKE_BACK_MS) throw new NaervaerError('APPOINTMENT_OVER')
      const [first] = this.#list(whole)
      if (first !== undefined) {
        const { day } = first
        const broken = { before: first, name: { appointmentId: id, day }, toAt: null, madeAt }
        await this.#options.onBroken({ ...broken, isTakenBack: true }, transaction)
      }
      await repository.remove(id)
      const actor = { kind: 'person', id: workerId, role: 'worker' } as const
      const event = { action: 'appointment.takenBack', actor, subjectId: citizenId } as const
      await audit.record({ ...event, details: { appointmentId: id } }, transaction)
      return citizenId
    })
  }

  #decide(before: Changed['before'], change: Change): Changed['after'] {
    const now = this.#options.clock.now()
    return decideChange(before, change, { now, newId: () => newId<AppointmentId>() })
  }

  async #plan(workerId: PersonId, wish: NewAppointment, within: Database): Promise<Plan> {
    const { accounts, clock } = this.#options
    const { citizenId, kind, minute: startMinute, lengthMinutes } = wish
    const now = clock.now()
    if (!(await accounts.assignments.isAssigned(workerId, citizenId, now, within))) {
      throw new NaervaerError('PERSON_NOT_FOUND')
    }
    const pattern = planNew(wish, now)
    if (typeof pattern === 'string') throw new NaervaerError(pattern)
    const id = newId<AppointmentId>()
    return { id, citizenId, workerId, kind, pattern, startMinute, lengthMinutes, revision: 1 }
  }

  #warnOfNew(workerId: PersonId, plan: Plan): Promise<Warning[]> {
    const isReplaced = (other: Occurrence) => other.plan.id === plan.id
    const occurrences = this.#list({ plan, exceptions: [] })
    return this.#warn(workerId, plan, { occurrences, isReplaced })
  }

  #warnOfChange(workerId: PersonId, { before, after }: Changed): Promise<Warning[]> {
    const { plan, exception } = before
    const { added, movesFrom, exceptions } = after
    if (movesFrom === undefined) {
      const isReplaced = (other: Occurrence) =>
        other.plan.id === plan.id && other.day === exception.day
      const occurrences = exceptions.map((each) => makeOccurrence(plan, each))
      return this.#warn(workerId, plan, { occurrences, isReplaced })
    }
    const occurrences = this.#list(added ?? { plan: after.plan ?? plan, exceptions })
    // What is kept of a series that is cut stands in the way like anything else.
    const isReplaced = (other: Occurrence) =>
      (other.plan.id === plan.id && other.day >= movesFrom) || other.plan.id === added?.plan.id
    return this.#warn(workerId, plan, { occurrences, isReplaced })
  }

  #list({ plan, exceptions }: WholePlan): Occurrence[] {
    const now = this.#options.clock.now()
    return listOccurrences(plan, exceptions, { from: now, to: now + FAR_MS })
  }

  #warn(
    byId: PersonId,
    { citizenId }: Plan,
    { occurrences, isReplaced }: Pick<Planned, 'occurrences' | 'isReplaced'>,
  ): Promise<Warning[]> {
    const ahead = occurrences.filter(({ calledOff, isHeld }) => calledOff === null && !isHeld)
    return this.#options.warnings.find({ citizenId, byId, occurrences: ahead, isReplaced })
  }
}

/** Why a wish cannot be kept, whoever has it: while somebody fills in, that is no error yet. */
const REFUSALS: readonly ErrorCode[] = [
  'APPOINTMENT_TIME_MISSING',
  'APPOINTMENT_TIME_PAST',
  'APPOINTMENT_TOO_FAR',
  'APPOINTMENT_SERIES_INVALID',
  'APPOINTMENT_SERIES_STAYS',
  'APPOINTMENT_SERIES_TOO_LONG',
]

async function unlessRefused(find: () => Promise<Warning[]>): Promise<Warning[]> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof NaervaerError && REFUSALS.includes(error.code)) return []
    throw error
  }
}
