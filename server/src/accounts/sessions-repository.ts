import type {
  DeviceId,
  BrowserKind,
  DurationMs,
  PersonId,
  SessionMethod,
  UnixMs,
} from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'
import { isAliveAt } from './session-life.ts'

/** One session as its owner and the administrator see it. */
export interface ListedSession {
  readonly id: string
  readonly personId: PersonId
  readonly deviceId: DeviceId
  readonly deviceKind: BrowserKind
  readonly method: SessionMethod
  readonly startedAt: UnixMs
  readonly usedAt: UnixMs
}

/** What was ended, and whose it was. */
export interface EndedSession {
  readonly id: string
  readonly personId: PersonId
  readonly deviceId: DeviceId
}

export interface NewSession {
  readonly tokenHash: string
  readonly personId: PersonId
  readonly deviceId: DeviceId
  readonly deviceKind: BrowserKind
  readonly method: SessionMethod
  readonly createdAt: UnixMs
  readonly expiresAt: UnixMs
  readonly idleLimitMs: DurationMs | null
}

/** Ids that fit in one statement: SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const MAX_IDS = 1_000

export type SessionsRepository = ReturnType<typeof makeSessionsRepository>

/** Sessions in SQL: begun, listed, kept alive and ended. */
export function makeSessionsRepository(database: Database) {
  const listed = (now: UnixMs) =>
    database
      .selectFrom('sessions')
      .select([
        'id',
        'person_id as personId',
        'device_id as deviceId',
        'device_kind as deviceKind',
        'method',
        'created_at as startedAt',
        'used_at as usedAt',
      ])
      .where(isAliveAt(now))
      .orderBy('used_at', 'desc')
      .orderBy('id')
  const ending = () =>
    database
      .deleteFrom('sessions')
      .returning(['id', 'person_id as personId', 'device_id as deviceId'])
  return {
    async add(session: NewSession): Promise<string> {
      const id = newId<string>()
      await database
        .insertInto('sessions')
        .values({
          id,
          token_hash: session.tokenHash,
          person_id: session.personId,
          device_id: session.deviceId,
          created_at: session.createdAt,
          expires_at: session.expiresAt,
          method: session.method,
          device_kind: session.deviceKind,
          used_at: session.createdAt,
          idle_limit_ms: session.idleLimitMs,
          is_rotation_due: 0,
          former_token_hash: null,
          former_until_at: null,
        })
        .execute()
      return id
    },

    listOf(personId: PersonId, now: UnixMs): Promise<ListedSession[]> {
      return listed(now).where('person_id', '=', personId).limit(100).execute()
    },

    listAll(now: UnixMs): Promise<ListedSession[]> {
      return listed(now).limit(10_000).execute()
    },

    /** Which of these still count. */
    async filterAlive(ids: readonly string[], now: UnixMs): Promise<Set<string>> {
      const alive = new Set<string>()
      for (let start = 0; start < ids.length; start += MAX_IDS) {
        const rows = await database
          .selectFrom('sessions')
          .innerJoin('people', 'people.id', 'sessions.person_id')
          .select('sessions.id')
          .where('sessions.id', 'in', ids.slice(start, start + MAX_IDS))
          .where(isAliveAt(now))
          .where('people.disabled_at', 'is', null)
          .execute()
        for (const { id } of rows) alive.add(id)
      }
      return alive
    },

    /** Which of these count and are of somebody who has a side of calls now. */
    async filterWithSide(ids: readonly string[], now: UnixMs): Promise<Set<string>> {
      const found = new Set<string>()
      for (let start = 0; start < ids.length; start += MAX_IDS) {
        const rows = await database
          .selectFrom('sessions')
          .innerJoin('people', 'people.id', 'sessions.person_id')
          .innerJoin('person_roles', 'person_roles.person_id', 'sessions.person_id')
          .select('sessions.id')
          .where('sessions.id', 'in', ids.slice(start, start + MAX_IDS))
          .where(isAliveAt(now))
          .where('people.disabled_at', 'is', null)
          .where('person_roles.role', 'in', ['citizen', 'worker'])
          .execute()
        for (const { id } of rows) found.add(id)
      }
      return found
    },

    /** On which of these devices somebody is signed in who is a worker now. */
    async filterWorkersDevices(ids: readonly DeviceId[], now: UnixMs): Promise<Set<DeviceId>> {
      const found = new Set<DeviceId>()
      for (let start = 0; start < ids.length; start += MAX_IDS) {
        const rows = await database
          .selectFrom('sessions')
          .innerJoin('people', 'people.id', 'sessions.person_id')
          .innerJoin('person_roles', 'person_roles.person_id', 'sessions.person_id')
          .select('device_id')
          .where('device_id', 'in', ids.slice(start, start + MAX_IDS))
          .where(isAliveAt(now))
          .where('people.disabled_at', 'is', null)
          .where('person_roles.role', '=', 'worker')
          .execute()
        for (const row of rows) found.add(row.device_id)
      }
      return found
    },

    /** @param expiresAt - the new end of a session that moves on with its use, else null */
    async noteUse(id: string, now: UnixMs, expiresAt: UnixMs | null): Promise<void> {
      await database
        .updateTable('sessions')
        .set({ used_at: now, ...(expiresAt === null ? {} : { expires_at: expiresAt }) })
        .where('id', '=', id)
        .execute()
    },

    async loadLife(id: string): Promise<{ endsAt: UnixMs; idleEndsAt: UnixMs | null } | null> {
      const row = await database
        .selectFrom('sessions')
        .select(['expires_at', 'used_at', 'idle_limit_ms'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (row === undefined) return null
      const { expires_at: endsAt, used_at, idle_limit_ms } = row
      return { endsAt, idleEndsAt: idle_limit_ms === null ? null : used_at + idle_limit_ms }
    },

    async demandRotation(personId: PersonId): Promise<void> {
      await database
        .updateTable('sessions')
        .set({ is_rotation_due: 1 })
        .where('person_id', '=', personId)
        .execute()
    },

    /** @returns whether it was still this token's: of two requests at once only one changes it */
    async replaceToken(
      id: string,
      tokenHash: string,
      newTokenHash: string,
      formerUntilAt: UnixMs,
    ): Promise<boolean> {
      const result = await database
        .updateTable('sessions')
        .set({
          token_hash: newTokenHash,
          former_token_hash: tokenHash,
          former_until_at: formerUntilAt,
          is_rotation_due: 0,
        })
        .where('id', '=', id)
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },

    end(id: string): Promise<EndedSession[]> {
      return ending().where('id', '=', id).execute()
    },

    endByToken(tokenHash: string): Promise<EndedSession[]> {
      return ending().where('token_hash', '=', tokenHash).execute()
    },

    endOf(personId: PersonId, exceptId: string | null): Promise<EndedSession[]> {
      const own = ending().where('person_id', '=', personId)
      return (exceptId === null ? own : own.where('id', '!=', exceptId)).execute()
    },

    endOfDevice(deviceId: DeviceId): Promise<EndedSession[]> {
      return ending().where('device_id', '=', deviceId).execute()
    },

    /** All that a cookie alone opens; a paired device's is worth nothing without its key. */
    endWithoutKey(): Promise<EndedSession[]> {
      return ending().where('method', '!=', 'device').execute()
    },

    /** Whoever is signed in in this browser. */
    endOfBrowser(browserHash: string): Promise<EndedSession[]> {
      return ending()
        .where('device_id', 'in', (query) =>
          query.selectFrom('devices').select('devices.id').where('browser_hash', '=', browserHash),
        )
        .execute()
    },

    /** Removes what no longer counts; nobody need hear of it, because nobody is let in by it. */
    async removeDead(now: UnixMs): Promise<void> {
      await database
        .deleteFrom('sessions')
        .where((where) => where.not(isAliveAt(now)))
        .execute()
    },
  }
}
