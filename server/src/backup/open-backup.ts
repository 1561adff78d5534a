import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import SqliteFile from 'better-sqlite3'
import { Value } from 'typebox/value'
import { judgeSteps } from '../database/steps.ts'
import { decryptFile, readHeader } from './age-file.ts'
import { BackupError } from './backup-error.ts'
import { hashFile } from './make-backup.ts'
import { countRows, findFlaw, listMadeSteps, ManifestSchema, type Manifest } from './manifest.ts'

const MAX_MANIFEST_BYTES = 65_536

/**
 * Unpacks a backup and holds it against its manifest: length, hash, integrity, rows, and whether this
 * version knows the records' shape.
 *
 * @param target - where its records are written; must not be there yet
 * @throws BackupError
 */
export async function openBackup(
  path: string,
  secretKey: string,
  target: string,
): Promise<Manifest> {
  const { createdAt } = await readHeader(path)
  const manifest = await unpack(path, secretKey, target)
  if (manifest.createdAt !== createdAt) throw new BackupError('BACKUP_MANIFEST_WRONG')
  await compare(target, manifest)
  return manifest
}

async function unpack(path: string, secretKey: string, target: string): Promise<Manifest> {
  const sealed = await decryptFile(path, secretKey)
  const head = new ManifestReader()
  const out = createWriteStream(target, { flags: 'wx', mode: 0o600 })
  try {
    await pipeline(sealed, createGunzip(), (pieces) => head.skim(pieces), out)
  } catch (error) {
    const isOfDisk = error instanceof Error && 'syscall' in error
    throw isOfDisk || error instanceof BackupError
      ? error
      : new BackupError('BACKUP_DAMAGED', { cause: error })
  }
  return head.manifest
}

async function compare(target: string, manifest: Manifest): Promise<void> {
  const isSame =
    (await stat(target)).size === manifest.sizeBytes && (await hashFile(target)) === manifest.sha256
  if (!isSame) throw new BackupError('BACKUP_MANIFEST_WRONG', { about: 'hash' })
  const file = new SqliteFile(target, { readonly: true })
  try {
    // What this version runs on it also restores: it may have made the backup itself, after a newer one.
    const [tooNew] = judgeSteps(listMadeSteps(file)).tooNew
    if (tooNew !== undefined) throw new BackupError('BACKUP_SCHEMA_NEWER', { about: tooNew })
    const flaw = findFlaw(file)
    if (flaw !== null) throw new BackupError('BACKUP_MANIFEST_WRONG', { about: flaw })
    const rows = countRows(file)
    const wrong = Object.keys({ ...rows, ...manifest.rows }).find(
      (table) => rows[table] !== manifest.rows[table],
    )
    if (wrong !== undefined) throw new BackupError('BACKUP_MANIFEST_WRONG', { about: wrong })
  } finally {
    file.close()
  }
}

/** Takes the first line off a stream, and passes on what follows it. */
class ManifestReader {
  #line = Buffer.alloc(0)
  #manifest: Manifest | null = null

  /** @throws BackupError where there was no such line */
  get manifest(): Manifest {
    if (this.#manifest === null) throw new BackupError('BACKUP_UNREADABLE')
    return this.#manifest
  }

  async *skim(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      const rest = this.#manifest === null ? this.#take(piece) : piece
      if (rest.length > 0) yield rest
    }
  }

  #take(piece: Buffer): Buffer {
    this.#line = Buffer.concat([this.#line, piece])
    const end = this.#line.indexOf('\n')
    if (end === -1 && this.#line.length < MAX_MANIFEST_BYTES) return Buffer.alloc(0)
    const manifest = parse(this.#line.subarray(0, Math.max(end, 0)).toString())
    if (manifest === null) throw new BackupError('BACKUP_UNREADABLE')
    this.#manifest = manifest
    return this.#line.subarray(end + 1)
  }
}

function parse(text: string): Manifest | null {
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(ManifestSchema, value) ? value : null
  } catch {
    return null
  }
}
