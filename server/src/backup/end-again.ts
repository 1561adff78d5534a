import SqliteFile from 'better-sqlite3'
import type { UnixMs } from '@naervaer/shared'
import { TABLE_FATES } from './table-fates.ts'

/** What had ended since a backup was made, and has ended again after it was restored: by how many rows. */
export interface EndedAgain {
  readonly counts: Readonly<Record<string, number>>
  /**
   * Whether the former records go on from the backup. Where they do not (they were begun anew, or come from
   * another backup) a row that is missing in them says nothing, and only what is marked as over has ended.
   */
  readonly isSequel: boolean
}

/**
 * Closes in restored records what had been closed in the former ones since the backup, so that a deleted
 * account, a stolen telephone or a citizen's "no" stays what it was (criterion L-07).
 *
 * @param former - the records that are replaced; they may be damaged
 * @returns null where nothing could be read there; then nothing has been closed
 */
export function endAgain(restored: string, former: string): EndedAgain | null {
  const file = new SqliteFile(restored)
  try {
    file.pragma('foreign_keys = ON')
    file.prepare('attach ? as former').run(former)
    return file.transaction(() => endEach(file))()
  } catch (error) {
    if (error instanceof SqliteFile.SqliteError && !error.code.startsWith('SQLITE_FULL'))
      return null
    throw error
  } finally {
    file.close()
  }
}

function endEach(file: SqliteFile.Database): EndedAgain {
  const isSequel = goesOn(file)
  const known = file.prepare(`select name from former.sqlite_schema where type = 'table'`)
  // Of a table that an older version did not have, the former records can say nothing.
  const tables = new Set(known.pluck().all())
  const counts: Record<string, number> = {}
  for (const [table, fate] of Object.entries(TABLE_FATES)) {
    if (fate === 'door' || 'stays' in fate) continue
    for (const { as, sql, isByGap } of fate.again) {
      const isTold = tables.has(table) && (isSequel || !isByGap)
      counts[as] = (counts[as] ?? 0) + (isTold ? file.prepare(sql).run().changes : 0)
    }
  }
  return { counts, isSequel }
}

/** The audit log is only added to, and its lines are chained: who has the backup's last one goes on from it. */
function goesOn(file: SqliteFile.Database): boolean {
  const last = file
    .prepare('select seq, hash from main.audit_events order by seq desc limit 1')
    .get()
  if (last === undefined) return false
  const { seq, hash } = last as { seq: number; hash: string }
  return (
    file.prepare('select 1 from former.audit_events where seq = ? and hash = ?').get(seq, hash) !==
    undefined
  )
}

/** Ends everybody's sessions and what waits to become one: who has stolen a token is out as well. */
export function closeDoors(restored: string): void {
  const file = new SqliteFile(restored)
  try {
    file.pragma('foreign_keys = ON')
    for (const [table, fate] of Object.entries(TABLE_FATES)) {
      if (fate === 'door') file.prepare(`delete from ${table}`).run()
    }
  } finally {
    file.close()
  }
}

/** How far the records that are replaced go. */
export interface FormerEnd {
  readonly at: UnixMs
  readonly lines: number
}

/** @returns null where there are none, or nothing in them can be read */
export function readFormerEnd(former: string): FormerEnd | null {
  let file: SqliteFile.Database | null = null
  try {
    file = new SqliteFile(former, { fileMustExist: true })
    const row = file.prepare('select max(seq) as lines, max(at) as at from audit_events').get()
    const { at, lines } = row as { at: number | null; lines: number | null }
    return at === null || lines === null ? null : { at, lines }
  } catch (error) {
    if (error instanceof SqliteFile.SqliteError) return null
    throw error
  } finally {
    file?.close()
  }
}
