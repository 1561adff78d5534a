import type { PersonId, Travel } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/** The way to each citizen of whom it has been said. */
export function makeTravelRepository(database: Database) {
  return {
    async load(citizenIds: readonly PersonId[]): Promise<Map<PersonId, Travel>> {
      if (citizenIds.length === 0) return new Map()
      const rows = await database
        .selectFrom('travel_profiles')
        .selectAll()
        .where('citizen_id', 'in', [...citizenIds])
        .execute()
      return new Map(rows.map(({ citizen_id, minutes, km }) => [citizen_id, { minutes, km }]))
    },

    async save(citizenId: PersonId, { minutes, km }: Travel): Promise<void> {
      await database
        .insertInto('travel_profiles')
        .values({ citizen_id: citizenId, minutes, km })
        .onConflict((conflict) => conflict.column('citizen_id').doUpdateSet({ minutes, km }))
        .execute()
    },

    async remove(citizenId: PersonId): Promise<void> {
      await database.deleteFrom('travel_profiles').where('citizen_id', '=', citizenId).execute()
    },
  }
}
