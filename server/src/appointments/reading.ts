import type {
  Appointment,
  AppointmentKind,
  DurationMs,
  Person,
  PersonId,
  UnixMs,
} from '@naervaer/shared'
import {
  APPOINTMENT_RETENTION_MS,
  asPlanned,
  byStart,
  findHolder,
  hasDay,
  HORIZON_DAYS,
  isHolderAway,
  isOver,
  listOccurrences,
  makeOccurrence,
  overAt,
  pickUpcoming,
  type Away,
  type Holder,
  type Occurrence,
  type Period,
  type WholePlan,
} from '@naervaer/shared/appointments'
import { addDays, toInstant, wallTimeAt, type Day } from '@naervaer/shared/wall'
import type { Accounts } from '../accounts/service.ts'
import type { Database } from '../database/open.ts'
import { groupBy } from '../group-by.ts'
import type { Clock } from '../plugins/clock.ts'
import type { OccurrenceName } from './changing.ts'
import { makeAppointmentsRepository } from './repository.ts'
import type { Visit } from './visit-watch.ts'

const MINUTE_MS: DurationMs = 60_000
const DAY_MS: DurationMs = 24 * 3_600_000

/** How far is looked for the next one: most have one soon, and only the others are looked at longer. */
const FAR_MS: DurationMs = (HORIZON_DAYS + 35) * DAY_MS
const LOOKS_MS: readonly DurationMs[] = [35 * DAY_MS, FAR_MS]

export interface ReadingOptions {
  readonly clock: Clock
  readonly database: Database
  readonly accounts: Accounts
}

/** One of a span, and whose it is. */
export interface ListedAppointment {
  readonly citizenId: PersonId
  readonly appointment: Appointment
}

/** One time that begins, and who holds it; null where nobody is there to. */
export interface Starting {
  readonly occurrence: Occurrence
  readonly holder: Holder | null
}

/** One time, and who holds it; null where nobody would. */
export interface Found {
  readonly occurrence: Occurrence
  readonly holder: Holder | null
}

/** What somebody would have held who is not at work then. */
export interface MissedAppointment {
  readonly citizenId: PersonId
  readonly startAt: UnixMs
  readonly kind: AppointmentKind
  /** Who does instead; null where nobody does. */
  readonly substitute: Person | null
}

/** What both sides are told of appointments: worked out anew every time, from plans and assignments. */
export class AppointmentReading {
  readonly #options: ReadingOptions

  constructor(options: ReadingOptions) {
    this.#options = options
  }

  /** Of each of these citizens what lies ahead: what has been called off, up to the next that takes place. */
  async loadUpcoming(citizenIds: readonly PersonId[]): Promise<Map<PersonId, Appointment[]>> {
    const now = this.#options.clock.now()
    const plans = groupBy(
      await this.#repository.loadFrom(dayBefore(now), { citizenIds }),
      ({ plan }) => plan.citizenId,
    )
    const periods = await this.#loadPeriods([...plans.keys()], now)
    const upcoming = [...plans].map(([citizenId, own]) => {
      const ofCitizen = periods.get(citizenId) ?? []
      return [citizenId, findUpcoming(own, ofCitizen, now)] as const
    })
    return new Map(upcoming)
  }

