import {
  NaervaerError,
  toOfferState,
  type AuditAction,
  type AuditHeadReply,
  type AuditLine,
  type AuditQuery,
  type ChoiceHistoryReply,
  type IntegrityReply,
  type OffersReply,
  type PersonId,
  type Role,
} from '@naervaer/shared'
import type { Audit } from '../audit/audit.ts'
import type { Choices } from '../choice/service.ts'
import type { Database } from '../database/open.ts'
import { makeOverseeingRepository, PAGE_SIZE } from './overseeing-repository.ts'

export interface OverseeingOptions {
  readonly database: Database
  readonly audit: Audit
  readonly choice: Pick<Choices, 'loadViews' | 'loadHistory'>
}

/** What the authority and the auditor read. They change nothing, and each reading leaves a line. */
export class Overseeing {
  readonly #options: OverseeingOptions

  constructor(options: OverseeingOptions) {
    this.#options = options
  }

  /**
   * How the offer stands with each citizen: name and state, and nothing else.
   *
   * @param after - the citizen behind whom to go on; null for the beginning
   * @throws NaervaerError PERSON_NOT_FOUND where `after` is no citizen
   */
  async loadOffers(authorityId: PersonId, after: PersonId | null): Promise<OffersReply> {
    const { database, audit, choice } = this.#options
    const repository = makeOverseeingRepository(database)
    const last = after === null ? null : await this.#requireCitizen(after)
    const found = await repository.loadCitizens(last)
    const page = found.slice(0, PAGE_SIZE)
    const actor = { kind: 'person', id: authorityId, role: 'authority' } as const
    await database.transaction().execute(async (transaction) => {
      for (const { id } of page) {
        await audit.record({ action: 'offers.listed', actor, subjectId: id }, transaction)
      }
    })
    const views = await choice.loadViews(page.map(({ id }) => id))
    return {
      citizens: page.map((person) => ({
        person,
        state: toOfferState(views.get(person.id)?.state ?? 'notOffered'),
      })),
      next: found.length > page.length ? (page.at(-1)?.id ?? null) : null,
    }
  }

  /** The newest lines that fit, a hundred at a time. Reading the log is in the log. */
  async loadAuditLines(auditorId: PersonId, query: AuditQuery): Promise<AuditLine[]> {
    await this.#record('audit.read', auditorId, 'auditor')
    return makeOverseeingRepository(this.#options.database).loadAuditLines(query)
  }

  /** Looks through the whole log. */
  async verify(readerId: PersonId, role: 'it' | 'auditor'): Promise<IntegrityReply> {
    const verdict = await this.#options.audit.verify()
    await this.#record('audit.verified', readerId, role)
    return { isWhole: verdict.isWhole, firstBadSeq: verdict.isWhole ? null : verdict.badSeq }
  }

  /** The last line, as it was before this reading of it. */
  async loadHead(auditorId: PersonId): Promise<AuditHeadReply> {
    const head = await this.#options.audit.loadHead()
    await this.#record('audit.headRead', auditorId, 'auditor')
    return { head: head === null ? null : { seq: head.seq, hash: head.hash } }
  }

  /**
   * Everything that one citizen was offered and has said, where the auditor asks for just this one.
   *
   * @throws NaervaerError PERSON_NOT_FOUND
   */
  async loadChoice(auditorId: PersonId, citizenId: PersonId): Promise<ChoiceHistoryReply> {
    const citizen = await this.#requireCitizen(citizenId)
    await this.#record('choice.read', auditorId, 'auditor', citizenId)
    const steps = await this.#options.choice.loadHistory(citizenId)
    return {
      citizen,
      steps: steps.flatMap(({ kind, at, until, textVersion, language, askedBy, heardBy }) =>
        kind === 'begun'
          ? []
          : [{ kind, at, untilAt: until, textVersion, language, askedBy, heardBy }],
      ),
    }
  }

  async #requireCitizen(id: PersonId) {
    const citizen = await makeOverseeingRepository(this.#options.database).findCitizen(id)
    if (citizen === null) throw new NaervaerError('PERSON_NOT_FOUND')
    return citizen
  }

  #record(
    action: AuditAction,
    id: PersonId,
    role: Role,
    subjectId: PersonId | null = null,
  ): Promise<void> {
    return this.#options.audit.record({ action, actor: { kind: 'person', id, role }, subjectId })
  }
}
