import type { CallId, OwnTalk, PersonId, Replaced, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

export type TalksRepository = ReturnType<typeof makeTalksRepository>

/** Whose talks are asked for, and how far back. */
interface TalksQuery {
  readonly citizenIds: readonly PersonId[]
  readonly since: UnixMs
  readonly atMost: number
}

/** A talk as its row has it. */
type StoredTalk = Omit<OwnTalk, 'citizen' | 'insteadOf'> & {
  readonly citizenId: PersonId
  readonly onBehalfOf: PersonId | null
}

/** One that somebody else has had, as its row has it. */
interface StoredCoveredTalk extends Pick<OwnTalk, 'id' | 'connectedAt'> {
  readonly citizenId: PersonId
  readonly workerId: PersonId
}

/** What the rows of calls say once they have been connected. */
export function makeTalksRepository(database: Database) {
  return {
    async find(id: CallId): Promise<{ workerId: PersonId; connectedAt: UnixMs | null } | null> {
      const row = await database
        .selectFrom('calls')
        .select(['worker_id as workerId', 'connected_at as connectedAt'])
        .where('id', '=', id)
        .executeTakeFirst()
      return row ?? null
    },

    async saveReplaced(id: CallId, replaced: Replaced): Promise<void> {
      await database.updateTable('calls').set({ replaced }).where('id', '=', id).execute()
    },

    /** The newest first. */
    async loadLatest(
      workerId: PersonId,
      { citizenIds, since, atMost }: TalksQuery,
    ): Promise<StoredTalk[]> {
      if (citizenIds.length === 0) return []
      const rows = await database
        .selectFrom('calls')
        .select(['id', 'citizen_id', 'connected_at', 'ended_at', 'replaced', 'on_behalf_of'])
        .where('worker_id', '=', workerId)
        .where('citizen_id', 'in', [...citizenIds])
        .where('connected_at', 'is not', null)
        .where('ended_at', '>', since)
        .orderBy('ended_at', 'desc')
        .limit(atMost)
        .execute()
      return rows.flatMap(({ id, citizen_id, connected_at, ended_at, ...row }) => {
        if (connected_at === null || ended_at === null) return []
        const times = { connectedAt: connected_at, endedAt: ended_at }
        const said = { replaced: row.replaced, onBehalfOf: row.on_behalf_of }
        return [{ id, citizenId: citizen_id, ...times, ...said }]
      })
    },

    /** Those that others have had in the place of `ownId`, the newest first. */
    async loadCovered(
      ownId: PersonId,
      { citizenIds, since, atMost }: TalksQuery,
    ): Promise<StoredCoveredTalk[]> {
      if (citizenIds.length === 0) return []
      const rows = await database
        .selectFrom('calls')
        .select(['id', 'citizen_id', 'worker_id', 'connected_at'])
        .where('on_behalf_of', '=', ownId)
        .where('citizen_id', 'in', [...citizenIds])
        .where('connected_at', 'is not', null)
        .where('ended_at', '>', since)
        .orderBy('ended_at', 'desc')
        .limit(atMost)
        .execute()
      return rows.flatMap(({ id, citizen_id, worker_id, connected_at }) =>
        connected_at === null
          ? []
          : [{ id, citizenId: citizen_id, workerId: worker_id, connectedAt: connected_at }],
      )
    },

    async hasTalked(workerId: PersonId, citizenId: PersonId, since: UnixMs): Promise<boolean> {
      const row = await database
        .selectFrom('calls')
        .select('id')
        .where('worker_id', '=', workerId)
        .where('citizen_id', '=', citizenId)
        .where('connected_at', '>=', since)
        .where('state', '=', 'ended')
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
  }
}
