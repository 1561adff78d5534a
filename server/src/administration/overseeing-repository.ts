import type { AuditAction, AuditLine, AuditQuery, Person, PersonId } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/** How much is read at a time. */
export const PAGE_SIZE = 100

/** What authority and auditor read, in SQL. */
export function makeOverseeingRepository(database: Database) {
  const citizens = () =>
    database
      .selectFrom('people')
      .innerJoin('person_roles', 'person_id', 'people.id')
      .select(['people.id', 'name'])
      .where('role', '=', 'citizen')
  return {
    async findCitizen(id: PersonId): Promise<Person | null> {
      return (await citizens().where('people.id', '=', id).executeTakeFirst()) ?? null
    },

    /**
     * By name.
     *
     * @param after - the last one of the page before; null for the first page
     * @returns one more than a page, where there is one
     */
    loadCitizens(after: Person | null): Promise<Person[]> {
      const query = citizens()
        .orderBy('name')
        .orderBy('people.id')
        .limit(PAGE_SIZE + 1)
      if (after === null) return query.execute()
      return query
        .where((where) =>
          where.or([
            where('name', '>', after.name),
            where.and([where('name', '=', after.name), where('people.id', '>', after.id)]),
          ]),
        )
        .execute()
    },

    /** The newest lines of the audit log that fit. */
    async loadAuditLines({ before, action, from, to }: AuditQuery): Promise<AuditLine[]> {
      let query = database.selectFrom('audit_events').selectAll()
      if (before !== undefined) query = query.where('seq', '<', before)
      if (action !== undefined) query = query.where('action', '=', action)
      if (from !== undefined) query = query.where('at', '>=', from)
      if (to !== undefined) query = query.where('at', '<', to)
      const rows = await query.orderBy('seq', 'desc').limit(PAGE_SIZE).execute()
      return rows.map((row) => ({
        seq: row.seq,
        at: row.at,
        // Only actions of the table are ever written.
        action: row.action as AuditAction,
        actorKind: row.actor_kind,
        actorId: row.actor_id,
        actorRole: row.actor_role,
        subjectId: row.subject_id,
        details: row.details,
      }))
    },
  }
}
