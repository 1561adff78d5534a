import type { PersonId } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/** Whose address is protected: asked of the database every time, never remembered. */
export function makeProtectionRepository(database: Database) {
  return {
    /** @returns those of `citizenIds` whose address is protected */
    async filterProtected(citizenIds: readonly PersonId[]): Promise<Set<PersonId>> {
      if (citizenIds.length === 0) return new Set()
      const rows = await database
        .selectFrom('protected_addresses')
        .select('citizen_id')
        .where('citizen_id', 'in', [...citizenIds])
        .execute()
      return new Set(rows.map((row) => row.citizen_id))
    },

    /** @returns whether it was not so before */
    async add(citizenId: PersonId): Promise<boolean> {
      const added = await database
        .insertInto('protected_addresses')
        .values({ citizen_id: citizenId })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return added.numInsertedOrUpdatedRows === 1n
    },

    /** @returns whether it was so before */
    async remove(citizenId: PersonId): Promise<boolean> {
      const removed = await database
        .deleteFrom('protected_addresses')
        .where('citizen_id', '=', citizenId)
        .executeTakeFirst()
      return removed.numDeletedRows === 1n
    },
  }
}
