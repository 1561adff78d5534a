import {
  NaervaerError,
  type DeviceId,
  type DurationMs,
  type PersonId,
  type Reached,
  type ReminderId,
  type UnixMs,
} from '@naervaer/shared'
import type { CitizenAnswer } from '@naervaer/shared/appointments'
import type { NoticeAnswer, ReminderEnd } from '@naervaer/shared/push'
import {
  decideReminder,
  dueAt,
  expiresAt,
  LEADS,
  quietBeginsAt,
  quietEndsAt,
  type ReminderDecision,
} from '@naervaer/shared/reminders'
import type { FastifyBaseLogger } from 'fastify'
import type { Accounts } from '../accounts/service.ts'
import type { OccurrenceName } from '../appointments/changing.ts'
import type { Starting } from '../appointments/reading.ts'
import type { Appointments } from '../appointments/service.ts'
import type { Audit } from '../audit/audit.ts'
import type { Choices } from '../choice/service.ts'
import type { Database } from '../database/open.ts'
import type { ReminderRow } from '../database/push-rows.ts'
import { newId } from '../new-id.ts'
import type { Cancel, Clock } from '../plugins/clock.ts'
import type { PresenceHub } from '../presence/hub.ts'
import { forgetTold } from '../push/said.ts'
import type { Push, ReminderNews } from '../push/service.ts'
import type { QuietTimes } from '../quiet/service.ts'
import { runAll } from '../run-all.ts'
import { keepWish } from './keep-wish.ts'
import type { People, WithReached } from './people.ts'
import { dueRow, makeRemindersRepository } from './repository.ts'
import { isHeld, isOf, isStill, type Held } from './still.ts'

const HOUR_MS: DurationMs = 3_600_000

/** How far ahead the next one that is due is looked for, and how often at least. */
const LOOK_MS: DurationMs = 6 * HOUR_MS

/** How soon a look that has failed is tried again. */
const RETRY_MS: DurationMs = 30_000

/** The longest lead: a day, and the hour by which one may be longer. */
const LONGEST_LEAD_MS: DurationMs = 25 * HOUR_MS

/** How long after the beginning it is kept what came of one; a notice may be asked about as long. */
export const KEPT_MS: DurationMs = 48 * HOUR_MS

/** How long after the beginning a worker reads whether one has come. */
const REACHED_MS: DurationMs = 12 * HOUR_MS

export interface RemindersOptions {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly database: Database
  readonly accounts: Accounts
  readonly appointments: Appointments
  readonly audit: Pick<Audit, 'record'>
  readonly choice: Pick<Choices, 'mayRing' | 'onChanged'>
  readonly presence: PresenceHub
  readonly push: Pick<Push, 'remind' | 'endReminder' | 'stopReminder'>
  readonly quiet: Pick<QuietTimes, 'hoursOf' | 'isQuiet' | 'onChanged'>
}

/**
 * Reminds citizens of their appointments, each once. Up to when everything due is written down is written down as
 * well, so a server that was away knows what fell due meanwhile, and what was only planned after its time.
 */
export class Reminders {
  readonly #options: RemindersOptions
  readonly #listeners: ((citizenId: PersonId) => Promise<void>)[] = []
  /** What is on its way to push services now. */
  readonly #sending = new Set<ReminderId>()
  /** What of it was not wanted any more: it is decided anew once it is known what has been taken. */
  readonly #stopped = new Set<ReminderId>()
  /** On which device one is answered just now. */
  readonly #answering = new Map<ReminderId, DeviceId>()
  /** One look after the other. */
  #looking: Promise<void> = Promise.resolve()
  #cancel: Cancel | null = null
  #isStopped = false

  constructor(options: RemindersOptions) {
    this.#options = options
    options.appointments.onChanged(() => this.look())
    options.choice.onChanged(() => void this.look())
    options.quiet.onChanged(() => this.look())
    options.appointments.onAnswered((citizenId, answer, name) =>
      this.#followAnswer(citizenId, answer, name),
    )
  }

  /** What fell due while the server was away is sent, where it still makes sense. */
  async restore(): Promise<void> {
    await this.removeOld()
    await this.look()
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
  }

