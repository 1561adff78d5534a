import type { PersonId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

export type HomeRepository = ReturnType<typeof makeHomeRepository>

/** A citizen's wish to be rung, as its row has it. */
export interface StoredCallback {
  readonly askedAt: UnixMs
  readonly seenAt: UnixMs | null
  readonly waitsFor: PersonId | null
}

/** Who is ready, and who would like to be rung: a row for each, gone when it is over. */
export function makeHomeRepository(database: Database) {
  return {
    async saveReady(citizenId: PersonId, until: UnixMs): Promise<void> {
      await database
        .insertInto('readiness')
        .values({ citizen_id: citizenId, until_at: until })
        .onConflict((conflict) => conflict.column('citizen_id').doUpdateSet({ until_at: until }))
        .execute()
    },

    async removeReady(citizenId: PersonId): Promise<void> {
      await database.deleteFrom('readiness').where('citizen_id', '=', citizenId).execute()
    },

    loadReady(): Promise<{ citizen_id: PersonId; until_at: UnixMs }[]> {
      return database.selectFrom('readiness').selectAll().execute()
    },

    /** It takes the place of one for one worker. @returns whether there was none for anybody before */
    async addCallback(citizenId: PersonId, now: UnixMs): Promise<boolean> {
      const wish = { asked_at: now, seen_at: null, waits_for: null }
      const added = await database
        .insertInto('callbacks')
        .values({ citizen_id: citizenId, ...wish })
        .onConflict((conflict) =>
          conflict
            .column('citizen_id')
            .doUpdateSet(wish)
            .where('callbacks.waits_for', 'is not', null),
        )
        .executeTakeFirst()
      return added.numInsertedOrUpdatedRows === 1n
    },

    /** A wish for one worker takes the place of any other, and nobody has seen it yet. */
    async setAwaited(citizenId: PersonId, workerId: PersonId, now: UnixMs): Promise<void> {
      const wish = { asked_at: now, seen_at: null, waits_for: workerId }
      await database
        .insertInto('callbacks')
        .values({ citizen_id: citizenId, ...wish })
        .onConflict((conflict) => conflict.column('citizen_id').doUpdateSet(wish))
        .execute()
    },

    /** @returns whether there was one that a ring of this worker fulfils */
    async fulfilCallback(citizenId: PersonId, workerId: PersonId): Promise<boolean> {
      const removed = await database
        .deleteFrom('callbacks')
        .where('citizen_id', '=', citizenId)
        .where((where) =>
          where.or([where('waits_for', 'is', null), where('waits_for', '=', workerId)]),
        )
        .executeTakeFirst()
      return removed.numDeletedRows === 1n
    },

    /** @returns whether it was not seen before */
    async seeCallback(citizenId: PersonId, now: UnixMs): Promise<boolean> {
      const seen = await database
        .updateTable('callbacks')
        .set({ seen_at: now })
        .where('citizen_id', '=', citizenId)
        .where('seen_at', 'is', null)
        .executeTakeFirst()
      return seen.numUpdatedRows === 1n
    },

    /** @returns whether there was one */
    async removeCallback(citizenId: PersonId): Promise<boolean> {
      const removed = await database
        .deleteFrom('callbacks')
        .where('citizen_id', '=', citizenId)
        .executeTakeFirst()
      return removed.numDeletedRows === 1n
    },

    /** @returns whether there was one that was asked then */
    async removeCallbackOf(citizenId: PersonId, askedAt: UnixMs): Promise<boolean> {
      const removed = await database
        .deleteFrom('callbacks')
        .where('citizen_id', '=', citizenId)
        .where('asked_at', '=', askedAt)
        .executeTakeFirst()
      return removed.numDeletedRows === 1n
    },

    /** Whose are as old as that. */
    async listOldCallbacks(askedBefore: UnixMs): Promise<PersonId[]> {
      const rows = await database
        .selectFrom('callbacks')
        .select('citizen_id')
        .where('asked_at', '<=', askedBefore)
        .execute()
      return rows.map((row) => row.citizen_id)
    },

    /** Also those that have run out. */
    async loadCallbacks(citizenIds: readonly PersonId[]): Promise<Map<PersonId, StoredCallback>> {
      if (citizenIds.length === 0) return new Map()
      const rows = await database
        .selectFrom('callbacks')
        .selectAll()
        .where('citizen_id', 'in', [...citizenIds])
        .execute()
      return new Map(
        rows.map((row) => [
          row.citizen_id,
          { askedAt: row.asked_at, seenAt: row.seen_at, waitsFor: row.waits_for },
        ]),
      )
    },
  }
}
