import type { DeviceId, Person, PersonId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'
import type { Session } from './session.ts'

export type AccountsRepository = ReturnType<typeof makeAccountsRepository>

/** People, their devices and their sessions in SQL. */
export function makeAccountsRepository(database: Database) {
  return {
    async findSession(tokenHash: string, now: UnixMs): Promise<Session | null> {
      const row = await database
        .selectFrom('sessions')
        .innerJoin('people', 'people.id', 'sessions.person_id')
        .innerJoin('person_roles', 'person_roles.person_id', 'people.id')
        .select([
          'sessions.id',
          'device_id',
          'expires_at',
          'people.id as person_id',
          'name',
          'role',
        ])
        .where('token_hash', '=', tokenHash)
        .where('expires_at', '>', now)
        // A worker who is a citizen as well gets the worker's page.
        .orderBy('role', 'desc')
        .executeTakeFirst()
      if (row === undefined) return null
      const person = { id: row.person_id, name: row.name }
      return {
        id: row.id,
        person,
        role: row.role,
        deviceId: row.device_id,
        expiresAt: row.expires_at,
      }
    },

    async isSessionAlive(id: string, now: UnixMs): Promise<boolean> {
      const row = await database
        .selectFrom('sessions')
        .select('id')
        .where('id', '=', id)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return row !== undefined
    },

    /** All at once: asked one by one, thousands of sockets would hold up everything else for seconds. */
    async loadAliveSessionIds(now: UnixMs): Promise<Set<string>> {
      const rows = await database
        .selectFrom('sessions')
        .select('id')
        .where('expires_at', '>', now)
        .execute()
      return new Set(rows.map(({ id }) => id))
    },

    async addSession(session: {
      readonly tokenHash: string
      readonly personId: PersonId
      readonly deviceId: DeviceId
      readonly createdAt: UnixMs
      readonly expiresAt: UnixMs
    }): Promise<void> {
      await database
        .insertInto('sessions')
        .values({
          id: newId<string>(),
          token_hash: session.tokenHash,
          person_id: session.personId,
          device_id: session.deviceId,
          created_at: session.createdAt,
          expires_at: session.expiresAt,
        })
        .execute()
    },

    /** @returns the id of the session that was, or null */
    async deleteSession(tokenHash: string): Promise<string | null> {
      const row = await database
        .deleteFrom('sessions')
        .where('token_hash', '=', tokenHash)
        .returning('id')
        .executeTakeFirst()
      return row?.id ?? null
    },

    async deleteExpiredSessions(now: UnixMs): Promise<void> {
      await database.deleteFrom('sessions').where('expires_at', '<=', now).execute()
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
