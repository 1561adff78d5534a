import { existsSync } from 'node:fs'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { loadOrMakeMasterKey, parseMasterKey } from '../secrets/master-key.ts'
import { Secrets } from '../secrets/secrets.ts'
import type { DoctorContext } from './check.ts'

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
