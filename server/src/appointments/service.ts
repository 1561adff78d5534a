import {
  NaervaerError,
  type Appointment,
  type AppointmentId,
  type AppointmentKind,
  type Call,
  type CalledOff,
  type DurationMs,
  type LateMinutes,
  type Person,
  type PersonId,
  type ReminderAnswered,
  type UnixMs,
} from '@naervaer/shared'
import {
  asPlanned,
  type Away,
  listOccurrences,
  MAX_OWN,
  MAX_SPAN_DAYS,
  overAt,
  type Change,
  type ChangeReply,
  type CitizenAnswer,
  type NewAppointment,
  type NewAppointmentReply,
  type SpanReply,
} from '@naervaer/shared/appointments'
import { addDays, isDay, toDayNumber, wallTimeAt, type Day } from '@naervaer/shared/wall'
import type { FastifyBaseLogger } from 'fastify'
import type { Calls } from '../calls/service.ts'
import { MomentWatch } from '../plugins/moment-watch.ts'
import { runAll } from '../run-all.ts'
import type { BreakListener } from './breaking.ts'
import { AppointmentChanging, type ChangingOptions, type OccurrenceName } from './changing.ts'
import { AppointmentPlanning } from './planning.ts'
import { AppointmentReading, type Found, type MissedAppointment, type Starting } from './reading.ts'
import { makeAppointmentsRepository } from './repository.ts'
import { VisitWatch } from './visit-watch.ts'
import { AppointmentWarnings, type WarningsOptions } from './warnings.ts'

/** A talk belongs to an appointment that begins within this … */
const EARLY_MS: DurationMs = 30 * 60_000

/** … and shorter than this it may have been a false start. */
const SHORTEST_TALK_MS: DurationMs = 2 * 60_000

/** How long before its beginning somebody may say that they are late. */
const LATE_AHEAD_MS: DurationMs = 24 * 3_600_000

/** "Jeg er klar" and "5 minutter mere" are said of what begins within this. */
const ANSWER_AHEAD_MS: DurationMs = 30 * 60_000

export interface AppointmentsOptions extends ChangingOptions, WarningsOptions {
  readonly log: FastifyBaseLogger
  readonly calls: Pick<Calls, 'onStepped'>
  /** How long what has been agreed is kept after its last day. */
  readonly keptMs: DurationMs
}

/** The people of a snapshot, before it is said what lies ahead. */
interface People {
  readonly citizens: readonly { readonly person: Person }[]
}
type WithAppointments<P extends People> = Omit<P, 'citizens'> & {
  readonly citizens: (P['citizens'][number] & { readonly appointments: Appointment[] })[]
}

/** What a citizen has said something of. */
export interface Answered extends OccurrenceName {
  readonly kind: AppointmentKind
}

type AnswerListener = (citizenId: PersonId, answer: CitizenAnswer, about: Answered) => Promise<void>

/** What a worker and a citizen have agreed on, who of them says what of it, and who is told. */
export class Appointments {
  readonly #options: AppointmentsOptions
  readonly planning: AppointmentPlanning
  readonly warnings: AppointmentWarnings
  readonly #reading: AppointmentReading
  readonly #changing: AppointmentChanging
  readonly #ends: MomentWatch<PersonId>
  readonly #answerListeners: AnswerListener[] = []
  readonly #breakListeners: BreakListener[] = []
  readonly #visits: VisitWatch
  readonly #visitListeners: ((workerIds: readonly PersonId[]) => Promise<void>)[] = []
  readonly #listeners: ((citizenId: PersonId) => Promise<void>)[] = []