  /** What takes place of a citizen's own from now on, the earliest first. */
  async loadAhead(citizenId: PersonId): Promise<Appointment[]> {
    const now = this.#options.clock.now()
    const plans = await this.#repository.loadFrom(dayBefore(now), { citizenIds: [citizenId] })
    const periods = (await this.#loadPeriods([citizenId], now)).get(citizenId) ?? []
    const span = { from: now, to: now + FAR_MS }
    return plans
      .flatMap(({ plan, exceptions }) => listOccurrences(plan, exceptions, span))
      .filter((each) => each.calledOff === null && !isOver(each, now))
      .sort(byStart)
      .flatMap((each) => toView(each, periods) ?? [])
  }

  /** Everything on these days, the earliest first; nothing that is older than what is kept. */
  async list(
    citizenIds: readonly PersonId[],
    { from, to }: { readonly from: Day; readonly to: Day },
  ): Promise<ListedAppointment[]> {
    const now = this.#options.clock.now()
    const startOf = (day: Day) => toInstant({ day, minute: 0 })
    const span = {
      from: Math.max(startOf(from), now - APPOINTMENT_RETENTION_MS),
      to: startOf(addDays(to, 1)),
    }
    const plans = await this.#repository.loadFrom(dayBefore(span.from), { citizenIds, to })
    const periods = await this.#loadPeriods(citizenIds, span.from)
    return plans
      .flatMap(({ plan, exceptions }) => listOccurrences(plan, exceptions, span))
      .sort(byStart)
      .flatMap((occurrence) => {
        const { citizenId } = occurrence.plan
        const appointment = toView(occurrence, periods.get(citizenId) ?? [])
        return appointment === null ? [] : [{ citizenId, appointment }]
      })
  }

  /** What a worker would have held, were they at work, in a span of their absence; and who does instead. */
  async listMissed(
    workerId: PersonId,
    citizenIds: readonly PersonId[],
    { fromAt, toAt }: Away,
  ): Promise<MissedAppointment[]> {
    const to = wallTimeAt(toAt).day
    const plans = await this.#repository.loadFrom(dayBefore(fromAt), { citizenIds, to })
    const periods = await this.#loadPeriods(citizenIds, fromAt)
    return plans
      .flatMap(({ plan, exceptions }) =>
        listOccurrences(plan, exceptions, { from: fromAt, to: toAt }),
      )
      .filter((each) => each.startAt >= fromAt && each.calledOff === null && !each.isHeld)
      .sort(byStart)
      .flatMap((each) => {
        const { citizenId } = each.plan
        const holder = findHolder(each, periods.get(citizenId) ?? [])
        if (holder?.away?.id !== workerId) return []
        const substitute = isHolderAway(holder) ? null : holder.worker
        return [{ citizenId, startAt: each.startAt, kind: each.kind, substitute }]
      })
  }

  /** Whatever ends, by plan or late, after one moment and up to another. */
  async loadEnding(after: UnixMs, until: UnixMs): Promise<Occurrence[]> {
    const to = addDays(wallTimeAt(until).day, 1)
    const plans = await this.#repository.loadFrom(dayBefore(after), { to })
    return plans
      .flatMap(({ plan, exceptions }) =>
        listOccurrences(plan, exceptions, { from: after, to: until }),
      )
      .filter((each) => !each.isHeld && overAt(each) <= until)
  }

  /** Whatever begins after one moment and before another, also what has been called off, and who holds it. */
  async loadStarting(after: UnixMs, before: UnixMs): Promise<Starting[]> {
    const plans = await this.#repository.loadFrom(dayBefore(after), { to: wallTimeAt(before).day })
    const starting = plans
      .flatMap(({ plan, exceptions }) =>
        listOccurrences(plan, exceptions, { from: after, to: before }),
      )
      .filter(({ startAt }) => startAt > after)
    const citizenIds = [...new Set(starting.map(({ plan }) => plan.citizenId))]
    const periods = await this.#loadPeriods(citizenIds, after)
    return starting.map((occurrence) => {
      const holder = findHolder(occurrence, periods.get(occurrence.plan.citizenId) ?? [])
      return { occurrence, holder: holder === null || isHolderAway(holder) ? null : holder }
    })
  }

  /** One time as it stands now; null where there is no such time. */
  async find({ appointmentId, day }: OccurrenceName): Promise<Found | null> {
    const whole = await this.#repository.find(appointmentId)
    if (whole === null || !hasDay(whole.plan.pattern, day)) return null
    const { plan, exceptions } = whole
    const exception = exceptions.find((each) => each.day === day) ?? asPlanned(day)
    const occurrence = makeOccurrence(plan, exception)
    const periods = await this.#loadPeriods([plan.citizenId], occurrence.startAt)
    return { occurrence, holder: findHolder(occurrence, periods.get(plan.citizenId) ?? []) }
  }

  /** Visits that take place in a span, by whoever holds them; late is when they begin. */
  async loadVisits(from: UnixMs, to: UnixMs): Promise<Visit[]> {
    const plans = await this.#repository.loadFrom(dayBefore(from), {
      to: addDays(wallTimeAt(to).day, 1),
    })
    const visits = plans
      .flatMap(({ plan, exceptions }) => listOccurrences(plan, exceptions, { from, to }))
      .filter(({ kind, calledOff }) => kind === 'visit' && calledOff === null)
    const citizenIds = [...new Set(visits.map(({ plan }) => plan.citizenId))]
    const periods = await this.#loadPeriods(citizenIds, from)
    return visits.flatMap((each) => {
      const { citizenId } = each.plan
      const holder = findHolder(each, periods.get(citizenId) ?? [])
      if (holder === null || isHolderAway(holder)) return []
      const fromAt = each.startAt + each.lateMinutes * MINUTE_MS
      return [{ workerId: holder.worker.id, citizenId, fromAt, toAt: overAt(each) }]
    })
  }

  get #repository() {
    return makeAppointmentsRepository(this.#options.database)
  }

  /** What has begun under an assignment that has ended since is still shown. */
  #loadPeriods(citizenIds: readonly PersonId[], from: UnixMs): Promise<Map<PersonId, Period[]>> {
    return this.#options.accounts.assignments.loadPeriodsOf(citizenIds, from - DAY_MS)
  }
}

const dayBefore = (at: UnixMs): Day => addDays(wallTimeAt(at).day, -1)

function findUpcoming(
  plans: readonly WholePlan[],
  periods: readonly Period[],
  now: UnixMs,
): Appointment[] {
  let found: Appointment[] = []
  for (const lookMs of LOOKS_MS) {
    const span = { from: now, to: now + lookMs }
    const held = plans
      .flatMap(({ plan, exceptions }) => listOccurrences(plan, exceptions, span))
      .filter((each) => !isOver(each, now) && findHolder(each, periods) !== null)
    found = pickUpcoming(held, now).flatMap((each) => toView(each, periods) ?? [])
    if (found.some(({ calledOff }) => calledOff === null)) break
  }
  return found
}

function toView(occurrence: Occurrence, periods: readonly Period[]): Appointment | null {
  const { plan, day, kind, startAt, endAt, calledOff, lateMinutes, answered, movedFrom } =
    occurrence
  const holder = findHolder(occurrence, periods)
  if (holder === null) return null
  const { worker, insteadOf } = holder
  return {
    ...{ id: plan.id, day, kind, startAt, endAt, worker, insteadOf, calledOff, lateMinutes },
    ...(isHolderAway(holder) ? { isAway: true } : {}),
    ...(answered === null ? {} : { answered }),
    ...(movedFrom === null ? {} : { movedFrom }),
    isSeries: plan.pattern.repeats !== null,
    revision: plan.revision,
  }
}
