import { APP_VERSION } from '../app-version.ts'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import SqliteFile from 'better-sqlite3'
import * as Type from 'typebox'
import { Value } from 'typebox/value'
import type { UnixMs } from '@naervaer/shared'
import { defaultFolder } from '../backup-folder.ts'
import type { Config } from '../config.ts'
import { DOUBT_MS } from '../health/known-time.ts'
import { encryptFile } from './age-file.ts'
import { BackupError, toBackupError } from './backup-error.ts'
import {
  DAY_MS,
  makePrivateFolder,
  removeOldBackups,
  removeOldCopies,
  toStamp,
  withWorkFolder,
} from './folders.ts'
import { countRows, findFlaw, listSteps, type Manifest } from './manifest.ts'

const LAST_FILE = 'last-backup.json'

const LastBackupSchema = Type.Object({
  at: Type.Integer(),
  path: Type.String(),
  sizeBytes: Type.Integer(),
  sha256: Type.String(),
})

/** Which backup was the last that succeeded: a file in `DATA_DIR`, for whoever watches. */
export type LastBackup = Type.Static<typeof LastBackupSchema>

export interface MadeBackup extends LastBackup {
  readonly manifest: Manifest
  /** Names of older ones that are gone now. */
  readonly removed: readonly string[]
}

export interface BackupOptions {
  readonly config: Pick<Config, 'dataDir' | 'databaseFile' | 'backup'>
  readonly now: UnixMs
  /** Where to, if not to `BACKUP_DIR`. */
  readonly folder?: string
  /** The last line of the audit log with its seal; asked for before the copy, which so contains it. */
  readonly loadAuditHead: () => Promise<string | null>
}

/**
 * Makes the nightly backup, notes that it was made, and removes what is older than backups are kept.
 *
 * @throws BackupError
 */
export async function makeBackup(options: BackupOptions): Promise<MadeBackup> {
  const { config, now } = options
  const folder = options.folder ?? config.backup.folder
  const { keepDays } = config.backup
  const name = `naervaer-${toStamp(now)}.age`
  const { manifest, ...last } = await makeEncryptedCopy(options, name)
  try {
    await writeFile(join(config.dataDir, LAST_FILE), JSON.stringify(last), { mode: 0o600 })
    // By such a clock all the others would be old.
    if (isFarAhead(config.databaseFile, now)) return { ...last, manifest, removed: [] }
    const before = now - keepDays * DAY_MS
    // Where another container makes the backups, what the server itself kept lies in its own folder.
    const folders = [...new Set([folder, config.backup.folder, defaultFolder(config.dataDir)])]
    await removeOldCopies({ dataDir: config.dataDir, folders, keepDays }, now)
    const removed = await removeOldBackups(folder, { kept: name, before })
    // Earlier versions called what they kept before a migration as they called backups.
    await removeOldBackups(defaultFolder(config.dataDir), { kept: name, before })
    return { ...last, manifest, removed }
  } catch (error) {
    throw toBackupError(error, folder)
  }
}

/**
 * Copies the records while the server goes on writing: a copy of one moment, checked, packed and encrypted
 * (criteria O-08, S-35). What is not encrypted never leaves `DATA_DIR`.
 *
 * @throws BackupError
 */
export async function makeEncryptedCopy(
  options: BackupOptions,
  name: string,
): Promise<LastBackup & { readonly manifest: Manifest }> {
  const { config, now } = options
  const folder = options.folder ?? config.backup.folder
  const { publicKey } = config.backup
  if (publicKey === null) throw new BackupError('BACKUP_KEY_MISSING')
  try {
    await makePrivateFolder(folder)
    return await withWorkFolder(config.dataDir, async (work) => {
      const copy = join(work, 'copy.sqlite')
      const packed = join(work, 'packed')
      const manifest = await copyAndDescribe(options, copy)
      await pack(copy, manifest, packed)
      // Room for the encrypted one, which may be on the same volume.
      await rm(copy)
      await encryptInto(folder, name, packed, { publicKey, createdAt: now })
      return { ...(await describeFile(join(folder, name), now)), manifest }
    })
  } catch (error) {
    throw toBackupError(error, folder)
  }
}

/** Whether the clock is further ahead of the records' last heartbeat than a server is ever off. */
function isFarAhead(databaseFile: string, now: UnixMs): boolean {
  const file = new SqliteFile(databaseFile, { readonly: true })
  try {
    const at = file.prepare('select at from heartbeat').pluck().get()
    return typeof at === 'number' && now - at > DOUBT_MS
  } finally {
    file.close()
  }
}

/** @returns null where none has been made here yet, or what is noted cannot be read */
export async function loadLastBackup(dataDir: string): Promise<LastBackup | null> {
  const text = await readFile(join(dataDir, LAST_FILE), 'utf8').catch(() => '')
  try {
    const note: unknown = JSON.parse(text)
    return Value.Check(LastBackupSchema, note) ? note : null
  } catch {
    return null
  }
}

/** The SHA-256 of a file, in hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest('hex')
}

/**
 * Copies the records as they are at one moment, without keeping anybody from writing.
 *
 * @throws BackupError RECORDS_DAMAGED where the copy does not pass its check
 */
export function copyRecords(databaseFile: string, target: string): void {
  const source = new SqliteFile(databaseFile, { fileMustExist: true, readonly: true })
  try {
    // Into a new file: what has been deleted is not in it, and the write-ahead log is.
    source.prepare('vacuum into ?').run(target)
  } catch (error) {
    throw isCorrupt(error) ? new BackupError('RECORDS_DAMAGED', { cause: error }) : error
  } finally {
    source.close()
  }
}

function isCorrupt(error: unknown): boolean {
  return (
    error instanceof SqliteFile.SqliteError &&
    /^SQLITE_(CORRUPT|NOTADB|IOERR_SHORT)/.test(error.code)
  )
}

async function copyAndDescribe(
  { config, now, loadAuditHead }: BackupOptions,
  copy: string,
): Promise<Manifest> {
  const auditHead = await loadAuditHead()
  copyRecords(config.databaseFile, copy)
  const file = new SqliteFile(copy, { readonly: true })
  try {
    const flaw = findFlaw(file)
    if (flaw !== null) throw new BackupError('RECORDS_DAMAGED', { about: flaw })
    return {
      format: 1,
      createdAt: now,
      appVersion: APP_VERSION,
      schema: listSteps(file).at(-1) ?? '',
      sizeBytes: (await stat(copy)).size,
      sha256: await hashFile(copy),
      rows: countRows(file),
      auditHead,
    }
  } finally {
    file.close()
  }
}

/** One line of JSON and the records behind it, compressed: `gunzip | tail -n +2` unpacks it by hand. */
async function pack(copy: string, manifest: Manifest, packed: string): Promise<void> {
  async function* content() {
    yield Buffer.from(`${JSON.stringify(manifest)}\n`)
    yield* createReadStream(copy)
  }
  const out = createWriteStream(packed, { flags: 'wx', mode: 0o600 })
  await pipeline(Readable.from(content()), createGzip(), out)
}

/** Whole or not at all: what has the name of a backup is one. */
async function encryptInto(
  folder: string,
  name: string,
  packed: string,
  key: { readonly publicKey: string; readonly createdAt: number },
): Promise<void> {
  const draft = join(folder, `.${name}.part`)
  try {
    await rm(draft, { force: true })
    await encryptFile(packed, draft, key)
    await rename(draft, join(folder, name))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

async function describeFile(path: string, at: UnixMs): Promise<LastBackup> {
  return { at, path, sizeBytes: (await stat(path)).size, sha256: await hashFile(path) }
}
