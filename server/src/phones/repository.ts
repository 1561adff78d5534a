import type { PersonId } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/** Citizens' ordinary telephones: asked of the database every time, never remembered. */
export function makePhonesRepository(database: Database) {
  return {
    /** @returns nothing for those whose number nobody has written down */
    async load(citizenIds: readonly PersonId[]): Promise<Map<PersonId, string>> {
      if (citizenIds.length === 0) return new Map()
      const rows = await database
        .selectFrom('phones')
        .selectAll()
        .where('citizen_id', 'in', [...citizenIds])
        .execute()
      return new Map(rows.map((row) => [row.citizen_id, row.number]))
    },

    /** @returns whether it was another before */
    async save(citizenId: PersonId, number: string): Promise<boolean> {
      const saved = await database
        .insertInto('phones')
        .values({ citizen_id: citizenId, number })
        .onConflict((conflict) =>
          conflict
            .column('citizen_id')
            .doUpdateSet({ number })
            .where('phones.number', '<>', number),
        )
        .executeTakeFirst()
      return saved.numInsertedOrUpdatedRows === 1n
    },

    /** @returns whether there was one */
    async remove(citizenId: PersonId): Promise<boolean> {
      const removed = await database
        .deleteFrom('phones')
        .where('citizen_id', '=', citizenId)
        .executeTakeFirst()
      return removed.numDeletedRows === 1n
    },
  }
}
