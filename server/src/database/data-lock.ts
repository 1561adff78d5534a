import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { StartError } from '../start-error.ts'

/** The file whose lock says that the records are in use. It never holds anything. */
export const LOCK_FILE = 'in-use.lock'

/** A hold on the records in `DATA_DIR`. The kernel lets go of it with the process, however that ends. */
export interface DataLock {
  release(): void
}

/**
 * Says that the records are read and written here; many processes may at once.
 *
 * @throws StartError RECORDS_LOCKED while somebody replaces them
 */
export function shareRecords(dataDir: string): DataLock {
  const held = take(dataDir, (file) => {
    file.exec('begin')
    // Reading is what takes the lock, and the open transaction keeps it.
    file.prepare('select count(*) from sqlite_schema').get()
  })
  return (
    held ??
    refuse('RECORDS_LOCKED', 'the records are being restored. Try again when that has ended.')
  )
}

/**
 * Keeps everybody else from the records, to replace them.
 *
 * @throws StartError RECORDS_IN_USE while a server or a command uses them
 */
export function holdRecordsAlone(dataDir: string): DataLock {
  const held = take(dataDir, (file) => file.exec('begin exclusive'))
  return (
    held ??
    refuse(
      'RECORDS_IN_USE',
      'a server or a command uses the records in DATA_DIR. Stop the server first.',
    )
  )
}

/**
 * SQLite's own locks on a file without content: shared and exclusive, over containers on one volume,
 * and gone with the process. Nothing else may open this file: closing it anywhere in a process would
 * let go of what that process holds (fcntl, POSIX.1-2017).
 */
function take(dataDir: string, lock: (file: SqliteFile.Database) => void): DataLock | null {
  const path = join(dataDir, LOCK_FILE)
  const file = new SqliteFile(path, { timeout: 0 })
  try {
    chmodSync(path, 0o600)
    lock(file)
    return { release: () => file.close() }
  } catch (error) {
    file.close()
    if (error instanceof SqliteFile.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw error
  }
}

function refuse(code: 'RECORDS_LOCKED' | 'RECORDS_IN_USE', message: string): never {
  throw new StartError(message, { code })
}
