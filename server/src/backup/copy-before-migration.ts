import { chmod, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { UnixMs } from '@naervaer/shared'
import type { Config } from '../config.ts'
import type { Database } from '../database/open.ts'
import { loadShape } from '../database/steps.ts'
import { toBackupError } from './backup-error.ts'
import {
  keepNewest,
  MIGRATION_BACKUP_PREFIX,
  MIGRATION_PREFIX,
  toStamp,
  withWorkFolder,
} from './folders.ts'
import { copyRecords, makeEncryptedCopy } from './make-backup.ts'

/** A newer version that turned out to be bad, the one before, and one to spare. */
const KEPT_COPIES = 3

/**
 * Keeps the records as they are before their shape is changed (criterion O-10): encrypted as a backup
 * where there is a key for that, and otherwise as a file beside them, of which the last three are kept.
 *
 * @returns the path; null where nothing is to be changed, or there is nothing yet
 * @throws BackupError: what cannot be kept is not changed
 */
export async function copyBeforeMigration(
  database: Database,
  config: Pick<Config, 'dataDir' | 'databaseFile' | 'backup'>,
  now: UnixMs,
): Promise<string | null> {
  const shape = await loadShape(database)
  if (shape === null || shape.missing.length === 0) return null
  if (config.backup.publicKey !== null) {
    // The audit log is opened after the migration, and its head is in the copy itself.
    // No note and nothing removed: whoever watches the nightly backups is not to take this for one.
    const { path } = await makeEncryptedCopy(
      { config, now, loadAuditHead: () => Promise.resolve(null) },
      `${MIGRATION_BACKUP_PREFIX}${toStamp(now)}.age`,
    )
    return path
  }
  const path = join(config.dataDir, `${MIGRATION_PREFIX}${toStamp(now)}`)
  try {
    await withWorkFolder(config.dataDir, async (work) => {
      const copy = join(work, 'copy.sqlite')
      copyRecords(config.databaseFile, copy)
      await chmod(copy, 0o600)
      await rename(copy, path)
    })
    await keepNewest(config.dataDir, MIGRATION_PREFIX, KEPT_COPIES)
  } catch (error) {
    throw toBackupError(error, config.dataDir)
  }
  return path
}
