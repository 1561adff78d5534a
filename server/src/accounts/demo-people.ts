import {
  ROLES,
  type AssignmentId,
  type DemoPeopleReply,
  type PersonId,
  type Role,
  type TeamId,
  type UnixMs,
} from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import { giveRoles } from './give-roles.ts'

interface DemoPerson {
  readonly id: PersonId
  readonly name: string
  readonly role: Role
}

/** Ids that stay the same, so that a restarted demo finds its people again. */
const demoId = (number: number) =>
  `01900000-0000-7000-8000-${String(number).padStart(12, '0')}` as PersonId

const METTE: DemoPerson = { id: demoId(1), name: 'Mette Holm', role: 'worker' }
const OLE: DemoPerson = { id: demoId(2), name: 'Ole Krogh', role: 'worker' }
const ANNA: DemoPerson = { id: demoId(3), name: 'Anna', role: 'citizen' }
const JENS: DemoPerson = { id: demoId(4), name: 'Jens', role: 'citizen' }
const MAX: DemoPerson = { id: demoId(5), name: 'Max', role: 'citizen' }
const LIZ: DemoPerson = { id: demoId(6), name: 'Liz', role: 'citizen' }
const KAREN: DemoPerson = { id: demoId(7), name: 'Karen Leth', role: 'leader' }
const BO: DemoPerson = { id: demoId(8), name: 'Bo Iversen', role: 'it' }

/** All invented. */
const PEOPLE = [METTE, OLE, ANNA, JENS, MAX, LIZ, KAREN, BO]
/** Karen's; Bo belongs to none. */
const TEAM = { id: demoId(201) as string as TeamId, name: 'Team Havnen' }
const ASSIGNMENTS = [
  { id: demoId(101) as string as AssignmentId, worker: METTE, citizen: ANNA },
  { id: demoId(102) as string as AssignmentId, worker: METTE, citizen: JENS },
  { id: demoId(103) as string as AssignmentId, worker: METTE, citizen: MAX },
  { id: demoId(104) as string as AssignmentId, worker: OLE, citizen: LIZ },
]

const addToTeam = (transaction: Database, personId: PersonId) =>
  transaction.insertInto('team_members').values({ team_id: TEAM.id, person_id: personId }).execute()

export type DemoPeople = ReturnType<typeof makeDemoPeople>

/** The invented people of the demo in SQL. */
export function makeDemoPeople(database: Database) {
  return {
    /** Adds whoever is missing; what has been changed since stays as it is. */
    async seed(now: UnixMs): Promise<void> {
      await database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('teams')
          .values({ ...TEAM, created_at: now })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        for (const { id, name, role } of PEOPLE) {
          const added = await transaction
            .insertInto('people')
            .values({ id, name, is_demo: 1, created_at: now })
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirst()
          if (added.numInsertedOrUpdatedRows !== 1n) continue
          await giveRoles(transaction, id, [role])
          if (role !== 'it') await addToTeam(transaction, id)
          for (const assignment of ASSIGNMENTS.filter((each) => each.citizen.id === id)) {
            await transaction
              .insertInto('assignments')
              .values({
                id: assignment.id,
                worker_id: assignment.worker.id,
                citizen_id: id,
                kind: 'primary',
                from_at: now,
                to_at: null,
              })
              .execute()
          }
        }
      })
    },

    async load(): Promise<DemoPeopleReply['people']> {
      const rows = await database
        .selectFrom('people')
        .innerJoin('person_roles', 'person_id', 'people.id')
        .select(['people.id', 'name', 'role'])
        .where('is_demo', '=', 1)
        .where('disabled_at', 'is', null)
        .orderBy('people.id')
        .limit(100)
        .execute()
      const ids = [...new Set(rows.map((row) => row.id))]
      return ids.flatMap((id) => {
        const own = rows.filter((row) => row.id === id)
        const roles = ROLES.filter((role) => own.some((row) => row.role === role))
        return own.slice(0, 1).map(({ name }) => ({ person: { id, name }, roles }))
      })
    },

    async has(personId: PersonId): Promise<boolean> {
      const row = await database
        .selectFrom('people')
        .select('id')
        .where('is_demo', '=', 1)
        .where('disabled_at', 'is', null)
        .where('id', '=', personId)
        .executeTakeFirst()
      return row !== undefined
    },
  }
}
