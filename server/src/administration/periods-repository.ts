import type { Assignment, AssignmentId, PersonId, TeamId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

const COLUMNS = [
  'assignments.id',
  'worker_id as workerId',
  'citizen_id as citizenId',
  'kind',
  'from_at as fromAt',
  'to_at as toAt',
] as const

/** A period that began or ended. */
export interface Boundary {
  readonly assignment: Assignment
  readonly isEnd: boolean
}

export type PeriodsRepository = ReturnType<typeof makePeriodsRepository>

/** Assignments as periods, in SQL: made, moved, ended, and when the next one begins or ends. */
export function makePeriodsRepository(database: Database) {
  const selected = () => database.selectFrom('assignments').select(COLUMNS)
  return {
    async find(id: AssignmentId): Promise<Assignment | null> {
      return (await selected().where('id', '=', id).executeTakeFirst()) ?? null
    },

    /** Those of a team's citizens that last or are to come, in the order in which they begin. */
    loadOfTeam(teamId: TeamId, now: UnixMs): Promise<Assignment[]> {
      return selected()
        .innerJoin('team_members', 'person_id', 'citizen_id')
        .where('team_id', '=', teamId)
        .where((where) => where.or([where('to_at', 'is', null), where('to_at', '>', now)]))
        .orderBy('from_at')
        .limit(5_000)
        .execute()
    },

    /** Those of a citizen or a worker that are not over at `now`. */
    loadLeft(column: 'citizen_id' | 'worker_id', personId: PersonId, now: UnixMs) {
      return selected()
        .where(column, '=', personId)
        .where((where) => where.or([where('to_at', 'is', null), where('to_at', '>', now)]))
        .execute()
    },

    async add({ id, workerId, citizenId, kind, fromAt, toAt }: Assignment): Promise<void> {
      await database
        .insertInto('assignments')
        .values({
          id,
          worker_id: workerId,
          citizen_id: citizenId,
          kind,
          from_at: fromAt,
          to_at: toAt,
        })
        .execute()
    },

    /** Notes that the end stands in the audit log. @returns whether it was not noted before */
    async noteEndRecorded(id: AssignmentId): Promise<boolean> {
      const { numUpdatedRows } = await database
        .updateTable('assignments')
        .set({ is_end_recorded: 1 })
        .where('id', '=', id)
        .where('is_end_recorded', '=', 0)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    /** Those that are over and whose end nobody has written down, such as while the server was down. */
    loadUnrecordedEnds(now: UnixMs): Promise<Assignment[]> {
      return selected()
        .where('is_end_recorded', '=', 0)
        .where('to_at', '<=', now)
        .orderBy('to_at')
        .execute()
    },

    async setEnd(id: AssignmentId, toAt: UnixMs): Promise<void> {
      await database.updateTable('assignments').set({ to_at: toAt }).where('id', '=', id).execute()
    },

    /** For one that has never begun: there is nothing to remember. */
    async remove(id: AssignmentId): Promise<void> {
      await database.deleteFrom('assignments').where('id', '=', id).execute()
    },

    /** What has begun or ended after one instant and up to another. */
    async loadBoundaries(after: UnixMs, until: UnixMs): Promise<Boundary[]> {
      const within = async (column: 'from_at' | 'to_at') => {
        const rows = await selected().where(column, '>', after).where(column, '<=', until).execute()
        return rows.map((assignment) => ({ assignment, isEnd: column === 'to_at' }))
      }
      return [...(await within('from_at')), ...(await within('to_at'))]
    },

    async findNextBoundary(now: UnixMs): Promise<UnixMs | null> {
      const next = async (column: 'from_at' | 'to_at') => {
        const row = await database
          .selectFrom('assignments')
          .select((select) => select.fn.min(column).as('at'))
          .where(column, '>', now)
          .executeTakeFirst()
        return row?.at ?? null
      }
      const instants = [await next('from_at'), await next('to_at')].filter((at) => at !== null)
      return instants.length === 0 ? null : Math.min(...instants.map(Number))
    },
  }
}
