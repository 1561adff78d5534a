import { NaervaerError, type PersonId, type Role } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/**
 * Gives somebody exactly these roles, in whoever's name and by whatever way: the one place where roles
 * are written. A citizen is never staff of the same records.
 *
 * @throws NaervaerError ROLES_MIXED
 */
export async function giveRoles(
  transaction: Database,
  personId: PersonId,
  roles: readonly Role[],
): Promise<void> {
  const held = await transaction
    .selectFrom('person_roles')
    .select('role')
    .where('person_id', '=', personId)
    .execute()
  const all = [...roles, ...held.map(({ role }) => role)]
  const isMixed = all.includes('citizen') && all.some((role) => role !== 'citizen')
  if (isMixed) throw new NaervaerError('ROLES_MIXED')
  await transaction.deleteFrom('person_roles').where('person_id', '=', personId).execute()
  if (roles.length === 0) return
  await transaction
    .insertInto('person_roles')
    .values(roles.map((role) => ({ person_id: personId, role })))
    .execute()
}