  /** Told when an appointment of the citizen is so near that they are asked, or their wish is another. */
  onChanged(listener: (citizenId: PersonId) => Promise<void>): void {
    this.#listeners.push(listener)
  }

  wantsDayBefore(citizenId: PersonId): Promise<boolean> {
    return this.#repository.wants(citizenId)
  }

  /** The citizen would like one the day before as well, or not any more. */
  async setWish(citizenId: PersonId, isWanted: boolean): Promise<void> {
    const actor = { kind: 'person', id: citizenId, role: 'citizen' } as const
    const isNews = await keepWish(this.#options, citizenId, isWanted, actor)
    if (isNews) await this.#followWish(citizenId)
  }

  /** Whoever stops wants none, and nothing is kept of their wish. */
  async forget(citizenId: PersonId): Promise<void> {
    const isNews = await keepWish(this.#options, citizenId, false, { kind: 'system' })
    if (isNews) await this.#followWish(citizenId)
  }

  async #followWish(citizenId: PersonId): Promise<void> {
    await this.look()
    await this.#tell(citizenId)
  }

  /** The snapshot's part: whether the last reminder of each citizen has come. */
  async withReached<P extends People>(people: P): Promise<WithReached<P>> {
    const found = await this.#loadReached(people.citizens.map(({ person }) => person.id))
    const citizens = people.citizens.map((citizen) => ({
      ...citizen,
      reached: found.get(citizen.person.id) ?? null,
    }))
    return { ...people, citizens }
  }

  /** A device shows it. */
  async arrived({ reminderId }: ReminderNews): Promise<void> {
    const now = this.#options.clock.now()
    const reminder = await this.#repository.find(reminderId)
    const before = ['due', 'sent', 'failed'] as const
    const isNews = await this.#repository.saveState(reminderId, before, 'arrived', now)
    if (reminder !== null && isNews) await this.#tellReached(reminder.citizen_id)
  }

  /**
   * The citizen has answered on the notice. It is the same word as on the first page.
   *
   * @throws NaervaerError NOTICE_UNKNOWN, APPOINTMENT_CHANGED where it is at another time by now, and what
   *   `Appointments.answer` does
   */
  async answered({ reminderId, deviceId }: ReminderNews, answer: NoticeAnswer): Promise<void> {
    const reminder = await this.#repository.find(reminderId)
    if (reminder === null) throw new NaervaerError('NOTICE_UNKNOWN')
    const {
      appointment_id: appointmentId,
      day,
      citizen_id: citizenId,
      start_at: startAt,
    } = reminder
    // Its own notice has gone with the tap.
    this.#answering.set(reminderId, deviceId)
    try {
      await this.#options.appointments.answer(citizenId, { appointmentId, day }, answer, startAt)
    } finally {
      this.#answering.delete(reminderId)
    }
  }

  /** What has been answered on one device need not be asked on another, nor where the app is open and says so. */
  async #followAnswer(
    citizenId: PersonId,
    answer: CitizenAnswer,
    { appointmentId, day }: OccurrenceName,
  ): Promise<void> {
    if (answer === 'on') return
    const { clock, presence } = this.#options
    const open = presence.listConnections(citizenId).map((connection) => connection.deviceId)
    for (const { id, state, ...reminder } of await this.#repository.loadLive(clock.now())) {
      const isIt = reminder.appointment_id === appointmentId && reminder.day === day
      if (!isIt || state === 'due') continue
      const own = this.#answering.get(id)
      this.#end(id, 'answered', own === undefined ? open : [...open, own])
    }
  }

