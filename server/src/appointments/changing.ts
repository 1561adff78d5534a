import {
  NaervaerError,
  type AppointmentId,
  type AuditAction,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import {
  asPlanned,
  findHolder,
  hasDay,
  isOver,
  makeOccurrence,
  MAX_PER_CITIZEN,
  type Exception,
  type Holder,
  type Occurrence,
  type Plan,
  type WholePlan,
} from '@naervaer/shared/appointments'
import { wallTimeAt, type Day } from '@naervaer/shared/wall'
import type { Accounts } from '../accounts/service.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import { makeAppointmentsRepository } from './repository.ts'

/** Which one time of which appointment. */
export interface OccurrenceName {
  readonly appointmentId: AppointmentId
  readonly day: Day
}

/** What a change begins with. */
export interface Before {
  readonly plan: Plan
  readonly exceptions: readonly Exception[]
  /** What is otherwise with this one time. */
  readonly exception: Exception
  readonly occurrence: Occurrence
  /** Who would hold it if that worker said so; null where nobody would. */
  readonly findHolderIf: (workerId: PersonId) => Holder | null
}

/** What a change leads to. */
export interface After {
  /** Of this plan, as they are then; those of other days stay. */
  readonly exceptions: readonly Exception[]
  /** Whatever was otherwise from that day on goes on elsewhere, before those are kept. */
  readonly movesFrom?: Day
  /** Where the plan changes as well. */
  readonly plan?: Plan
  /** What goes on as a plan of its own. */
  readonly added?: WholePlan
}

/** A change: what there was, and what it leads to. */
export interface Changed {
  readonly before: Before
  readonly after: After
}

export interface ChangingOptions {
  readonly clock: Clock
  readonly database: Database
  readonly accounts: Accounts
  readonly audit: Pick<Audit, 'record'>
}

type Decide = (before: Before) => After

/** How a worker's change is kept. */
export interface WorkersReason {
  /** For the audit log; null for what is said and no change of the plan. */
  readonly action: AuditAction | null
  /** The one that the worker has seen; null where it does not matter. */
  readonly revision: number | null
  /** Told in the same transaction. */
  readonly onWritten?: (changed: Changed, madeAt: UnixMs, within: Database) => Promise<void>
}

/** Changes of one time of an appointment, each in one transaction with its line in the audit log. */
export class AppointmentChanging {
  readonly #options: ChangingOptions

  constructor(options: ChangingOptions) {
    this.#options = options
  }

  /**
   * By a worker whose citizen it is at this moment, as a substitute too.
   *
   * @returns what there was, and what has become of it
   * @throws NaervaerError APPOINTMENT_NOT_FOUND also for everybody else's, APPOINTMENT_CHANGED, APPOINTMENT_OVER
   */
  asWorker(
    workerId: PersonId,
    name: OccurrenceName,
    { action, revision, onWritten }: WorkersReason,
    decide: Decide,
  ): Promise<Changed> {
    const { audit, database } = this.#options
    return database.transaction().execute(async (transaction) => {
      const before = await this.#loadForWorker(workerId, name, revision, transaction)
      const after = decide(before)
      const repository = makeAppointmentsRepository(transaction)
      const { id, citizenId } = before.plan
      const madeAt = (await repository.findMadeAt(id)) ?? 0
      await this.#write(before, after, transaction)
      await onWritten?.({ before, after }, madeAt, transaction)
      if (action === null) return { before, after }
      await repository.raiseRevision(before.plan)
      const actor = { kind: 'person', id: workerId, role: 'worker' } as const
      const details = { appointmentId: id }
      await audit.record({ action, actor, subjectId: citizenId, details }, transaction)
      return { before, after }
    })
  }

  /** What a change would lead to, with nothing written. @throws as `asWorker` does */
  async preview(
    workerId: PersonId,
    name: OccurrenceName,
    revision: number,
    decide: Decide,
  ): Promise<Changed> {
    const { database } = this.#options
    const before = await this.#loadForWorker(workerId, name, revision, database)
    return { before, after: decide(before) }
  }

  /**
   * By the citizen, of their own. What they say is not kept in the audit log.
   *
   * @returns what it was about, as it stood before
   * @throws NaervaerError APPOINTMENT_NOT_FOUND, APPOINTMENT_OVER
   */
  asCitizen(citizenId: PersonId, name: OccurrenceName, decide: Decide): Promise<Occurrence> {
    return this.#options.database.transaction().execute(async (transaction) => {
      const before = await this.#load(name, transaction)
      if (before.plan.citizenId !== citizenId) throw new NaervaerError('APPOINTMENT_NOT_FOUND')
      this.#requireAhead(before)
      await this.#write(before, decide(before), transaction)
      return before.occurrence
    })
  }

  async #loadForWorker(
    workerId: PersonId,
    name: OccurrenceName,
    revision: number | null,
    within: Database,
  ): Promise<Before> {
    const { accounts, clock } = this.#options
    const before = await this.#load(name, within)
    const { citizenId } = before.plan
    if (!(await accounts.assignments.isAssigned(workerId, citizenId, clock.now(), within))) {
      throw new NaervaerError('APPOINTMENT_NOT_FOUND')
    }
    if (revision !== null && revision !== before.plan.revision) {
      throw new NaervaerError('APPOINTMENT_CHANGED')
    }
    this.#requireAhead(before)
    return before
  }

  #requireAhead({ plan, exception, occurrence }: Before): void {
    if (!hasDay(plan.pattern, exception.day)) throw new NaervaerError('APPOINTMENT_NOT_FOUND')
    if (isOver(occurrence, this.#options.clock.now())) throw new NaervaerError('APPOINTMENT_OVER')
  }

  async #load({ appointmentId, day }: OccurrenceName, within: Database): Promise<Before> {
    const whole = await makeAppointmentsRepository(within).find(appointmentId)
    if (whole === null) throw new NaervaerError('APPOINTMENT_NOT_FOUND')
    const { plan, exceptions } = whole
    const exception = exceptions.find((each) => each.day === day) ?? asPlanned(day)
    const occurrence = makeOccurrence(plan, exception)
    const { startAt } = occurrence
    const { citizenId } = plan
    const { assignments } = this.#options.accounts
    const periods = await assignments.loadPeriodsOf([citizenId], startAt, within)
    return {
      ...{ plan, exceptions, exception, occurrence },
      findHolderIf: (workerId) => findHolder({ workerId, startAt }, periods.get(citizenId) ?? []),
    }
  }

  async #write({ plan: { id, citizenId } }: Before, after: After, within: Database): Promise<void> {
    const { exceptions, movesFrom, plan, added } = after
    const repository = makeAppointmentsRepository(within)
    if (movesFrom !== undefined) await repository.removeExceptions(id, movesFrom)
    if (plan !== undefined) await repository.savePlan(plan)
    for (const each of exceptions) await repository.saveException(id, each)
    if (added === undefined) return
    const now = this.#options.clock.now()
    await repository.add(added.plan, now)
    for (const each of added.exceptions) await repository.saveException(added.plan.id, each)
    if ((await repository.countAhead(citizenId, wallTimeAt(now).day)) > MAX_PER_CITIZEN) {
      throw new NaervaerError('APPOINTMENTS_TOO_MANY')
    }
  }
}
