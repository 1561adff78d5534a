import type { Passkey, PersonId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'

export type PasskeysRepository = ReturnType<typeof makePasskeysRepository>

/** What is kept of a passkey: the public half, and how often it says it has signed. */
export interface StoredPasskey {
  readonly id: string
  readonly personId: PersonId
  readonly credentialId: string
  /** COSE_Key (RFC 9052 § 7) in base64url. */
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
}

/** Passkeys in SQL. */
export function makePasskeysRepository(database: Database) {
  return {
    async find(credentialId: string): Promise<StoredPasskey | null> {
      const row = await database
        .selectFrom('passkeys')
        .selectAll()
        .where('credential_id', '=', credentialId)
        .executeTakeFirst()
      if (row === undefined) return null
      return {
        id: row.id,
        personId: row.person_id,
        credentialId: row.credential_id,
        publicKey: row.public_key,
        counter: row.counter,
        transports: row.transports.split(',').filter((each) => each !== ''),
      }
    },

    /** The newest first. */
    async list(personId: PersonId): Promise<(Passkey & { credentialId: string })[]> {
      const rows = await database
        .selectFrom('passkeys')
        .select(['id', 'credential_id', 'created_at', 'last_used_at'])
        .where('person_id', '=', personId)
        .orderBy('id', 'desc')
        .execute()
      return rows.map((row) => ({
        id: row.id,
        credentialId: row.credential_id,
        createdAt: row.created_at,
        lastUsedAt: row.last_used_at,
      }))
    },

    /**
     * @param within - the transaction that this is part of
     * @returns the new one's id
     */
    async add(
      passkey: Omit<StoredPasskey, 'id'>,
      now: UnixMs,
      within: Database = database,
    ): Promise<string> {
      const id = newId<string>()
      await within
        .insertInto('passkeys')
        .values({
          id,
          person_id: passkey.personId,
          credential_id: passkey.credentialId,
          public_key: passkey.publicKey,
          counter: passkey.counter,
          transports: passkey.transports.join(','),
          created_at: now,
          last_used_at: null,
        })
        .execute()
      return id
    },

    /**
     * Notes a use. @returns false where the counter has been passed meanwhile: somebody else signs
     * with a copy (W3C WebAuthn Level 3 § 6.1.1); keys that do not count stay at 0
     */
    async noteUse(id: string, counter: number, now: UnixMs): Promise<boolean> {
      const { numUpdatedRows } = await database
        .updateTable('passkeys')
        .set({ counter, last_used_at: now })
        .where('id', '=', id)
        .where((where) =>
          counter === 0 ? where('counter', '=', 0) : where('counter', '<', counter),
        )
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    /**
     * @param mayBeLast - whether the person can do without any
     * @param then - done together with removing it, or neither
     * @returns what became of it
     */
    async remove(
      personId: PersonId,
      id: string,
      { mayBeLast, then }: { mayBeLast: boolean; then: (within: Database) => Promise<void> },
    ): Promise<'removed' | 'unknown' | 'last'> {
      return database.transaction().execute(async (transaction) => {
        // Deleting first takes the write lock, so that two removals do not both see another one.
        const own = await transaction
          .deleteFrom('passkeys')
          .where('person_id', '=', personId)
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst()
        if (own === undefined) return 'unknown'
        const other = await transaction
          .selectFrom('passkeys')
          .select('id')
          .where('person_id', '=', personId)
          .executeTakeFirst()
        if (other !== undefined || mayBeLast) {
          await then(transaction)
          return 'removed'
        }
        await transaction.insertInto('passkeys').values(own).execute()
        return 'last'
      })
    },
  }
}
