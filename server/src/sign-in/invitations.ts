import {
  NaervaerError,
  type DurationMs,
  type Person,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import { hashToken, makeToken } from '../accounts/tokens.ts'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'
import type { Clock } from '../plugins/clock.ts'

/** Long enough to walk over with, too short to be found in a mailbox. */
export const INVITATION_LIFE_MS: DurationMs = 15 * 60_000

/** Where the page of invitations is; the secret stands behind the `#`, which no server is ever told. */
const INVITATION_PATH = '/invitation'

export interface Invitation {
  readonly id: string
  readonly person: Person
  readonly expiresAt: UnixMs
}

export interface InvitationsOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  /** The one origin that users see. */
  readonly publicUrl: string
}

/**
 * One-time links by which a member of staff makes a passkey or a passphrase: for the command line and
 * for administrators. Only the hash of a link's secret is kept, and a new link ends the one before.
 */
export class Invitations {
  readonly #database: Database
  readonly #clock: Pick<Clock, 'now'>
  readonly #publicUrl: string

  constructor({ database, clock, publicUrl }: InvitationsOptions) {
    this.#database = database
    this.#clock = clock
    this.#publicUrl = publicUrl
  }

  /**
   * Makes a link for a member of staff.
   *
   * @param then - done together with making it, or neither: the line in the audit log
   * @throws PERSON_NOT_FOUND for citizens, closed accounts and people there are not
   */
  async create(
    personId: PersonId,
    then?: (transaction: Database) => Promise<void>,
  ): Promise<{ url: string; expiresAt: UnixMs }> {
    const now = this.#clock.now()
    if ((await findStaff(this.#database, personId)) === null) {
      throw new NaervaerError('PERSON_NOT_FOUND')
    }
    const secret = makeToken()
    const expiresAt = now + INVITATION_LIFE_MS
    await this.#database.transaction().execute(async (transaction) => {
      await transaction
        .deleteFrom('invitations')
        .where((where) =>
          where.or([where('person_id', '=', personId), where('expires_at', '<=', now)]),
        )
        .execute()
      await transaction
        .insertInto('invitations')
        .values({
          id: newId<string>(),
          person_id: personId,
          secret_hash: hashToken(secret),
          created_at: now,
          expires_at: expiresAt,
          used_at: null,
        })
        .execute()
      await then?.(transaction)
    })
    return { url: `${this.#publicUrl}${INVITATION_PATH}#${secret}`, expiresAt }
  }

  /** @throws INVITATION_INVALID for a secret that is unknown, used or too old; it does not tell which */
  async open(secret: string): Promise<Invitation> {
    const row = await this.#database
      .selectFrom('invitations')
      .select(['id', 'person_id', 'expires_at'])
      .where('secret_hash', '=', hashToken(secret))
      .where('used_at', 'is', null)
      .where('expires_at', '>', this.#clock.now())
      .executeTakeFirst()
    const person = row === undefined ? null : await findStaff(this.#database, row.person_id)
    if (row === undefined || person === null) throw new NaervaerError('INVITATION_INVALID')
    return { id: row.id, person, expiresAt: row.expires_at }
  }

  /** Ends every link that has not been used. @returns how many there were */
  async closeAll(): Promise<number> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('invitations')
      .where('used_at', 'is', null)
      .executeTakeFirst()
    return Number(numDeletedRows)
  }

  /**
   * Uses an invitation up, together with what it is used for: both happen or neither.
   *
   * @throws INVITATION_INVALID where somebody was faster
   */
  async use(invitation: Invitation, then: (transaction: Database) => Promise<void>): Promise<void> {
    const now = this.#clock.now()
    await this.#database.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('invitations')
        .set({ used_at: now })
        .where('id', '=', invitation.id)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      if (numUpdatedRows !== 1n) throw new NaervaerError('INVITATION_INVALID')
      await then(transaction)
    })
  }
}

/** Somebody with a role of staff at this moment, in an account that is open; otherwise null. */
export async function findStaff(database: Database, personId: PersonId): Promise<Person | null> {
  const row = await database
    .selectFrom('people')
    .innerJoin('person_roles', 'person_roles.person_id', 'people.id')
    .select(['people.id', 'name'])
    .where('people.id', '=', personId)
    .where('role', '!=', 'citizen')
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}
