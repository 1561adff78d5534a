import {
  CALLBACK_MS,
  NaervaerError,
  type AbsenceId,
  type AuditActor,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import {
  MAX_ABSENCE_DAYS,
  toAway,
  type Absence,
  type AbsenceDays,
  type Away,
  type Period,
  type TouchedCitizen,
} from '@naervaer/shared/appointments'
import { addDays, isDay, wallTimeAt, type Day } from '@naervaer/shared/wall'
import type { FastifyBaseLogger } from 'fastify'
import type { Accounts } from '../accounts/service.ts'
import type { Appointments } from '../appointments/service.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'
import type { Clock } from '../plugins/clock.ts'
import { MomentWatch, type Moment } from '../plugins/moment-watch.ts'
import { runAll } from '../run-all.ts'
import { findCover } from './find-cover.ts'
import { makeAbsencesRepository, type StoredAbsence } from './repository.ts'

/** How long after it somebody may still be waited for. */
const WAITED_DAYS = CALLBACK_MS / (24 * 3_600_000)

export interface AbsencesOptions {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly database: Database
  readonly accounts: Accounts
  readonly appointments: Pick<Appointments, 'announce' | 'listMissed'>
  readonly audit: Pick<Audit, 'record'>
}

/** Whose absence it is, and who says so: the worker, or a leader of a team of theirs. */
export interface AbsenceOf {
  readonly workerId: PersonId
  readonly actor: AuditActor
}

/** On which days workers are not at work, and whom that touches. Nobody asks why, and there is no place for it. */
export class Absences {
  readonly #options: AbsencesOptions
  readonly #watch: MomentWatch<PersonId>

  constructor(options: AbsencesOptions) {
    this.#options = options
    const { clock, log } = options
    this.#watch = new MomentWatch({
      clock,
      load: (after, until) => this.#loadTurns(after, until),
      onCome: (workerIds) => runAll(workerIds, (workerId) => this.#announce(workerId)),
      onError: (error) => {
        log.error({ err: error }, 'absences not kept up')
      },
    })
  }

  /** From now on whoever goes or is back is told of. */
  async restore(): Promise<void> {
    await this.removeOld()
    await this.#watch.arm()
  }

  stop(): void {
    this.#watch.stop()
  }

  /**
   * A worker's that are not over, with whom they touch.
   *
   * @param mayKnow - of which citizens the reader may know; of the others the number is told
   */
  async load(
    workerId: PersonId,
    mayKnow: (citizenId: PersonId) => boolean = () => true,
  ): Promise<Absence[]> {
    const absences: Absence[] = []
    for (const stored of await this.#repository.loadOf(workerId, this.#today)) {
      const { id, firstDay, lastDay } = stored
      const all = await this.#findTouched(stored)
      const touched = all.filter(({ citizen }) => mayKnow(citizen.id))
      absences.push({ id, firstDay, lastDay, touched, others: all.length - touched.length })
    }
    return absences
  }

  /** @throws NaervaerError ABSENCE_DAYS_INVALID, ABSENCE_OVERLAPS */
  async add({ workerId, actor }: AbsenceOf, days: AbsenceDays): Promise<AbsenceId> {
    const { audit, clock, database } = this.#options
    this.#checkDays(days, this.#today)
    const absence = { id: newId<AbsenceId>(), workerId, ...days }
    await database.transaction().execute(async (transaction) => {
      const repository = makeAbsencesRepository(transaction)
      requireFree(absence, await repository.loadOf(workerId, this.#today))
      await repository.add(absence, clock.now())
      const details = { absenceId: absence.id }
      const event = { action: 'absence.added', actor, subjectId: workerId, details } as const
      await audit.record(event, transaction)
    })
    await this.#turned(workerId)
    return absence.id
  }

  /**
   * Other days; what has begun still began when it did.
   *
   * @throws NaervaerError ABSENCE_NOT_FOUND for those of others and those that are over, ABSENCE_DAYS_INVALID,
   *   ABSENCE_OVERLAPS
   */
  async change({ workerId, actor }: AbsenceOf, id: AbsenceId, days: AbsenceDays): Promise<void> {
    const { audit, database } = this.#options
    await database.transaction().execute(async (transaction) => {
      const repository = makeAbsencesRepository(transaction)
      const left = await repository.loadOf(workerId, this.#today)
      const before = requireOne(left, id)
      const earliest = before.firstDay < this.#today ? before.firstDay : this.#today
      this.#checkDays(days, earliest)
      const absence = { id, workerId, ...days }
      requireFree(absence, left)
      await repository.setDays(absence)
      const details = { absenceId: id }
      const event = { action: 'absence.changed', actor, subjectId: workerId, details } as const
      await audit.record(event, transaction)
    })
    await this.#turned(workerId)
  }

  /** The worker is back at once, or was never to be away. @throws NaervaerError ABSENCE_NOT_FOUND as `change` */
  async remove({ workerId, actor }: AbsenceOf, id: AbsenceId): Promise<void> {
    const { audit, database } = this.#options
    await database.transaction().execute(async (transaction) => {
      const repository = makeAbsencesRepository(transaction)
      const before = requireOne(await repository.loadOf(workerId, this.#today), id)
      const hasBegun = before.firstDay < this.#today
      // Who waits for them has waited as long as they were away.
      if (hasBegun && (await repository.isWaitedFor(workerId))) {
        await repository.setDays({ ...before, lastDay: addDays(this.#today, -1) })
      } else await repository.remove(id)
      const details = { absenceId: id }
      const event = { action: 'absence.removed', actor, subjectId: workerId, details } as const
      await audit.record(event, transaction)
    })
    await this.#turned(workerId)
  }

  /**
   * Forgets what nobody needs any more: when somebody was away is nobody's to look up. It is kept longer where a
   * citizen waits for them, whose wish lasts as much longer.
   */
  removeOld(): Promise<void> {
    const keptFrom = addDays(this.#today, -2)
    return this.#repository.removeBefore(keptFrom, addDays(keptFrom, -WAITED_DAYS))
  }

  get #repository() {
    return makeAbsencesRepository(this.#options.database)
  }

  get #today(): Day {
    return wallTimeAt(this.#options.clock.now()).day
  }

  #checkDays({ firstDay, lastDay }: AbsenceDays, earliest: Day): void {
    const isPeriod = isDay(firstDay) && isDay(lastDay) && firstDay <= lastDay
    const isAhead = firstDay >= earliest && lastDay >= this.#today
    const isNear = lastDay <= addDays(this.#today, MAX_ABSENCE_DAYS)
    if (!isPeriod || !isAhead || !isNear) throw new NaervaerError('ABSENCE_DAYS_INVALID')
  }

  async #findTouched(absence: StoredAbsence): Promise<TouchedCitizen[]> {
    const { accounts, appointments, clock } = this.#options
    const { workerId } = absence
    const whole = toAway(absence)
    // What has been of it is past helping.
    const span = { fromAt: Math.max(whole.fromAt, clock.now()), toAt: whole.toAt }
    const ids = await accounts.assignments.loadCitizenIdsFrom(workerId, span.fromAt)
    const periods = await accounts.assignments.loadPeriodsOf(ids, span.fromAt)
    const missed = await appointments.listMissed(workerId, ids, span)
    if (ids.length === 0) return []
    const people = await accounts.loadPeople(ids)
    const touched = [...people.values()].flatMap((citizen) => {
      const ofCitizen = periods.get(citizen.id) ?? []
      const cover = findCover(workerId, span, ofCitizen)
      if (cover === null) return []
      const own = missed.filter(({ citizenId }) => citizenId === citizen.id)
      return [
        {
          ...{ citizen, cover, substitutes: findOthers(workerId, span, ofCitizen) },
          appointments: own.map(({ startAt, kind, substitute }) => ({ startAt, kind, substitute })),
        },
      ]
    })
    return touched.toSorted((one, other) =>
      one.citizen.name.localeCompare(other.citizen.name, 'da'),
    )
  }

  async #turned(workerId: PersonId): Promise<void> {
    await this.#announce(workerId)
    await this.#watch.arm()
  }

  /** Whose worker it is reads so at once, and so do their other workers. */
  /** When anybody goes or is back. What ended at midnight had its last day yesterday. */
  async #loadTurns(after: UnixMs, until: UnixMs): Promise<Moment<PersonId>[]> {
    const absences = await this.#repository.loadAll(addDays(wallTimeAt(after).day, -2))
    return absences
      .flatMap((each) => {
        const { fromAt, toAt } = toAway(each)
        return [fromAt, toAt].map((at) => ({ at, id: each.workerId }))
      })
      .filter(({ at }) => at > after && at <= until)
  }

  async #announce(workerId: PersonId): Promise<void> {
    const { accounts, appointments, clock } = this.#options
    const ids = await accounts.assignments.loadCitizenIdsFrom(workerId, clock.now())
    await runAll(ids, (citizenId) => appointments.announce(citizenId))
  }
}

/** @throws NaervaerError ABSENCE_OVERLAPS where the worker is away on any of its days already */
function requireFree(wish: StoredAbsence, left: readonly StoredAbsence[]): void {
  const isTaken = left.some(
    ({ id, firstDay, lastDay }) =>
      id !== wish.id && firstDay <= wish.lastDay && wish.firstDay <= lastDay,
  )
  if (isTaken) throw new NaervaerError('ABSENCE_OVERLAPS')
}

function requireOne(left: readonly StoredAbsence[], id: AbsenceId): StoredAbsence {
  const found = left.find((each) => each.id === id)
  if (found === undefined) throw new NaervaerError('ABSENCE_NOT_FOUND')
  return found
}

/** Who else is the citizen's at some time of it, each once. */
function findOthers(workerId: PersonId, { fromAt, toAt }: Away, periods: readonly Period[]) {
  const others = periods
    .filter((each) => each.fromAt < toAt && (each.toAt ?? Infinity) > fromAt)
    .map(({ worker }) => worker)
    .filter(({ id }) => id !== workerId)
  return [...new Map(others.map((each) => [each.id, each])).values()]
}
