import type { PersonId, PickUp, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

export type PickUpsRepository = ReturnType<typeof makePickUpsRepository>

/** A line that waits for the next talk of two people. */
export interface StoredPickUp {
  readonly workerId: PersonId
  readonly citizenId: PersonId
  readonly line: PickUp
  readonly agreedAt: UnixMs
}

/** What two have agreed to take up: a row for each pair that has, gone with the talk that took it up. */
export function makePickUpsRepository(database: Database) {
  const ofPair = (workerId: PersonId, citizenId: PersonId) =>
    database
      .deleteFrom('pick_ups')
      .where('worker_id', '=', workerId)
      .where('citizen_id', '=', citizenId)
  return {
    /** The last word counts. */
    async save({ workerId, citizenId, line, agreedAt }: StoredPickUp): Promise<void> {
      await database
        .insertInto('pick_ups')
        .values({ worker_id: workerId, citizen_id: citizenId, line, agreed_at: agreedAt })
        .onConflict((conflict) =>
          conflict.columns(['worker_id', 'citizen_id']).doUpdateSet({ line, agreed_at: agreedAt }),
        )
        .execute()
    },

    async remove(workerId: PersonId, citizenId: PersonId): Promise<void> {
      await ofPair(workerId, citizenId).execute()
    },

    /** Of what was agreed until then: a line for the talk after this one stays. */
    async removeAgreedBy(workerId: PersonId, citizenId: PersonId, until: UnixMs): Promise<void> {
      await ofPair(workerId, citizenId).where('agreed_at', '<=', until).execute()
    },

    async removeAllOf(citizenId: PersonId): Promise<void> {
      await database.deleteFrom('pick_ups').where('citizen_id', '=', citizenId).execute()
    },

    async removeOld(agreedBefore: UnixMs): Promise<void> {
      await database.deleteFrom('pick_ups').where('agreed_at', '<=', agreedBefore).execute()
    },

    async find(workerId: PersonId, citizenId: PersonId): Promise<StoredPickUp | null> {
      const row = await database
        .selectFrom('pick_ups')
        .selectAll()
        .where('worker_id', '=', workerId)
        .where('citizen_id', '=', citizenId)
        .executeTakeFirst()
      return row === undefined ? null : toPickUp(row)
    },

    async loadAll(): Promise<StoredPickUp[]> {
      return (await database.selectFrom('pick_ups').selectAll().execute()).map(toPickUp)
    },
  }
}

interface PickUpRow {
  readonly worker_id: PersonId
  readonly citizen_id: PersonId
  readonly line: PickUp
  readonly agreed_at: UnixMs
}

function toPickUp({ worker_id, citizen_id, line, agreed_at }: PickUpRow): StoredPickUp {
  return { workerId: worker_id, citizenId: citizen_id, line, agreedAt: agreed_at }
}