  /** Push services may take their time, and nobody waits for it. */
  #end(id: ReminderId, end: ReminderEnd, except: readonly DeviceId[] = []): void {
    this.#options.push.endReminder(id, end, except).catch((error: unknown) => this.#onError(error))
  }

  /** Forgets what came of old ones. */
  removeOld(): Promise<void> {
    return this.#repository.removeBefore(this.#options.clock.now() - KEPT_MS)
  }

  /** Sees to what is due, and when to look again: at the start, whenever something has changed, and in time. */
  look(): Promise<void> {
    this.#looking = this.#looking
      .then(() => this.#look())
      .catch((error: unknown) => {
        this.#onError(error)
        this.#lookAt(this.#options.clock.now() + RETRY_MS)
      })
    return this.#looking
  }

  async #look(): Promise<void> {
    if (this.#isStopped) return
    const { appointments, clock } = this.#options
    const now = clock.now()
    const starting = await appointments.loadStarting(now, now + LONGEST_LEAD_MS + LOOK_MS)
    const near = await this.#writeDown(starting, now)
    const steps = [
      () => this.#followAll(starting, now),
      () => runAll(near, (citizenId) => this.#tell(citizenId)),
    ]
    await runAll(steps, (step) => step())
  }

  /** One citizen's that fails must not keep the others' back. */
  async #followAll(starting: readonly Starting[], now: UnixMs): Promise<void> {
    const holdUntil: UnixMs[] = []
    const live = await this.#repository.loadLive(now)
    // What was taken back has gone with its appointment.
    const gone = [...this.#sending].filter((id) => !live.some((each) => each.id === id))
    for (const id of gone) this.#options.push.stopReminder(id)
    await runAll(live, async (reminder) => {
      const found = starting.find(({ occurrence }) => isOf(reminder, occurrence)) ?? null
      const until = await this.#follow(reminder, found, now)
      if (until !== null) holdUntil.push(until)
    })
    this.#arm(starting, holdUntil, now)
  }

  /** @returns whose appointment has come so near */
  async #writeDown(starting: readonly Starting[], now: UnixMs): Promise<PersonId[]> {
    const { database } = this.#options
    const doneUntil = (await this.#repository.findDoneUntil()) ?? now
    const due = starting.flatMap(({ occurrence: { plan, day, startAt } }) =>
      LEADS.filter((lead) => dueAt(lead, startAt) > doneUntil && dueAt(lead, startAt) <= now).map(
        (lead) => {
          const of = { appointment_id: plan.id, day, start_at: startAt, citizen_id: plan.citizenId }
          return dueRow(newId<ReminderId>(), lead, of, now)
        },
      ),
    )
    await database.transaction().execute(async (transaction) => {
      const repository = makeRemindersRepository(transaction)
      await repository.add(due)
      await repository.saveDoneUntil(Math.max(doneUntil, now))
    })
    const near = due.filter(({ lead }) => lead === 'soon').map((row) => row.citizen_id)
    return [...new Set(near)]
  }

  /** @returns until when it is kept, where it is */
  async #follow(
    reminder: ReminderRow,
    found: Starting | null,
    now: UnixMs,
  ): Promise<UnixMs | null> {
    const { id } = reminder
    if (reminder.state !== 'due') {
      await this.#followSent(reminder, found)
      return null
    }
    const decision = await this.#decide(reminder, found, now)
    if (this.#sending.has(id)) {
      if (decision === 'send') return this.#findQuietFrom(reminder, now)
      this.#stopped.add(id)
      if (isStill(found)) {
        this.#options.push.stopReminder(id)
        return null
      }
      this.#end(id, 'changed')
    }
    if (decision === 'send' && isHeld(found)) this.#begin(reminder, found)
    if (decision === 'drop') await this.#repository.saveState(id, ['due'], 'dropped', now)
    if (decision !== 'hold' || !isHeld(found)) return null
    const quiet = await this.#options.quiet.hoursOf(reminder.citizen_id)
    return quiet === null ? now : quietEndsAt(quiet, now)
  }

  /** One of the day before that is still tried when it becomes quiet waits as well. */
  async #findQuietFrom({ lead, citizen_id }: ReminderRow, now: UnixMs): Promise<UnixMs | null> {
    const quiet = lead === 'soon' ? null : await this.#options.quiet.hoursOf(citizen_id)
    return quiet === null ? null : quietBeginsAt(quiet, now)
  }

  async #decide(
    reminder: ReminderRow,
    found: Starting | null,
    now: UnixMs,
  ): Promise<ReminderDecision> {
    const { choice, quiet } = this.#options
    const { citizen_id: citizenId, lead, start_at: startAt } = reminder
    const facts = {
      mayBeRung: (await choice.mayRing(citizenId, now)) === true,
      wantsDayBefore: await this.#repository.wants(citizenId),
      quiet: await quiet.hoursOf(citizenId),
    }
    const decision = decideReminder({ lead, startAt }, found?.occurrence ?? null, facts, now)
    return decision === 'send' && !isHeld(found) ? 'hold' : decision
  }

  /**
   * One that has been sent and says no longer what is so is replaced, once. What the citizen says they know. Where
   * nobody is left to hold it, it is due again, should there be somebody.
   */
  async #followSent({ id, state }: ReminderRow, found: Starting | null): Promise<void> {
    const isOther = found === null || found.occurrence.calledOff === 'worker'
    if (!isOther && isHeld(found)) return
    const to = isOther ? 'dropped' : 'due'
    const isNews = await this.#repository.saveState(id, [state], to, this.#options.clock.now())
    if (isNews) this.#end(id, 'changed')
  }

  #begin(reminder: ReminderRow, held: Held): void {
    this.#sending.add(reminder.id)
    this.#send(reminder, held)
      .catch((error: unknown) => this.#onError(error))
      .finally(() => {
        this.#sending.delete(reminder.id)
        if (this.#stopped.delete(reminder.id)) void this.look()
      })
  }

  async #send(reminder: ReminderRow, { occurrence, holder }: Held): Promise<void> {
    const { clock, push, quiet } = this.#options
    const { id: reminderId, citizen_id: citizenId, lead, start_at: agreedAt } = reminder
    const now = clock.now()
    const startAt = agreedAt + occurrence.lateMinutes * 60_000
    // What was told before it was due once more has been taken back.
    await forgetTold(reminderId, this.#options.database, reminder.state_at)
    const isSent = await push.remind({
      ...{ reminderId, citizenId, startAt, name: holder.worker.name, kind: occurrence.kind },
      until: expiresAt(lead, agreedAt),
      tellsDay: lead === 'dayBefore',
      asks: lead === 'soon',
      // What has been agreed on in quiet hours is told all the same, and without a sound.
      isSilent: await quiet.isQuiet(citizenId, now),
    })
    if (this.#isStopped || (!isSent && this.#stopped.has(reminderId))) return
    const state = isSent ? 'sent' : 'failed'
    const isNews = await this.#repository.saveState(reminderId, ['due'], state, clock.now())
    if (isNews) await this.#tellReached(citizenId)
  }

  #arm(starting: readonly Starting[], holdUntil: readonly UnixMs[], now: UnixMs): void {
    const due = starting.flatMap(({ occurrence: { startAt } }) =>
      LEADS.map((lead) => dueAt(lead, startAt)).filter((at) => at > now),
    )
    this.#lookAt(Math.min(now + LOOK_MS, ...due, ...holdUntil))
  }

  #lookAt(at: UnixMs): void {
    if (this.#isStopped) return
    this.#cancel?.()
    this.#cancel = this.#options.clock.at(at, () => void this.look())
  }

  get #repository() {
    return makeRemindersRepository(this.#options.database)
  }

  #loadReached(citizenIds: readonly PersonId[]): Promise<Map<PersonId, NonNullable<Reached>>> {
    return this.#repository.loadReached(citizenIds, this.#options.clock.now() - REACHED_MS)
  }

  async #tellReached(citizenId: PersonId): Promise<void> {
    const { accounts, clock, presence } = this.#options
    const workers = await accounts.assignments.loadWorkersOf(citizenId, clock.now())
    const reached = (await this.#loadReached([citizenId])).get(citizenId) ?? null
    for (const connection of workers.flatMap(({ id }) => presence.listConnections(id))) {
      connection.send({ type: 'reached.changed', citizenId, reached })
    }
  }

  async #tell(citizenId: PersonId): Promise<void> {
    await runAll(this.#listeners, (listener) => listener(citizenId))
  }

  #onError(error: unknown): void {
    this.#options.log.error({ err: error }, 'citizens not reminded')
  }
}
