import { existsSync } from 'node:fs'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import type { DurationMs } from '@naervaer/shared'
import { loadOrMakeMasterKey, parseMasterKey } from '../secrets/master-key.ts'
import { Secrets } from '../secrets/secrets.ts'
import { describeError, onlyFromInside, unseen, type DoctorContext, type Finding } from './check.ts'

/** The records as they lie there; nothing is changed in them, whatever their shape. */
export interface OpenRecords {
  readonly file: SqliteFile.Database
  /** null where there is no master key that can be used. */
  readonly secrets: Secrets | null
  close(): void
}

/** @returns null where there are none */
export function openRecords({ config, timeoutMs }: DoctorContext): Promise<OpenRecords | null> {
  if (config === null || !existsSync(config.databaseFile)) return Promise.resolve(null)
  const options = { fileMustExist: true, readonly: true, timeout: timeoutMs }
  const file = new SqliteFile(config.databaseFile, options)
  return Promise.resolve({ file, secrets: findSecrets(config), close: () => file.close() })
}

/**
 * Whether another process keeps everybody from writing for as long as an answer is waited for. In WAL mode the
 * records can be read all the while, and only whoever would write notices. Nothing is written here either.
 */
export function isHeldByOthers(databaseFile: string, timeoutMs: DurationMs): boolean {
  const file = new SqliteFile(databaseFile, { fileMustExist: true, timeout: timeoutMs })
  try {
    file.exec('begin immediate; rollback')
    return false
  } catch (error) {
    // That they may only be read, or are none, is for others to say.
    return isBusy(error)
  } finally {
    file.close()
  }
}

/** Whether somebody else had the records, which says nothing of what state they are in. */
export function isBusy(error: unknown): boolean {
  return error instanceof SqliteFile.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/**
 * Looks into the records, for a check that needs nothing else.
 *
 * @param code - what its findings begin with where there is nothing to look at
 */
export async function lookIntoRecords(
  context: DoctorContext,
  code: 'SCHEMA' | 'RETENTION',
  judge: (file: SqliteFile.Database) => Finding,
): Promise<Finding[]> {
  if (context.isOutside) return [onlyFromInside()]
  try {
    const records = await openRecords(context)
    if (records === null)
      return [unseen(`${code}_NONE`, { da: 'Ingen database.', en: 'No database.' })]
    try {
      return [judge(records.file)]
    } finally {
      records.close()
    }
  } catch (error) {
    const why = describeError(error)
    const words = { da: `Kan ikke læses (${why}).`, en: `Cannot be read (${why}).` }
    return [unseen(`${code}_UNREADABLE`, words)]
  }
}

function findSecrets({
  dataDir,
  masterKey,
}: {
  readonly dataDir: string
  readonly masterKey: string | null
}): Secrets | null {
  try {
    const key =
      masterKey === null
        ? loadOrMakeMasterKey(join(dataDir, 'secrets'), false)
        : parseMasterKey(masterKey, 'MASTER_KEY')
    return new Secrets(key)
  } catch {
    return null
  }
}
