import type { DurationMs, NewsId, PersonId, UnixMs } from '@naervaer/shared'
import { isHolderAway, TAKE_BACK_MS } from '@naervaer/shared/appointments'
import {
  decideNews,
  expiresAt,
  NEWS_NEAR_MS,
  NEWS_SETTLE_MS,
  NEWS_URGENT_MS,
  quietBeginsAt,
  type NewsDecision,
} from '@naervaer/shared/reminders'
import type { FastifyBaseLogger } from 'fastify'
import type { Broken } from '../appointments/breaking.ts'
import type { Found } from '../appointments/reading.ts'
import type { Appointments } from '../appointments/service.ts'
import type { Choices } from '../choice/service.ts'
import type { Database } from '../database/open.ts'
import type { AppointmentNewsRow } from '../database/push-rows.ts'
import { newId } from '../new-id.ts'
import type { Cancel, Clock } from '../plugins/clock.ts'
import { makeTag } from '../push/notice-post.ts'
import { findTag, forgetTold } from '../push/said.ts'
import type { Push } from '../push/service.ts'
import type { QuietTimes } from '../quiet/service.ts'
import { runAll } from '../run-all.ts'
import { makeNewsRepository } from './news-repository.ts'

const HOUR_MS: DurationMs = 3_600_000

/** How long what replaces something on a screen is news, however near it was. */
const REPLACED_MS: DurationMs = 24 * HOUR_MS

/** How long it is tried at most. */
const TRIED_MS: DurationMs = 6 * HOUR_MS

/** How soon a look that has failed is tried again. */
const RETRY_MS: DurationMs = 30_000

/** Longer than the furthest of them is ahead, and the days after it in which a notice may be asked about. */
export const KEPT_MS: DurationMs = NEWS_NEAR_MS + 48 * HOUR_MS

export interface ChangeNewsOptions {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly database: Database
  readonly appointments: Pick<Appointments, 'find' | 'onBroken' | 'onChanged'>
  readonly choice: Pick<Choices, 'mayRing' | 'onChanged'>
  readonly push: Pick<Push, 'tellChange' | 'stopReminder'>
  readonly quiet: Pick<QuietTimes, 'hoursOf' | 'onChanged'>
}

/**
 * Tells citizens whose app is closed that an appointment was moved or called off, each change once. It is written
 * down with the change itself, and read again when it is told: only what is so then is said.
 */
export class ChangeNews {
  readonly #options: ChangeNewsOptions
  readonly #sending = new Set<NewsId>()
  /** What of it was to wait after all. */
  readonly #stopped = new Set<NewsId>()
  #looking: Promise<void> = Promise.resolve()
  #cancel: Cancel | null = null
  #isStopped = false

  constructor(options: ChangeNewsOptions) {
    this.#options = options
    options.appointments.onBroken((broken, within) => this.#write(broken, within))
    options.appointments.onChanged(() => this.look())
    options.choice.onChanged(() => void this.look())
    options.quiet.onChanged(() => this.look())
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
  }

  /** Sees to what is due, and when to look again. */
  look(): Promise<void> {
    this.#looking = this.#looking
      .then(() => this.#look())
      .catch((error: unknown) => {
        this.#onError(error)
        this.#lookAt(this.#options.clock.now() + RETRY_MS)
      })
    return this.#looking
  }

  async removeOld(): Promise<void> {
    const { clock, database } = this.#options
    await makeNewsRepository(database).removeBefore(clock.now() - KEPT_MS)
  }

  /** Nobody who has stopped is told of anything. */
  forget(citizenId: PersonId): Promise<void> {
    return makeNewsRepository(this.#options.database).removeOf(citizenId)
  }

  async #write(broken: Broken, within: Database): Promise<void> {
    const now = this.#options.clock.now()
    const { before, name, toAt } = broken
    await this.#remindAgain(broken, within, now)
    const repository = makeNewsRepository(within)
    const latest = await repository.findLatest(before.plan.id, before.day)
    const dueAt = now + (isUrgent(broken, now) ? 0 : NEWS_SETTLE_MS)
    const where = { appointment_id: name.appointmentId, day: name.day, made_at: now }
    if (latest?.state === 'due' && !this.#sending.has(latest.id)) {
      await repository.follow(latest.id, { ...where, due_at: latest.replaces ? now : dueAt })
      return
    }
    const said = latest === undefined ? [] : [latest.id]
    const tag = await this.#takeTag(broken, said, within, now)
    // What they have called off themselves is no news when it stays so.
    if (toAt === null && before.calledOff !== null && before.calledOff !== 'waiting') return
    if (tag === null && !isHeardOf(broken, now)) return
    await repository.add({
      ...{ id: newId<NewsId>(), citizen_id: before.plan.citizenId, ...where },
      from_at: before.calledOff === 'worker' ? null : before.startAt,
      replaces: tag === null ? 0 : 1,
      ...{ tag: tag ?? makeTag(), state: 'due', due_at: tag === null ? dueAt : now },
    })
  }

  /** Reminders of the time that is no more are over: what is told now takes their place. */
  async #takeTag(
    { before: { plan, day, startAt } }: Broken,
    newsIds: readonly NewsId[],
    within: Database,
    now: UnixMs,
  ): Promise<string | null> {
    const repository = makeNewsRepository(within)
    const reminders = await repository.loadReminders({ appointmentId: plan.id, day, startAt })
    const tag = await findTag({ reminderIds: reminders.map(({ id }) => id), newsIds }, within)
    if (tag === null) return null
    for (const { id } of reminders) await repository.saveReminder(id, 'dropped', now)
    return tag
  }

  /** A time that comes back is reminded of again, as far as that still helps. */
  async #remindAgain({ name, toAt }: Broken, within: Database, now: UnixMs): Promise<void> {
    if (toAt === null) return
    const repository = makeNewsRepository(within)
    for (const { id, lead, state } of await repository.loadReminders({ ...name, startAt: toAt })) {
      if (state !== 'dropped' || now >= expiresAt(lead, toAt)) continue
      await forgetTold(id, within)
      await repository.saveReminder(id, 'due', now)
    }
  }

