import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteFile from 'better-sqlite3'
import {
  CompiledQuery,
  Kysely,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
} from 'kysely'
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
  return new Kysely<Tables>({ dialect: new WritingDialect(sqlite) })
}

/**
 * SQLite with transactions that may write from their first statement on. One that read first would
 * be refused without waiting when the command line has written in between (SQLITE_BUSY_SNAPSHOT).
 *
 * @see https://www.sqlite.org/lang_transaction.html § 2.2
 */
class WritingDialect extends SqliteDialect {
  readonly #file: SqliteFile.Database

  constructor(file: SqliteFile.Database) {
    super({ database: file })
    this.#file = file
  }

  override createDriver(): Driver {
    return new WritingDriver(this.#file)
  }
}

class WritingDriver extends SqliteDriver {
  readonly #file: SqliteFile.Database

  constructor(file: SqliteFile.Database) {
    super({ database: file })
    this.#file = file
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** Where the disk is full SQLite has undone everything by itself, and a second time would hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.inTransaction) await super.rollbackTransaction(connection)
  }
}

/** One level at a time: Node's own `recursive` never returns where a parent refuses with ENOENT, as /proc does. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}
