import type { PersonId, StaffRole, UnixMs } from '@naervaer/shared'
import { giveRoles } from '../accounts/give-roles.ts'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'
import type { Identity } from './identify.ts'
import type { LogoutOrder } from './verify-logout-token.ts'

export type OidcRepository = ReturnType<typeof makeOidcRepository>

/** A member of staff as the records know them. */
export interface KnownStaff {
  readonly personId: PersonId
  readonly roles: readonly StaffRole[]
  readonly isClosed: boolean
}

/** Identities of the provider, their sessions, and its orders to end them, in SQL. */
export function makeOidcRepository(database: Database, issuer: string) {
  return {
    async findStaff(key: string): Promise<KnownStaff | null> {
      const row = await database
        .selectFrom('oidc_identities')
        .innerJoin('people', 'people.id', 'person_id')
        .select(['person_id', 'disabled_at'])
        .where('issuer', '=', issuer)
        .where('key', '=', key)
        .executeTakeFirst()
      if (row === undefined) return null
      const roles = await database
        .selectFrom('person_roles')
        .select('role')
        .where('person_id', '=', row.person_id)
        .execute()
      return {
        personId: row.person_id,
        roles: roles.map(({ role }) => role).filter((role) => role !== 'citizen'),
        isClosed: row.disabled_at !== null,
      }
    },

    /** Whether this person comes by work account, of this provider or of one before it. */
    async hasIdentity(personId: PersonId): Promise<boolean> {
      const row = await database
        .selectFrom('oidc_identities')
        .select('person_id')
        .where('person_id', '=', personId)
        .executeTakeFirst()
      return row !== undefined
    },

    /** Adds a member of staff who has come for the first time; roles follow. */
    async addStaff({ key, name }: Identity, now: UnixMs): Promise<PersonId> {
      const id = newId<PersonId>()
      await database
        .insertInto('people')
        .values({ id, name, is_demo: 0, created_at: now, disabled_at: null })
        .execute()
      await database
        .insertInto('oidc_identities')
        .values({ issuer, key, person_id: id, created_at: now, used_at: now })
        .execute()
      return id
    },

    async noteUse(personId: PersonId, { key, name }: Identity, now: UnixMs): Promise<void> {
      await database.updateTable('people').set({ name }).where('id', '=', personId).execute()
      await database
        .updateTable('oidc_identities')
        .set({ used_at: now })
        .where('issuer', '=', issuer)
        .where('key', '=', key)
        .execute()
    },

    /** @throws NaervaerError ROLES_MIXED */
    replaceRoles: (personId: PersonId, roles: readonly StaffRole[]): Promise<void> =>
      giveRoles(database, personId, roles),

    async addSession(session: {
      readonly id: string
      readonly sub: string
      readonly sid: string | null
      readonly sealedIdToken: string
    }): Promise<void> {
      const { id, sub, sid, sealedIdToken } = session
      await database
        .insertInto('oidc_sessions')
        .values({ session_id: id, issuer, sub, sid, sealed_id_token: sealedIdToken })
        .execute()
    },

    async findSealedIdToken(sessionId: string): Promise<string | null> {
      const row = await database
        .selectFrom('oidc_sessions')
        .select('sealed_id_token')
        .where('session_id', '=', sessionId)
        .where('issuer', '=', issuer)
        .executeTakeFirst()
      return row?.sealed_id_token ?? null
    },

    /** The sessions that an order is about: all that fit every name it gives. */
    async listSessions({ sub, sid }: Pick<LogoutOrder, 'sub' | 'sid'>): Promise<string[]> {
      let query = database
        .selectFrom('oidc_sessions')
        .select('session_id')
        .where('issuer', '=', issuer)
      if (sub !== null) query = query.where('sub', '=', sub)
      if (sid !== null) query = query.where('sid', '=', sid)
      const rows = await query.execute()
      return rows.map((row) => row.session_id)
    },

    /** @returns false where an order with this `jti` has been carried out before */
    async claimOrder(jtiHash: string, order: LogoutOrder, now: UnixMs): Promise<boolean> {
      await database.deleteFrom('oidc_logouts').where('expires_at', '<=', now).execute()
      const added = await database
        .insertInto('oidc_logouts')
        .values({
          jti_hash: jtiHash,
          sub: order.sub,
          sid: order.sid,
          created_at: now,
          expires_at: order.expiresAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return added.numInsertedOrUpdatedRows === 1n
    },

    /** Whether the provider has ended a session since `since`, perhaps before we knew of it. */
    async isOrderedToEnd({ sub, sid }: Identity, since: UnixMs): Promise<boolean> {
      const rows = await database
        .selectFrom('oidc_logouts')
        .select(['sub', 'sid'])
        .where('created_at', '>=', since)
        .execute()
      return rows.some(
        (row) => (row.sub === null || row.sub === sub) && (row.sid === null || row.sid === sid),
      )
    },
  }
}
