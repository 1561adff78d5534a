import { createHash } from 'node:crypto'
import {
  NaervaerError,
  type AppointmentKind,
  type AuditActor,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import type { CalendarFeedReply } from '@naervaer/shared/appointments'
import { addDays, wallTimeAt } from '@naervaer/shared/wall'
import type { Accounts } from '../accounts/service.ts'
import { hashToken, makeToken } from '../accounts/tokens.ts'
import type { AppointmentReading, ListedAppointment } from '../appointments/reading.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import { makeFeedRepository } from './repository.ts'
import { writeCalendar, type CalendarEvent } from './write-calendar.ts'

/** How much a calendar program is told: four weeks back, and half a year ahead. */
const DAYS_BACK = 28
const DAYS_AHEAD = 182

const CALENDAR_NAME = 'Nærvær'

/** What stands in a calendar that others may see as well. */
const SUMMARIES: Readonly<Record<AppointmentKind, string>> = {
  video: 'Videosamtale',
  visit: 'Besøg',
  phone: 'Telefon',
}

export interface CalendarFeedsOptions {
  readonly clock: Clock
  readonly database: Database
  readonly accounts: Accounts
  readonly audit: Pick<Audit, 'record'>
  readonly reading: Pick<AppointmentReading, 'list'>
  /** Whether the municipality has chosen that citizens' first names stand in it. */
  readonly hasNames: boolean
  /** What comes after the @ of a UID. */
  readonly host: string
}

/** A calendar as it is given out. */
export interface WrittenCalendar {
  readonly text: string
  readonly etag: string
  readonly changedAt: UnixMs
}

/** Workers' own appointments for their own calendar programs, at an address that nobody can guess. */
export class CalendarFeeds {
  readonly #options: CalendarFeedsOptions

  constructor(options: CalendarFeedsOptions) {
    this.#options = options
  }

  /** Since when the worker has an address, null where they have none, and what would stand in it. */
  async describe(workerId: PersonId): Promise<CalendarFeedReply> {
    const feed = await this.#repository.find(workerId)
    return { since: feed?.created_at ?? null, hasNames: this.#options.hasNames }
  }

  /** A new address; the one before is closed. @returns its token, which is told this once */
  async make(workerId: PersonId): Promise<string> {
    const { clock, database } = this.#options
    const token = makeToken()
    await database.transaction().execute(async (transaction) => {
      await makeFeedRepository(transaction).save(workerId, hashToken(token), clock.now())
      await this.#record('calendarFeed.made', workerId, asWorker(workerId), transaction)
    })
    return token
  }

  /** Nothing is left of the address of who works here no more. */
  async removeClosed(): Promise<void> {
    for (const workerId of await this.#repository.listWorkers()) {
      const roles = await this.#options.accounts.loadOpenRoles(workerId)
      if (!roles.includes('worker')) await this.revoke(workerId, { kind: 'system' })
    }
  }

  /** The address opens nothing any more. */
  async revoke(workerId: PersonId, actor = asWorker(workerId)): Promise<void> {
    await this.#options.database.transaction().execute(async (transaction) => {
      const isGone = await makeFeedRepository(transaction).remove(workerId)
      if (isGone) await this.#record('calendarFeed.revoked', workerId, actor, transaction)
    })
  }

  /** @throws NaervaerError NOT_FOUND where there is no such address, or its worker works here no more */
  async read(token: string): Promise<WrittenCalendar> {
    const { accounts, clock } = this.#options
    const tokenHash = hashToken(token)
    const feed = await this.#repository.findByToken(tokenHash)
    const isWorker =
      feed !== null && (await accounts.loadOpenRoles(feed.worker_id)).includes('worker')
    if (!isWorker) throw new NaervaerError('NOT_FOUND')
    const events = await this.#listEvents(feed.worker_id)
    const digest = createHash('sha256').update(JSON.stringify(events)).digest('base64url')
    let changedAt = feed.changed_at
    if (digest !== feed.digest) {
      changedAt = clock.now()
      await this.#repository.saveDigest(tokenHash, digest, changedAt)
    }
    const text = writeCalendar(events, { name: CALENDAR_NAME, changedAt })
    return { text, etag: `"${digest}"`, changedAt }
  }

  async #listEvents(workerId: PersonId): Promise<CalendarEvent[]> {
    const { accounts, clock, reading } = this.#options
    const now = clock.now()
    const { day: today } = wallTimeAt(now)
    const citizens = await accounts.assignments.loadCitizensOf(workerId, now)
    const names = new Map(citizens.map(({ id, name }) => [id, name.split(' ', 1)[0] ?? '']))
    const span = { from: addDays(today, -DAYS_BACK), to: addDays(today, DAYS_AHEAD) }
    const listed = await reading.list([...names.keys()], span)
    return listed
      .filter(({ appointment }) => appointment.worker.id === workerId)
      .map((each) => this.#toEvent(each, names.get(each.citizenId) ?? ''))
  }

  #toEvent({ appointment }: ListedAppointment, citizen: string): CalendarEvent {
    const { hasNames, host } = this.#options
    const { id, day, kind, startAt, endAt, revision, calledOff } = appointment
    return {
      uid: `${id}-${day}@${host}`,
      ...{ startAt, endAt, sequence: revision - 1, isCalledOff: calledOff !== null },
      summary: hasNames ? `${SUMMARIES[kind]}: ${citizen}` : SUMMARIES[kind],
    }
  }

  get #repository() {
    return makeFeedRepository(this.#options.database)
  }

  #record(
    action: 'calendarFeed.made' | 'calendarFeed.revoked',
    workerId: PersonId,
    actor: AuditActor,
    within: Database,
  ): Promise<void> {
    return this.#options.audit.record({ action, actor, subjectId: workerId }, within)
  }
}

const asWorker = (id: PersonId): AuditActor => ({ kind: 'person', id, role: 'worker' })
