import type { PersonId } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/** Deletes everything by which a person could sign in, for accounts that are deleted. */
export async function forgetSignIn(within: Database, personId: PersonId): Promise<void> {
  for (const table of ['invitations', 'passkeys', 'passphrases'] as const) {
    await within.deleteFrom(table).where('person_id', '=', personId).execute()
  }
}
