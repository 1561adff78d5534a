import type { PersonId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { Tables } from '../database/schema.ts'

export type FeedRow = Tables['calendar_feeds']

/** One private address for each worker who wants one, of which only the hash is kept. */
export function makeFeedRepository(database: Database) {
  return {
    async find(workerId: PersonId): Promise<FeedRow | null> {
      const row = await database
        .selectFrom('calendar_feeds')
        .selectAll()
        .where('worker_id', '=', workerId)
        .executeTakeFirst()
      return row ?? null
    },

    async findByToken(tokenHash: string): Promise<FeedRow | null> {
      const row = await database
        .selectFrom('calendar_feeds')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return row ?? null
    },

    async listWorkers(): Promise<PersonId[]> {
      const rows = await database.selectFrom('calendar_feeds').select('worker_id').execute()
      return rows.map(({ worker_id }) => worker_id)
    },

    /** A new address; the one before opens nothing any more. */
    async save(workerId: PersonId, tokenHash: string, now: UnixMs): Promise<void> {
      const values = { token_hash: tokenHash, created_at: now, digest: null, changed_at: now }
      await database
        .insertInto('calendar_feeds')
        .values({ worker_id: workerId, ...values })
        .onConflict((conflict) => conflict.column('worker_id').doUpdateSet(values))
        .execute()
    },

    /** What was read is another than before. */
    async saveDigest(tokenHash: string, digest: string, now: UnixMs): Promise<void> {
      await database
        .updateTable('calendar_feeds')
        .set({ digest, changed_at: now })
        .where('token_hash', '=', tokenHash)
        .execute()
    },

    /** @returns whether there was one */
    async remove(workerId: PersonId): Promise<boolean> {
      const { numDeletedRows } = await database
        .deleteFrom('calendar_feeds')
        .where('worker_id', '=', workerId)
        .executeTakeFirst()
      return numDeletedRows === 1n
    },
  }
}
