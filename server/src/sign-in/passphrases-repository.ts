import type { PersonId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

export type PassphrasesRepository = ReturnType<typeof makePassphrasesRepository>

export interface StoredPassphrase {
  readonly personId: PersonId
  readonly signInName: string
  /** argon2id in the PHC string format. */
  readonly hash: string
  /** Sealed; see `app.secrets`. */
  readonly totpSeed: string
}

/** Passphrases and their TOTP seeds in SQL. */
export function makePassphrasesRepository(database: Database) {
  const select = () =>
    database
      .selectFrom('passphrases')
      .select(['person_id as personId', 'sign_in_name as signInName', 'hash'])
      .select('totp_seed as totpSeed')
  return {
    async findByName(signInName: string): Promise<StoredPassphrase | null> {
      const row = await select().where('sign_in_name', '=', signInName).executeTakeFirst()
      return row ?? null
    },

    async findByPerson(personId: PersonId): Promise<StoredPassphrase | null> {
      const row = await select().where('person_id', '=', personId).executeTakeFirst()
      return row ?? null
    },

    /** Adds one, or takes the place of the person's former one. */
    async save(
      passphrase: StoredPassphrase,
      lastStep: number,
      now: UnixMs,
      within: Database,
    ): Promise<void> {
      const values = {
        sign_in_name: passphrase.signInName,
        hash: passphrase.hash,
        totp_seed: passphrase.totpSeed,
        totp_last_step: lastStep,
        created_at: now,
      }
      await within
        .insertInto('passphrases')
        .values({ person_id: passphrase.personId, ...values })
        .onConflict((conflict) => conflict.column('person_id').doUpdateSet(values))
        .execute()
    },

    /** Burns a step of TOTP and those before it. @returns false where that has been done already */
    async useStep(personId: PersonId, step: number): Promise<boolean> {
      const { numUpdatedRows } = await database
        .updateTable('passphrases')
        .set({ totp_last_step: step })
        .where('person_id', '=', personId)
        .where('totp_last_step', '<', step)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
  }
}
