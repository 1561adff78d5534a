import {
  NaervaerError,
  type AuditActor,
  type Person,
  type PersonId,
  type QuietHours,
  type UnixMs,
} from '@naervaer/shared'
import { isQuiet } from '@naervaer/shared/quiet'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Connection } from '../presence/connection.ts'
import type { PresenceHub } from '../presence/hub.ts'
import { runAll } from '../run-all.ts'
import { makeQuietRepository } from './repository.ts'

export interface QuietTimesOptions {
  readonly database: Database
  readonly presence: PresenceHub
  readonly audit: Audit
}

/** The people of a snapshot, before it is said when they do not want to be rung. */
interface People {
  readonly citizens: readonly { readonly person: Person }[]
}
type WithQuiet<P extends People> = Omit<P, 'citizens'> & {
  readonly citizens: (P['citizens'][number] & { readonly quiet: QuietHours | null })[]
  /** The citizen's own; null for a worker. */
  readonly quiet: QuietHours | null
}

/** When citizens do not want to be rung ("Ring ikke til mig mellem {fra} og {til}"), as they have said themselves. */
export class QuietTimes {
  readonly #options: QuietTimesOptions
  readonly #listeners: (() => Promise<void>)[] = []

  constructor(options: QuietTimesOptions) {
    this.#options = options
  }

  /** Told when the hours of anybody are others, and waited for. */
  onChanged(listener: () => Promise<void>): void {
    this.#listeners.push(listener)
  }

  /** When the citizen does not want to be rung; null where they have said nothing of it. */
  async hoursOf(citizenId: PersonId): Promise<QuietHours | null> {
    return (await this.#load([citizenId])).get(citizenId) ?? null
  }

  /** Whether the citizen does not want to be rung at that moment. Asked for every ring. */
  async isQuiet(citizenId: PersonId, at: UnixMs): Promise<boolean> {
    return isQuiet(await this.findHours(citizenId), at)
  }

  /** For whoever plans; null where the citizen has said nothing. */
  async findHours(citizenId: PersonId): Promise<QuietHours | null> {
    return (await this.#load([citizenId])).get(citizenId) ?? null
  }

  /**
   * The citizen says it, or that it is no longer so.
   *
   * @throws NaervaerError BODY_INVALID for hours that end where they begin
   */
  async change(citizenId: PersonId, quiet: QuietHours | null): Promise<void> {
    if (quiet !== null && quiet.from === quiet.to) throw new NaervaerError('BODY_INVALID')
    await this.#keep(citizenId, quiet, { kind: 'person', id: citizenId, role: 'citizen' })
    await this.#announce(citizenId)
  }

  /** Whoever stops is not rung at any hour, so nothing is kept of the hours. */
  async forget(citizenId: PersonId): Promise<void> {
    const isNews = await this.#keep(citizenId, null, { kind: 'system' })
    if (isNews) await this.#announce(citizenId)
  }

  /** @returns whether it was otherwise before */
  async #keep(citizenId: PersonId, quiet: QuietHours | null, actor: AuditActor): Promise<boolean> {
    const { database, audit } = this.#options
    return database.transaction().execute(async (transaction) => {
      const repository = makeQuietRepository(transaction)
      const isNews = await (quiet === null
        ? repository.remove(citizenId)
        : repository.save(citizenId, quiet))
      // When somebody wants peace is theirs: the log says that it was changed, and not to what.
      const action = quiet === null ? 'quiet.cleared' : 'quiet.set'
      if (isNews) await audit.record({ action, actor, subjectId: citizenId }, transaction)
      return isNews
    })
  }

  /** The snapshot's part: each citizen's for their worker, and a citizen's own. */
  async withQuiet<P extends People>(
    { role, personId }: Connection,
    people: P,
  ): Promise<WithQuiet<P>> {
    const ids = people.citizens.map(({ person }) => person.id)
    const found = await this.#load(role === 'citizen' ? [personId] : ids)
    const citizens = people.citizens.map((citizen) => ({
      ...citizen,
      quiet: found.get(citizen.person.id) ?? null,
    }))
    return { ...people, citizens, quiet: found.get(personId) ?? null }
  }

  #load(citizenIds: readonly PersonId[]): Promise<Map<PersonId, QuietHours>> {
    return makeQuietRepository(this.#options.database).load(citizenIds)
  }

  /** As it stands now, to the citizen's own windows and those of the workers of this moment. */
  async #announce(citizenId: PersonId): Promise<void> {
    const quiet = (await this.#load([citizenId])).get(citizenId) ?? null
    await this.#options.presence.tellAround(citizenId, { type: 'quiet.changed', citizenId, quiet })
    await runAll(this.#listeners, (listener) => listener())
  }
}
