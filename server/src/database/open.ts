import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { Tables } from './schema.ts'

export type Database = Kysely<Tables>

/** How long a statement waits for another process, such as a backup, to let go of the file. */
const BUSY_TIMEOUT_MS = 2_000

/**
 * Opens the SQLite file, creating it and its folder where they are missing.
 *
 * @param file - a path, or `:memory:`
 */
export function openDatabase(file: string): Database {
  if (file !== ':memory:') makeFolder(dirname(file))
  const sqlite = new SqliteFile(file, { timeout: BUSY_TIMEOUT_MS })
  sqlite.pragma('journal_mode = WAL')
  // With WAL a killed process loses nothing; only a power cut may take the last transactions.
  sqlite.pragma('synchronous = NORMAL')
  sqlite.pragma('foreign_keys = ON')
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) })
}

/** One level at a time: Node's own `recursive` never returns where a parent refuses with ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}
