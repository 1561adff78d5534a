import {
  ROLES,
  toSocketRole,
  type DeviceId,
  type Person,
  type PersonId,
  type Role,
  type UnixMs,
} from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'
import { isAliveAt } from './session-life.ts'
import type { Session } from './session.ts'

export type AccountsRepository = ReturnType<typeof makeAccountsRepository>

/** People, their devices and their sessions in SQL. */
export function makeAccountsRepository(database: Database) {
  return {
    async findSession(tokenHash: string, now: UnixMs): Promise<Session | null> {
      const row = await database
        .selectFrom('sessions')
        .innerJoin('people', 'people.id', 'sessions.person_id')
        .select(['sessions.id', 'device_id', 'expires_at', 'people.id as person_id', 'name'])
        .select(['method', 'idle_limit_ms', 'is_rotation_due', 'token_hash'])
        .where((where) =>
          where.or([
            where('token_hash', '=', tokenHash),
            where.and([
              where('former_token_hash', '=', tokenHash),
              where('former_until_at', '>', now),
            ]),
          ]),
        )
        .where(isAliveAt(now))
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      if (row === undefined) return null
      const roles = await loadRoles(database, row.person_id)
      if (roles.length === 0) return null
      const person = { id: row.person_id, name: row.name }
      return {
        id: row.id,
        person,
        roles,
        role: toSocketRole(roles),
        deviceId: row.device_id,
        expiresAt: row.expires_at,
        method: row.method,
        isRolling: row.idle_limit_ms === null,
        isRotationDue: row.is_rotation_due === 1,
        isTokenCurrent: row.token_hash === tokenHash,
      }
    },

    /** Whether there is or was somebody with this id: whoever is deleted keeps their row, without a name. */
    async isPerson(personId: string): Promise<boolean> {
      const query = database
        .selectFrom('people')
        .select('id')
        .where('id', '=', personId as PersonId)
      return (await query.executeTakeFirst()) !== undefined
    },

    /** What a person may be; nothing where the account is closed or there is none. */
    async loadOpenRoles(personId: PersonId): Promise<Role[]> {
      const row = await database
        .selectFrom('people')
        .select('id')
        .where('id', '=', personId)
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      return row === undefined ? [] : loadRoles(database, personId)
    },

    /** The device that this person has in this browser, made at its first sign-in. */
    async findOrAddDevice(personId: PersonId, browserHash: string, now: UnixMs): Promise<DeviceId> {
      await database
        .insertInto('devices')
        .values({
          id: newId<DeviceId>(),
          person_id: personId,
          browser_hash: browserHash,
          created_at: now,
        })
        .onConflict((conflict) => conflict.columns(['person_id', 'browser_hash']).doNothing())
        .execute()
      const row = await database
        .selectFrom('devices')
        .select('id')
        .where('person_id', '=', personId)
        .where('browser_hash', '=', browserHash)
        .executeTakeFirstOrThrow()
      return row.id
    },

    async loadPeople(ids: readonly PersonId[]): Promise<Map<PersonId, Person>> {
      const rows = await database
        .selectFrom('people')
        .select(['id', 'name'])
        .where('id', 'in', [...ids])
        .execute()
      return new Map(rows.map((row) => [row.id, row]))
    },
  }
}

/** Asked anew with every request, so that a role that is taken away is gone at once. */
async function loadRoles(database: Database, personId: PersonId): Promise<Role[]> {
  const rows = await database
    .selectFrom('person_roles')
    .select('role')
    .where('person_id', '=', personId)
    .execute()
  return ROLES.filter((role) => rows.some((row) => row.role === role))
}