  async #look(): Promise<void> {
    if (this.#isStopped) return
    const { clock, database } = this.#options
    const now = clock.now()
    const later: UnixMs[] = []
    await runAll(await makeNewsRepository(database).loadDue(), async (news) => {
      const until = news.due_at > now ? news.due_at : await this.#follow(news, now)
      if (until !== null) later.push(until)
    })
    if (later.length > 0) this.#lookAt(Math.min(...later))
  }

  /** @returns when to look at it again */
  async #follow(news: AppointmentNewsRow, now: UnixMs): Promise<UnixMs | null> {
    const { appointments, database, push } = this.#options
    const { id, appointment_id: appointmentId, day } = news
    const found = await appointments.find({ appointmentId, day })
    const decision = await this.#decide(news, found, now)
    if (this.#sending.has(id)) {
      if (decision.action === 'tell') {
        const quiet = await this.#options.quiet.hoursOf(news.citizen_id)
        return quiet === null ? null : quietBeginsAt(quiet, now)
      }
      this.#stopped.add(id)
      push.stopReminder(id)
      return null
    }
    if (decision.action === 'hold') return decision.until
    if (decision.action === 'drop') await makeNewsRepository(database).saveState(id, 'dropped')
    else this.#begin(news, found, decision)
    return null
  }

  async #decide(news: AppointmentNewsRow, found: Found | null, now: UnixMs): Promise<NewsDecision> {
    const { choice, database, quiet } = this.#options
    const { citizen_id: citizenId, appointment_id: appointmentId, day } = news
    const facts = {
      mayBeRung: (await choice.mayRing(citizenId, now)) === true,
      quiet: await quiet.hoursOf(citizenId),
    }
    const known = { fromAt: news.from_at, replaces: news.replaces === 1 }
    const decision = decideNews(known, found?.occurrence ?? null, facts, now)
    if (decision.action !== 'tell' || decision.toAt === null) return decision
    const time = { appointmentId, day, startAt: decision.toAt }
    const holder = found?.holder ?? null
    const isHeld = holder !== null && !isHolderAway(holder)
    const reminders = await makeNewsRepository(database).loadReminders(time)
    // Who is reminded of the time as it is now has heard of it.
    const isReminded = reminders.some(
      ({ state, state_at }) =>
        state_at >= news.made_at && ['due', 'sent', 'arrived'].includes(state),
    )
    return isReminded && isHeld ? { action: 'drop' } : decision
  }

  #begin(
    news: AppointmentNewsRow,
    found: Found | null,
    decision: Extract<NewsDecision, { action: 'tell' }>,
  ): void {
    this.#sending.add(news.id)
    this.#send(news, found, decision)
      .catch((error: unknown) => this.#onError(error))
      .finally(() => {
        this.#sending.delete(news.id)
        if (this.#stopped.delete(news.id)) void this.look()
      })
  }

  async #send(
    { id: newsId, citizen_id: citizenId, from_at: fromAt, tag, replaces }: AppointmentNewsRow,
    found: Found | null,
    { toAt, isSilent }: Extract<NewsDecision, { action: 'tell' }>,
  ): Promise<void> {
    const { clock, database, push } = this.#options
    const now = clock.now()
    const newsMs = replaces === 1 ? REPLACED_MS : HOUR_MS
    const until = Math.max(now + newsMs, fromAt ?? 0, toAt ?? 0)
    const isSent = await push.tellChange({
      ...{ newsId, citizenId, fromAt, toAt, tag, isSilent, until },
      name: found?.holder?.worker.name ?? '',
      kind: found?.occurrence.kind ?? 'video',
      retryUntil: Math.min(until, now + TRIED_MS),
    })
    if (this.#isStopped || (!isSent && this.#stopped.has(newsId))) return
    await makeNewsRepository(database).saveState(newsId, isSent ? 'sent' : 'failed')
  }

  #lookAt(at: UnixMs): void {
    if (this.#isStopped) return
    this.#cancel?.()
    this.#cancel = this.#options.clock.at(at, () => void this.look())
  }

  #onError(error: unknown): void {
    this.#options.log.error({ err: error }, 'citizens not told of changes')
  }
}

/** Who has been told nothing yet of what was only just planned is told nothing of its correction. */
function isHeardOf(broken: Broken, now: UnixMs): boolean {
  const { before, toAt, madeAt, isTakenBack } = broken
  if (isTakenBack || now < madeAt + TAKE_BACK_MS) return false
  return Math.min(before.startAt, toAt ?? before.startAt) <= now + NEWS_NEAR_MS
}

const isUrgent = ({ before: { startAt }, toAt }: Broken, now: UnixMs): boolean =>
  Math.min(startAt, toAt ?? startAt) <= now + NEWS_URGENT_MS
