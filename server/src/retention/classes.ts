import type { DurationMs, UnixMs } from '@naervaer/shared'
import { isAliveAt } from '../accounts/session-life.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import { KEPT } from '../inventory/kept.ts'
import type { RetentionConfig } from '../retention-config.ts'
import { countAndRemoveCalls, countOldCalls } from './count-calls.ts'
import { countOldChoices, removeOldChoices } from './old-choices.ts'

/** In the order in which they are removed. The log last: what else was removed is still written into it. */
export const RETENTION_CLASSES = [
  'calls',
  'choice',
  'sessions',
  'invitations',
  'pairings',
  'logouts',
  'audit',
] as const
export type RetentionClass = (typeof RETENTION_CLASSES)[number]

/** One kind of data that goes by its age. */
export interface Keeping {
  /** How long after it was made, or after it ended where it has an end. */
  readonly keptMs: DurationMs
  /** How many there are from before an instant. */
  count(before: UnixMs): Promise<number>
  /** Removes some of them. @returns how many; 0 when there are no more */
  remove(before: UnixMs): Promise<number>
}

export interface KeepingOptions {
  readonly database: Database
  readonly audit: Audit
  readonly config: RetentionConfig
}

/** How each class is found and removed. */
export function makeKeepings({
  database,
  audit,
  config,
}: KeepingOptions): Readonly<Record<RetentionClass, Keeping>> {
  const byEnd = (table: 'invitations' | 'pairings' | 'oidc_logouts', keptMs: DurationMs) => ({
    keptMs,
    count: async (before: UnixMs) => {
      const { count } = await database
        .selectFrom(table)
        .select((row) => row.fn.countAll<number>().as('count'))
        .where('expires_at', '<', before)
        .executeTakeFirstOrThrow()
      return count
    },
    remove: async (before: UnixMs) => {
      const query = database.deleteFrom(table).where('expires_at', '<', before)
      return Number((await query.executeTakeFirst()).numDeletedRows)
    },
  })
  return {
    calls: {
      keptMs: config.callsMs,
      count: (before) => countOldCalls(database, before),
      remove: (before) => countAndRemoveCalls(database, before),
    },
    choice: {
      keptMs: config.choiceMs,
      count: (before) => countOldChoices(database, before),
      remove: (before) => removeOldChoices(database, before),
    },
    sessions: {
      keptMs: 0,
      count: async (before) => {
        const { count } = await database
          .selectFrom('sessions')
          .select((row) => row.fn.countAll<number>().as('count'))
          .where((where) => where.not(isAliveAt(before)))
          .executeTakeFirstOrThrow()
        return count
      },
      remove: async (before) => {
        const query = database.deleteFrom('sessions').where((where) => where.not(isAliveAt(before)))
        return Number((await query.executeTakeFirst()).numDeletedRows)
      },
    },
    invitations: byEnd('invitations', 0),
    pairings: byEnd('pairings', KEPT.pairing),
    logouts: byEnd('oidc_logouts', 0),
    audit: {
      keptMs: config.auditMs,
      count: (before) => audit.countBefore(before),
      remove: (before) => audit.cut(before),
    },
  }
}
