import type { Person, PersonId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

export type Assignments = ReturnType<typeof makeAssignments>

/** Who is whose, at a moment: asked of the database every time, never remembered. */
export function makeAssignments(database: Database) {
  const assignedAt = (now: UnixMs) =>
    database
      .selectFrom('assignments')
      .where('from_at', '<=', now)
      .where((where) => where.or([where('to_at', 'is', null), where('to_at', '>', now)]))
  return {
    async isAssigned(workerId: PersonId, citizenId: PersonId, now: UnixMs): Promise<boolean> {
      const row = await assignedAt(now)
        .select('id')
        .where('worker_id', '=', workerId)
        .where('citizen_id', '=', citizenId)
        .executeTakeFirst()
      return row !== undefined
    },

    /** By name. Somebody assigned twice, as primary and substitute, is there once. */
    async loadCitizensOf(workerId: PersonId, now: UnixMs): Promise<Person[]> {
      return assignedAt(now)
        .innerJoin('people', 'people.id', 'citizen_id')
        .select(['people.id', 'name'])
        .distinct()
        .where('worker_id', '=', workerId)
        .orderBy('name')
        .limit(500)
        .execute()
    },

    async loadWorkersOf(citizenId: PersonId, now: UnixMs): Promise<Person[]> {
      return assignedAt(now)
        .innerJoin('people', 'people.id', 'worker_id')
        .select(['people.id', 'name'])
        .distinct()
        .where('citizen_id', '=', citizenId)
        .orderBy('name')
        .limit(50)
        .execute()
    },
  }
}
