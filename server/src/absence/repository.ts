import type { AbsenceId, PersonId, UnixMs } from '@naervaer/shared'
import type { Day } from '@naervaer/shared/wall'
import type { Database } from '../database/open.ts'

/** Some days on which a worker is not at work; the last one too. */
export interface StoredAbsence {
  readonly id: AbsenceId
  readonly workerId: PersonId
  readonly firstDay: Day
  readonly lastDay: Day
}

export type AbsencesRepository = ReturnType<typeof makeAbsencesRepository>

/** When workers are not at work, in SQL. */
export function makeAbsencesRepository(database: Database) {
  const rows = () =>
    database
      .selectFrom('absences')
      .select(['id', 'worker_id as workerId', 'first_day as firstDay', 'last_day as lastDay'])
      .orderBy('first_day')
  const selectWaitedFor = () =>
    database
      .selectFrom('callbacks')
      .select('waits_for')
      .where('waits_for', 'is not', null)
      .$narrowType<{ waits_for: PersonId }>()
  return {
    async add(absence: StoredAbsence, now: UnixMs): Promise<void> {
      const { id, workerId, firstDay, lastDay } = absence
      await database
        .insertInto('absences')
        .values({
          ...{ id, worker_id: workerId, first_day: firstDay, last_day: lastDay },
          created_at: now,
        })
        .execute()
    },

    async setDays({ id, firstDay, lastDay }: StoredAbsence): Promise<void> {
      await database
        .updateTable('absences')
        .set({ first_day: firstDay, last_day: lastDay })
        .where('id', '=', id)
        .execute()
    },

    async remove(id: AbsenceId): Promise<void> {
      await database.deleteFrom('absences').where('id', '=', id).execute()
    },

    /** @param waited - up to when those are kept for whom a citizen waits */
    async removeBefore(day: Day, waited: Day): Promise<void> {
      await database
        .deleteFrom('absences')
        .where('last_day', '<', day)
        .where((where) =>
          where.or([
            where('last_day', '<', waited),
            where('worker_id', 'not in', selectWaitedFor()),
          ]),
        )
        .execute()
    },

    /** Whether a citizen waits to be rung by this worker. */
    async isWaitedFor(workerId: PersonId): Promise<boolean> {
      const row = await selectWaitedFor().where('waits_for', '=', workerId).executeTakeFirst()
      return row !== undefined
    },

    async find(id: AbsenceId): Promise<StoredAbsence | null> {
      return (await rows().where('id', '=', id).executeTakeFirst()) ?? null
    },

    /** A worker's own that are not over on this day, the earliest first. */
    loadOf(workerId: PersonId, day: Day): Promise<StoredAbsence[]> {
      return rows().where('worker_id', '=', workerId).where('last_day', '>=', day).execute()
    },

    /** All that begin or end on a day from this one on: whose pages change next. */
    loadAll(from: Day): Promise<StoredAbsence[]> {
      return rows().where('last_day', '>=', from).execute()
    },
  }
}
