import {
  AUDIT_DETAIL_PATTERN,
  AUDIT_DETAILS,
  LOOKUP_ACTIONS,
  toCanonicalJson,
  type AuditAction,
  type AuditDetails,
  type AuditEvent,
  type PersonId,
  type Role,
  type UnixMs,
} from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import { SealError, type Secrets } from '../secrets/secrets.ts'
import { FIRST_HASH, hashRow, sealHash } from './chain.ts'
import { isHeadGenuine, toHeadText, type KeptHead } from './head-text.ts'
import { makeAuditRepository, type AuditRepository } from './repository.ts'
import { verifyChain, type Verdict } from './verify.ts'

/** What the keys of the audit log are derived for. */
const ROW_PURPOSE = 'audit-rows'
const HEAD_PURPOSE = 'audit-head'
const HEAD_TEXT_PURPOSE = 'audit-head-text'
const ANCHOR_PURPOSE = 'audit-anchor'

/** When and why somebody's data was read, as they may know it: not by whom. */
export interface Lookup {
  readonly at: UnixMs
  readonly action: AuditAction
  readonly role: Role | null
}

/** The last line, for keeping outside: a log that no longer contains it has been changed. */
export interface AuditHead {
  readonly seq: number
  readonly hash: string
}

export interface AuditOptions {
  readonly database: Database
  readonly clock: Clock
  readonly secrets: Secrets
  /** Told of each line, which may still be taken back with what it says. */
  readonly onRecorded?: () => void
}

/** What has been done and read, in a chain that shows every change made to it afterwards. */
export class Audit {
  readonly #database: Database
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #onRecorded: () => void
  /** The look through the log that is under way. */
  #looking: Promise<Verdict> | null = null

  constructor({ database, clock, secrets, onRecorded }: AuditOptions) {
    this.#database = database
    this.#clock = clock
    this.#secrets = secrets
    this.#onRecorded = onRecorded ?? (() => undefined)
  }