  constructor(options: AppointmentsOptions) {
    const { clock, calls } = options
    this.#options = options
    this.#reading = new AppointmentReading(options)
    const changing = new AppointmentChanging(options)
    this.#changing = changing
    this.warnings = new AppointmentWarnings(options)
    this.planning = new AppointmentPlanning({
      ...{ ...options, changing, warnings: this.warnings },
      onBroken: (broken, within) =>
        runAll(this.#breakListeners, (listener) => listener(broken, within)),
    })
    this.#ends = new MomentWatch({
      clock,
      load: async (after, until) =>
        (await this.#reading.loadEnding(after, until)).map((over) => ({
          at: overAt(over),
          id: over.plan.citizenId,
        })),
      onCome: (citizenIds) => runAll(citizenIds, (citizenId) => this.announce(citizenId)),
      onError: (error) => this.#onError(error),
    })
    this.#visits = new VisitWatch({
      clock,
      loadVisits: (from, to) => this.#reading.loadVisits(from, to),
      onChanged: (ids) => runAll(this.#visitListeners, (listener) => listener(ids)),
      onError: (error) => this.#onError(error),
    })
    calls.onStepped((call) => {
      this.#followCall(call).catch((error: unknown) => this.#onError(error))
    })
  }

  /** From now on whatever is over is told. */
  async restore(): Promise<void> {
    await this.#ends.arm()
    await this.#visits.arm()
  }

  stop(): void {
    this.#ends.stop()
    this.#visits.stop()
  }

  /** Told of every change of what lies ahead of a citizen, and waited for. */
  onChanged(listener: (citizenId: PersonId) => Promise<void>): void {
    this.#listeners.push(listener)
  }

  /** Told of what a citizen says, once it is written down and before it is told. */
  onAnswered(listener: AnswerListener): void {
    this.#answerListeners.push(listener)
  }

  /** Told of what a worker moves, calls off or takes back, while it is written down. */
  onBroken(listener: BreakListener): void {
    this.#breakListeners.push(listener)
  }

  /** One time as it stands now. */
  find(name: OccurrenceName): Promise<Found | null> {
    return this.#reading.find(name)
  }

  /** Of all citizens what begins after one moment and before another, and who holds it. */
  loadStarting(after: UnixMs, before: UnixMs): Promise<Starting[]> {
    return this.#reading.loadStarting(after, before)
  }

  /** What a worker would have held, were they at work, with these citizens; and who does instead. */
  listMissed(
    workerId: PersonId,
    citizenIds: readonly PersonId[],
    span: Away,
  ): Promise<MissedAppointment[]> {
    return this.#reading.listMissed(workerId, citizenIds, span)
  }

  /** Told of workers who have begun a visit or ended one, and waited for. */
  onVisited(listener: (workerIds: readonly PersonId[]) => Promise<void>): void {
    this.#visitListeners.push(listener)
  }

  /** Whom a worker visits at this moment, by what has been agreed. */
  listVisited(workerId: PersonId): PersonId[] {
    return this.#visits.listVisited(workerId)
  }

  /** Workers who are on a visit at this moment. */
  listVisiting(): PersonId[] {
    return this.#visits.listWorkers()
  }

  /** What lies ahead of one citizen, for themselves. */
  async loadUpcoming(citizenId: PersonId): Promise<Appointment[]> {
    return (await this.#reading.loadUpcoming([citizenId])).get(citizenId) ?? []
  }

  /** More of it, for a citizen who asks: the first times that take place. Video only where they may be rung. */
  async loadAhead(citizenId: PersonId): Promise<Appointment[]> {
    const { choice, clock } = this.#options
    const isRung = (await choice.mayRing(citizenId, clock.now())) === true
    const ahead = await this.#reading.loadAhead(citizenId)
    return ahead.filter(({ kind }) => isRung || kind !== 'video').slice(0, MAX_OWN)
  }

  /** The snapshot's part: what lies ahead of each citizen, for their worker. */
  async withAppointments<P extends People>(people: P): Promise<WithAppointments<P>> {
    const ids = people.citizens.map(({ person }) => person.id)
    const upcoming = await this.#reading.loadUpcoming(ids)
    const citizens = people.citizens.map((citizen) => ({
      ...citizen,
      appointments: upcoming.get(citizen.person.id) ?? [],
    }))
    return { ...people, citizens }
  }

  /**
   * What a worker has with the citizens who are theirs now.
   *
   * @throws NaervaerError BODY_INVALID for days of no calendar, a span that ends before it begins or is too long
   */
  async list(workerId: PersonId, { from, to }: { from: Day; to: Day }): Promise<SpanReply> {
    const isSpan = isDay(from) && isDay(to) && from <= to
    if (!isSpan || toDayNumber(to) - toDayNumber(from) >= MAX_SPAN_DAYS) {
      throw new NaervaerError('BODY_INVALID')
    }
    const { accounts, clock } = this.#options
    const citizens = await accounts.assignments.loadCitizensOf(workerId, clock.now())
    const ids = citizens.map(({ id }) => id)
    return { appointments: await this.#reading.list(ids, { from, to }) }
  }

  /** A worker plans something with a citizen of theirs. @throws as `AppointmentPlanning.make` does */
  async make(workerId: PersonId, wish: NewAppointment): Promise<NewAppointmentReply> {
    const made = await this.planning.make(workerId, wish)
    await this.announce(wish.citizenId)
    return made
  }

  /** One time, it and those that follow, or all that lie ahead are otherwise from now on. */
  async change(workerId: PersonId, name: OccurrenceName, change: Change): Promise<ChangeReply> {
    const { citizenId, ...reply } = await this.planning.change(workerId, name, change)
    await this.announce(citizenId)
    return reply
  }

  /** What was made by mistake. @throws as `AppointmentPlanning.takeBack` does */
  async takeBack(workerId: PersonId, id: AppointmentId): Promise<void> {
    await this.announce(await this.planning.takeBack(workerId, id))
  }

  /** "Jeg er 5 minutter forsinket", and with 0 not any more. */
  async setLate(workerId: PersonId, name: OccurrenceName, minutes: LateMinutes): Promise<void> {
    const reason = { action: null, revision: null }
    const { before: changed } = await this.#changing.asWorker(workerId, name, reason, (before) => {
      const { exception, occurrence } = before
      if (exception.calledOff !== null) throw new NaervaerError('APPOINTMENT_OVER')
      if (occurrence.startAt - this.#options.clock.now() > LATE_AHEAD_MS) {
        throw new NaervaerError('APPOINTMENT_TOO_FAR')
      }
      return { exceptions: [{ ...exception, lateMinutes: minutes }] }
    })
    await this.announce(changed.plan.citizenId)
  }

  /**
   * A worker rings or comes instead of a colleague. Where that is the citizen's own, they need wait no longer.
   *
   * @throws NaervaerError NOT_ASSIGNED where the citizen is not the worker's any more by then, WORKER_ABSENT
   */
  async takeOver(workerId: PersonId, name: OccurrenceName): Promise<void> {
    const reason = { action: 'appointment.takenOver', revision: null } as const
    const { before: changed } = await this.#changing.asWorker(workerId, name, reason, (before) => {
      const { exception, findHolderIf } = before
      const holder = findHolderIf(workerId)
      if (holder?.away?.id === workerId) throw new NaervaerError('WORKER_ABSENT')
      if (holder?.worker.id !== workerId) throw new NaervaerError('NOT_ASSIGNED')
      const isAwaited = exception.calledOff === 'waiting' && holder.insteadOf === null
      const calledOff = isAwaited ? null : exception.calledOff
      return { exceptions: [{ ...exception, workerId, calledOff, lateMinutes: 0 }] }
    })
    await this.announce(changed.plan.citizenId)
  }

  /**
   * What a citizen says of their own: not today, rather the own worker, or that it holds after all; and shortly before
   * it that they are ready, or would like five minutes more. Nobody asks why.
   *
   * @param startAt - when it begins as the citizen was told, where that is known
   * @throws NaervaerError APPOINTMENT_OVER also where the worker has called it off, APPOINTMENT_CHANGED where there
   *   is nobody to wait for
   */
  async answer(
    citizenId: PersonId,
    name: OccurrenceName,
    answer: CitizenAnswer,
    startAt?: UnixMs,
  ): Promise<void> {
    const { kind } = await this.#changing.asCitizen(citizenId, name, (before) => {
      const { exception, occurrence, findHolderIf } = before
      if (exception.calledOff === 'worker') throw new NaervaerError('APPOINTMENT_OVER')
      if (startAt !== undefined && occurrence.startAt !== startAt) {
        throw new NaervaerError('APPOINTMENT_CHANGED')
      }
      const say = (calledOff: CalledOff | null, answered: ReminderAnswered | null = null) => ({
        exceptions: [{ ...exception, calledOff, answered }],
      })
      if (answer === 'ready' || answer === 'more') {
        if (occurrence.startAt - this.#options.clock.now() > ANSWER_AHEAD_MS) {
          throw new NaervaerError('APPOINTMENT_TOO_FAR')
        }
        return say(null, answer)
      }
      if (answer === 'on') return say(null)
      if (answer === 'off') return say('citizen')
      const holder = findHolderIf(occurrence.workerId)
      if ((holder?.insteadOf ?? null) === null) throw new NaervaerError('APPOINTMENT_CHANGED')
      return say('waiting')
    })
    await runAll(this.#answerListeners, (listener) =>
      listener(citizenId, answer, { ...name, kind }),
    )
    await this.announce(citizenId)
  }

  /** Whoever takes back "Jeg er klar" takes it back of their appointments too. */
  async takeBackReady(citizenId: PersonId): Promise<void> {
    const upcoming = await this.loadUpcoming(citizenId)
    for (const { id: appointmentId, day } of upcoming.filter((each) => each.answered === 'ready')) {
      await this.#changing.asCitizen(citizenId, { appointmentId, day }, ({ exception }) => ({
        exceptions: [{ ...exception, answered: null }],
      }))
      await this.announce(citizenId)
    }
  }

  /** As it stands now: to the workers of this moment, and to whoever tells the citizen. */
  async announce(citizenId: PersonId): Promise<void> {
    const { accounts, clock, presence } = this.#options
    const workers = await accounts.assignments.loadWorkersOf(citizenId, clock.now())
    const appointments = await this.loadUpcoming(citizenId)
    for (const connection of workers.flatMap(({ id }) => presence.listConnections(id))) {
      connection.send({ type: 'appointments.changed', citizenId, appointments })
    }
    await runAll(this.#listeners, (listener) => listener(citizenId))
    await this.#ends.arm()
    await this.#visits.arm()
  }

  /** Forgets what is older than it is kept for. */
  async removeOld(): Promise<void> {
    const { clock, database, keptMs } = this.#options
    const { day } = wallTimeAt(clock.now() - keptMs)
    await database
      .transaction()
      .execute((transaction) => makeAppointmentsRepository(transaction).removeBefore(day))
  }

  /** Whoever has talked has had the video appointment of that time: nothing more is to come of it. */
  async #followCall(call: Call): Promise<void> {
    if (call.state !== 'ended' || call.outcome !== 'completed' || call.connectedAt === null) return
    const { citizenId, connectedAt, endedAt } = call
    if (endedAt - connectedAt < SHORTEST_TALK_MS) return
    const span = { from: connectedAt, to: endedAt + EARLY_MS }
    await this.#options.database.transaction().execute(async (transaction) => {
      const repository = makeAppointmentsRepository(transaction)
      const from = addDays(wallTimeAt(connectedAt).day, -1)
      const plans = await repository.loadFrom(from, { citizenIds: [citizenId] })
      for (const { plan, exceptions } of plans) {
        for (const { day, kind, calledOff } of listOccurrences(plan, exceptions, span)) {
          if (kind !== 'video' || calledOff !== null) continue
          const exception = exceptions.find((each) => each.day === day) ?? asPlanned(day)
          await repository.saveException(plan.id, { ...exception, isHeld: true })
        }
      }
    })
    await this.announce(citizenId)
  }

  #onError(error: unknown): void {
    this.#options.log.error({ err: error }, 'appointments not kept up')
  }
}
