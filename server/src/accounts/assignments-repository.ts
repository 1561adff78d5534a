import {
  NaervaerError,
  type AssignmentKind,
  type Person,
  type PersonId,
  type StandsIn,
  type UnixMs,
} from '@naervaer/shared'
import { toAway, type Away } from '@naervaer/shared/appointments'
import { addDays, wallTimeAt, type Day } from '@naervaer/shared/wall'
import type { Database } from '../database/open.ts'
import { groupBy } from '../group-by.ts'

export type Assignments = ReturnType<typeof makeAssignments>

/** A worker's citizen, and as what the worker has them. */
export interface OwnCitizen extends Person {
  readonly kind: AssignmentKind
}

/** That somebody is a citizen's worker, from and perhaps to a moment. */
export interface AssignmentPeriod {
  readonly worker: Person
  readonly kind: AssignmentKind
  readonly fromAt: UnixMs
  readonly toAt: UnixMs | null
  readonly away: readonly Away[]
}

/** Who is whose, at a moment: asked of the database every time, never remembered. */
export function makeAssignments(database: Database) {
  const assignedAt = (now: UnixMs, within = database) =>
    within
      .selectFrom('assignments')
      .where('from_at', '<=', now)
      .where((where) => where.or([where('to_at', 'is', null), where('to_at', '>', now)]))
  return {
    /** @param within - the transaction that writes what depends on it */
    async isAssigned(
      workerId: PersonId,
      citizenId: PersonId,
      now: UnixMs,
      within?: Database,
    ): Promise<boolean> {
      const row = await assignedAt(now, within)
        .select('id')
        .where('worker_id', '=', workerId)
        .where('citizen_id', '=', citizenId)
        .executeTakeFirst()
      return row !== undefined
    },

    /**
     * For what the citizen's own worker does, and a substitute does not.
     *
     * @throws NaervaerError PERSON_NOT_FOUND for everybody else's, whether they exist or not,
     *   SUBSTITUTE_REFUSED
     */
    async requirePrimary(workerId: PersonId, citizenId: PersonId, now: UnixMs): Promise<void> {
      const rows = await assignedAt(now)
        .select('kind')
        .where('worker_id', '=', workerId)
        .where('citizen_id', '=', citizenId)
        .execute()
      if (rows.length === 0) throw new NaervaerError('PERSON_NOT_FOUND')
      if (!rows.some(({ kind }) => kind === 'primary')) {
        throw new NaervaerError('SUBSTITUTE_REFUSED')
      }
    },

    /** The citizen's own worker of this moment, where somebody else is not it but stands in; null otherwise. */
    async findStoodInFor(
      workerId: PersonId,
      citizenId: PersonId,
      now: UnixMs,
    ): Promise<Person | null> {
      const own = await assignedAt(now)
        .innerJoin('people', 'people.id', 'worker_id')
        .select(['people.id', 'name'])
        .where('citizen_id', '=', citizenId)
        .where('kind', '=', 'primary')
        .execute()
      return own.some(({ id }) => id === workerId) ? null : (own[0] ?? null)
    },

    /** By name. Somebody assigned twice, as primary and substitute, is there once, as primary. */
    async loadCitizensOf(workerId: PersonId, now: UnixMs): Promise<OwnCitizen[]> {
      const rows = await assignedAt(now)
        .innerJoin('people', 'people.id', 'citizen_id')
        // Of the two, "primary" comes first in the alphabet.
        .select((select) => ['people.id', 'name', select.fn.min('kind').as('kind')])
        .groupBy(['people.id', 'name'])
        .where('worker_id', '=', workerId)
        .orderBy('name')
        .limit(500)
        .execute()
      return rows
    },

    /** Who is whose from a moment on, also later: by citizen. @param within - see `isAssigned` */
    async loadPeriodsOf(
      citizenIds: readonly PersonId[],
      from: UnixMs,
      within = database,
    ): Promise<Map<PersonId, AssignmentPeriod[]>> {
      if (citizenIds.length === 0) return new Map()
      const rows = await within
        .selectFrom('assignments')
        .innerJoin('people', 'people.id', 'worker_id')
        .select(['citizen_id', 'people.id', 'name', 'kind', 'from_at', 'to_at'])
        .where('citizen_id', 'in', [...citizenIds])
        .where((where) => where.or([where('to_at', 'is', null), where('to_at', '>', from)]))
        .orderBy('from_at')
        .execute()
      const away = await loadAbsences(within, [...new Set(rows.map(({ id }) => id))], from)
      const periods = rows.map(({ citizen_id, id, name, kind, from_at, to_at }) => ({
        citizenId: citizen_id,
        ...{ worker: { id, name }, kind, fromAt: from_at, toAt: to_at },
        away: (away.get(id) ?? []).map(toAway),
      }))
      return groupBy(periods, ({ citizenId }) => citizenId)
    },

    /** For whom the worker stands in with each of these at this moment, and until when. */
    async loadStandsIn(
      workerId: PersonId,
      citizenIds: readonly PersonId[],
      now: UnixMs,
    ): Promise<Map<PersonId, StandsIn>> {
      const periods = await this.loadPeriodsOf(citizenIds, now)
      return new Map(
        [...periods].flatMap(([citizenId, all]) => {
          const lasting = all.filter(({ fromAt }) => fromAt <= now)
          const own = lasting.find(({ kind }) => kind === 'primary')
          const ends = lasting
            .filter(({ worker }) => worker.id === workerId)
            .map(({ toAt }) => toAt)
          // It has ended since it was asked whose citizens these are.
          if (ends.length === 0) return []
          const until = ends.reduce((a, b) => (a === null || b === null ? null : Math.max(a, b)))
          return [[citizenId, { insteadOf: own?.worker ?? null, until }] as const]
        }),
      )
    },

    /** Whose citizens are the worker's from a moment on, also later. */
    async loadCitizenIdsFrom(workerId: PersonId, from: UnixMs): Promise<PersonId[]> {
      const rows = await database
        .selectFrom('assignments')
        .select('citizen_id')
        .distinct()
        .where('worker_id', '=', workerId)
        .where((where) => where.or([where('to_at', 'is', null), where('to_at', '>', from)]))
        .limit(500)
        .execute()
      return rows.map((row) => row.citizen_id)
    },

    /** Those of the citizen's workers who are not at work today, and up to which day. */
    async loadAway(citizenId: PersonId, now: UnixMs): Promise<{ worker: Person; lastDay: Day }[]> {
      const { day } = wallTimeAt(now)
      const workers = await this.loadWorkersOf(citizenId, now)
      const ids = workers.map(({ id }) => id)
      const absences = await loadAbsences(database, ids, now)
      return workers.flatMap((worker) => {
        const lastDay = findLastDay(absences.get(worker.id) ?? [], day)
        return lastDay === null ? [] : [{ worker, lastDay }]
      })
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

/** Of absences, the earliest first: up to which day one is away that lasts on this day, also where two follow each other. */
function findLastDay(absences: readonly AbsentDays[], day: Day): Day | null {
  let last: Day | null = null
  for (const { firstDay, lastDay } of absences) {
    const goesOn = last === null ? firstDay <= day && lastDay >= day : firstDay === addDays(last, 1)
    if (goesOn) last = lastDay
  }
  return last
}

/** Days on which a worker is not at work; the last one too. */
interface AbsentDays {
  readonly firstDay: Day
  readonly lastDay: Day
}

/** When these workers are not at work, from a moment on: by worker, the earliest first. */
async function loadAbsences(
  within: Database,
  workerIds: readonly PersonId[],
  from: UnixMs,
): Promise<Map<PersonId, AbsentDays[]>> {
  if (workerIds.length === 0) return new Map()
  const rows = await within
    .selectFrom('absences')
    .select(['worker_id as workerId', 'first_day as firstDay', 'last_day as lastDay'])
    .where('worker_id', 'in', [...workerIds])
    .where('last_day', '>=', wallTimeAt(from).day)
    .orderBy('first_day')
    .execute()
  return groupBy(rows, ({ workerId }) => workerId)
}