  /**
   * Adds a line.
   *
   * @param within - the transaction that does what the line says, so that both happen or neither
   * @throws RangeError for a detail that might be more than a code, an id or a number
   */
  async record(event: AuditEvent, within?: Database): Promise<void> {
    const details = checkDetails(event.details ?? {})
    if (within !== undefined) {
      await this.#add(event, details, within)
      return
    }
    await this.#database
      .transaction()
      .execute((transaction) => this.#add(event, details, transaction))
  }

  /** Who has read about a person since an instant, the newest first. */
  async listLookups(subjectId: PersonId, since: UnixMs = 0): Promise<Lookup[]> {
    const repository = makeAuditRepository(this.#database)
    const rows = await repository.listOf(subjectId, LOOKUP_ACTIONS, since)
    return rows.map((row) => ({
      at: row.at,
      // Only actions of the table are recorded, and those just asked for are in it.
      action: row.action as AuditAction,
      role: row.actor_role,
    }))
  }

  /**
   * Looks through the whole log and says which line is the first that is not as it was written.
   * Whoever asks while that is under way shares what it finds.
   *
   * @param kept - a head from outside: the log must still contain it
   */
  async verify(kept?: KeptHead): Promise<Verdict> {
    if (kept !== undefined && !isHeadGenuine(kept, this.#secrets.key(HEAD_TEXT_PURPOSE))) {
      return { isWhole: false, badSeq: kept.seq, flaw: 'forged' }
    }
    if (kept !== undefined) return this.#look(kept)
    this.#looking ??= this.#look().finally(() => (this.#looking = null))
    return this.#looking
  }

  #look(kept?: KeptHead): Promise<Verdict> {
    return verifyChain(makeAuditRepository(this.#database), {
      ...(kept === undefined ? {} : { kept }),
      rowKey: this.#secrets.key(ROW_PURPOSE),
      openHead: (sealed) => this.#openHead(sealed),
      openAnchor: (sealed) => this.#open(ANCHOR_PURPOSE, sealed),
    })
  }

  /** @returns null while the log is empty */
  async loadHead(): Promise<AuditHead | null> {
    const { sealed } = await makeAuditRepository(this.#database).loadHead()
    return sealed === '' ? null : this.#openHead(sealed)
  }

  /** The last line in one word that cannot be made up; null while the log is empty. */
  async loadHeadText(): Promise<string | null> {
    const head = await this.loadHead()
    return head === null ? null : toHeadText(head, this.#secrets.key(HEAD_TEXT_PURPOSE))
  }

  /** How many lines `cut` would remove. */
  countBefore(before: UnixMs): Promise<number> {
    return makeAuditRepository(this.#database).countBefore(before)
  }

  /**
   * Removes the oldest lines that are from before an instant, a page of them. What the log then begins after is
   * noted and sealed, so that the rest can still be verified; the last line stays whatever its age.
   *
   * @returns how many; 0 when nothing is left to remove
   * @throws SealError where somebody has tampered with the seal of the last line
   */
  cut(before: UnixMs): Promise<number> {
    return this.#database.transaction().execute(async (transaction) => {
      const repository = makeAuditRepository(transaction)
      await this.#takeLast(repository)
      const last = await repository.findLastOld(before)
      if (last === null) return 0
      return repository.removeUpTo(last.seq, this.#seal(ANCHOR_PURPOSE, last))
    })
  }

  async #add(event: AuditEvent, details: AuditDetails, database: Database): Promise<void> {
    const repository = makeAuditRepository(database)
    const last = await this.#takeLast(repository)
    const former = last === null ? null : await repository.findRow(last.seq)
    const seq = (last?.seq ?? 0) + 1
    const { actor } = event
    const row = {
      seq,
      at: Math.max(this.#clock.now(), former?.at ?? 0),
      action: event.action,
      actor_kind: actor.kind,
      actor_id: actor.kind === 'person' ? actor.id : null,
      actor_role: actor.kind === 'person' ? actor.role : null,
      subject_id: event.subjectId,
      details: toCanonicalJson(details),
    }
    const hash = hashRow(last?.hash ?? FIRST_HASH, row)
    const seal = sealHash(this.#secrets.key(ROW_PURPOSE), hash)
    await repository.add({ ...row, hash, seal }, this.#sealHead({ seq, hash }))
    this.#onRecorded()
  }

  /**
   * The last line as its seal says, not as the table does: what was changed or cut off there stays
   * visible for ever, instead of being built upon.
   *
   * @throws SealError where somebody has tampered with the seal
   */
  async #takeLast(repository: AuditRepository): Promise<AuditHead | null> {
    const sealed = await repository.lockHead()
    if (sealed !== '') return this.#openHead(sealed)
    if (await repository.hasRows()) throw new SealError('the audit log has lost its seal')
    return null
  }

  #sealHead(head: AuditHead): string {
    return this.#seal(HEAD_PURPOSE, head)
  }

  #openHead(sealed: string): AuditHead {
    return this.#open(HEAD_PURPOSE, sealed)
  }

  #seal(purpose: string, { seq, hash }: AuditHead): string {
    return this.#secrets.seal(purpose, Buffer.from(`${seq}:${hash}`))
  }

  #open(purpose: string, sealed: string): AuditHead {
    const [seq = '', hash = ''] = this.#secrets.open(purpose, sealed).toString().split(':')
    return { seq: Number(seq), hash }
  }
}

function checkDetails(details: AuditDetails): AuditDetails {
  for (const [name, value] of Object.entries(details)) {
    const isKnown = (AUDIT_DETAILS as readonly string[]).includes(name)
    const isPlain =
      typeof value === 'number' ? Number.isSafeInteger(value) : AUDIT_DETAIL_PATTERN.test(value)
    if (!isKnown || !isPlain) throw new RangeError(`${name} may not stand in the audit log so`)
  }
  return details
}
