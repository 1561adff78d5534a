import {
  ROLES,
  type PersonId,
  type StaffMember,
  type StaffRole,
  type UnixMs,
} from '@naervaer/shared'
import { giveRoles } from '../accounts/give-roles.ts'
import type { Database } from '../database/open.ts'

/** What stands where the name of somebody who is gone once stood. */
const NO_NAME = '–'

export type StaffRepository = ReturnType<typeof makeStaffRepository>

/** Accounts of staff in SQL. */
export function makeStaffRepository(database: Database) {
  return {
    /** By name; those whose account was deleted are not there. Staff without any role are. */
    async loadStaff(only?: PersonId): Promise<Omit<StaffMember, 'isYou'>[]> {
      const query = database
        .selectFrom('people')
        .leftJoin('person_roles', 'person_roles.person_id', 'people.id')
        .select(['people.id', 'name', 'disabled_at', 'role'])
        .where('deleted_at', 'is', null)
        .where((where) => where.or([where('role', 'is', null), where('role', '!=', 'citizen')]))
        .orderBy('name')
        .orderBy('people.id')
      const rows = await (
        only === undefined ? query : query.where('people.id', '=', only)
      ).execute()
      return [...new Set(rows.map(({ id }) => id))].flatMap((id) => {
        const own = rows.filter((row) => row.id === id)
        const roles = ROLES.filter((role): role is StaffRole =>
          own.some((row) => row.role === role),
        )
        return own.slice(0, 1).map(({ name, disabled_at }) => ({
          person: { id, name },
          roles,
          isDisabled: disabled_at !== null,
        }))
      })
    },

    async loadCitizenIds(): Promise<PersonId[]> {
      const rows = await database
        .selectFrom('person_roles')
        .select('person_id')
        .where('role', '=', 'citizen')
        .orderBy('person_id')
        .limit(20_000)
        .execute()
      return rows.map((row) => row.person_id)
    },

    async isCitizen(personId: PersonId): Promise<boolean> {
      const row = await database
        .selectFrom('person_roles')
        .select('role')
        .where('person_id', '=', personId)
        .where('role', '=', 'citizen')
        .executeTakeFirst()
      return row !== undefined
    },

    async setDisabledAt(personId: PersonId, disabledAt: UnixMs | null): Promise<void> {
      await database
        .updateTable('people')
        .set({ disabled_at: disabledAt })
        .where('id', '=', personId)
        .execute()
    },

    /** Leaves of an account nothing but its id. */
    async empty(personId: PersonId, now: UnixMs): Promise<void> {
      await giveRoles(database, personId, [])
      await database.deleteFrom('team_members').where('person_id', '=', personId).execute()
      await database
        .updateTable('people')
        .set({ name: NO_NAME, disabled_at: now, deleted_at: now })
        .where('id', '=', personId)
        .execute()
    },
  }
}
