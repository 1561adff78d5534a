import type { PersonId, QuietHours } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/** When citizens do not want to be rung: asked of the database every time, never remembered. */
export function makeQuietRepository(database: Database) {
  return {
    /** @returns nothing for those who have said nothing of it */
    async load(citizenIds: readonly PersonId[]): Promise<Map<PersonId, QuietHours>> {
      if (citizenIds.length === 0) return new Map()
      const rows = await database
        .selectFrom('quiet_hours')
        .selectAll()
        .where('citizen_id', 'in', [...citizenIds])
        .execute()
      return new Map(
        rows.map((row) => [row.citizen_id, { from: row.from_minute, to: row.to_minute }]),
      )
    },

    /** @returns whether they were others before */
    async save(citizenId: PersonId, { from, to }: QuietHours): Promise<boolean> {
      const hours = { from_minute: from, to_minute: to }
      const saved = await database
        .insertInto('quiet_hours')
        .values({ citizen_id: citizenId, ...hours })
        .onConflict((conflict) =>
          conflict
            .column('citizen_id')
            .doUpdateSet(hours)
            .where((row) =>
              row.or([
                row('quiet_hours.from_minute', '<>', from),
                row('quiet_hours.to_minute', '<>', to),
              ]),
            ),
        )
        .executeTakeFirst()
      return saved.numInsertedOrUpdatedRows === 1n
    },

    /** @returns whether there were any */
    async remove(citizenId: PersonId): Promise<boolean> {
      const removed = await database
        .deleteFrom('quiet_hours')
        .where('citizen_id', '=', citizenId)
        .executeTakeFirst()
      return removed.numDeletedRows === 1n
    },
  }
}
