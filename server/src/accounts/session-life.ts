import { sql, type RawBuilder } from 'kysely'
import type { DurationMs, Role, SessionMethod, UnixMs } from '@naervaer/shared'

/** A working day with room: nobody is signed out in the middle of one (criterion S-04). */
export const STAFF_LIFE_MS: DurationMs = 12 * 3_600_000

/** How long staff may leave it lying outside a call (criterion S-04). */
export const STAFF_IDLE_MS: DurationMs = 60 * 60_000

/** Counted from the last use: a phone that is used stays connected. As long as browsers keep cookies. */
export const CITIZEN_LIFE_MS: DurationMs = 400 * 24 * 3_600_000

/** Uses that follow each other closer than this are written down as one. */
export const USE_STEP_MS: DurationMs = 60_000

/** For how long the token before a change is still taken: requests may be on their way. */
export const FORMER_TOKEN_MS: DurationMs = 30_000

/** How long a session lasts, by who signed in and how. */
export interface SessionLife {
  readonly expiresAt: UnixMs
  /** null for as long as it likes. */
  readonly idleLimitMs: DurationMs | null
  /** Whether every use moves the end on. */
  readonly isRolling: boolean
}

/** Whoever is any kind of staff gets the short life of staff, however they came in. */
export function getSessionLife(
  roles: readonly Role[],
  method: SessionMethod,
  now: UnixMs,
): SessionLife {
  const isCitizen = roles.every((role) => role === 'citizen') || method === 'device'
  return isCitizen
    ? { expiresAt: now + CITIZEN_LIFE_MS, idleLimitMs: null, isRolling: true }
    : { expiresAt: now + STAFF_LIFE_MS, idleLimitMs: STAFF_IDLE_MS, isRolling: false }
}

/** Whether a row of `sessions` still counts: neither too old nor left lying too long. */
export function isAliveAt(now: UnixMs): RawBuilder<boolean> {
  return sql<boolean>`(sessions.expires_at > ${now} and (sessions.idle_limit_ms is null
    or sessions.used_at + sessions.idle_limit_ms > ${now}))`
}
