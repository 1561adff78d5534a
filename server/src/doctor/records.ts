import { existsSync } from 'node:fs'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
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
export function openRecords({ config }: DoctorContext): Promise<OpenRecords | null> {
  if (config === null || !existsSync(config.databaseFile)) return Promise.resolve(null)
  const file = new SqliteFile(config.databaseFile, { fileMustExist: true, readonly: true })
  return Promise.resolve({ file, secrets: findSecrets(config), close: () => file.close() })
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
