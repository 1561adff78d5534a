import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DurationMs, UnixMs } from '@naervaer/shared'

export const DAY_MS: DurationMs = 24 * 3_600_000
/** Such as `2026-11-22T03-15-00Z`: no colons, which not every file system takes. */
const STAMP = /(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z/
/** What the records are called that a restore has put aside; followed by the instant. */
export const FORMER_PREFIX = 'naervaer.sqlite.before-restore-'
/** What copies of the records from before a migration are called; followed by the instant. */
export const MIGRATION_PREFIX = 'naervaer.sqlite.before-migration-'
/** The same where there is a key to encrypt them to: a backup, but not one that a night is covered by. */
export const MIGRATION_BACKUP_PREFIX = 'naervaer-before-migration-'
/** A version that turns out to be bad does so within days: however short backups are kept. */
const NEWEST_COPY_MS: DurationMs = 7 * DAY_MS
/** No backup and no restore takes longer. */
const LONGEST_WORK_MS: DurationMs = 6 * 3_600_000
const WORK_PREFIX = '.work-'
const BACKUP = /^naervaer-\d.*\.age$/

/** How an instant is written in names of files. */
export function toStamp(at: UnixMs): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z`
}

/** When a file was made by its name; null where that does not say. */
export function parseStamp(name: string): UnixMs | null {
  const [, day, hour, minute, second] = STAMP.exec(name) ?? []
  return day === undefined ? null : Date.parse(`${day}T${hour}:${minute}:${second}Z`)
}

/** Does something with a folder of its own beside the records, which is gone afterwards whatever happens. */
export async function withWorkFolder<T>(
  dataDir: string,
  run: (folder: string) => Promise<T>,
): Promise<T> {
  // Beside the records: what is not encrypted yet never leaves their volume.
  await removeForgotten(dataDir)
  const folder = await mkdtemp(join(dataDir, WORK_PREFIX))
  try {
    return await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a process left that was ended in the middle. */
async function removeForgotten(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(WORK_PREFIX)) continue
    const folder = join(dataDir, name)
    // Another process may be done with it in this moment.
    const made = await stat(folder).catch(() => null)
    if (made !== null && made.mtimeMs < Date.now() - LONGEST_WORK_MS) {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** Makes a folder that only its owner can enter, where it is missing. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/**
 * Removes backups of the folder that are older than they are kept.
 *
 * @param kept - the newest one, which always stays
 * @returns the names of those that are gone
 */
export function removeOldBackups(
  folder: string,
  { kept, before }: { readonly kept: string; readonly before: UnixMs },
): Promise<string[]> {
  return removeOlder(folder, before, (name) => BACKUP.test(name) && name !== kept)
}

/**
 * Removes what restores and migrations have put aside, once backups of that age would be gone as well. The newest
 * from before a migration stays for a week.
 *
 * @param folders - where backups go; copies that are encrypted lie there
 * @returns the names of those that are gone
 */
export async function removeOldCopies(
  { dataDir, folders, keepDays }: CopyPlaces,
  now: UnixMs,
): Promise<string[]> {
  const before = now - keepDays * DAY_MS
  const lists = await Promise.all([
    removeOlder(dataDir, before, (name) => name.startsWith(FORMER_PREFIX)),
    removeOldOfMigrations(dataDir, MIGRATION_PREFIX, { before, now }),
    ...folders.map((folder) =>
      removeOldOfMigrations(folder, MIGRATION_BACKUP_PREFIX, { before, now }),
    ),
  ])
  return lists.flat()
}

/** Where copies lie, and for how many days backups are kept. */
export interface CopyPlaces {
  readonly dataDir: string
  readonly folders: readonly string[]
  readonly keepDays: number
}

async function removeOldOfMigrations(
  folder: string,
  prefix: string,
  { before, now }: { readonly before: UnixMs; readonly now: UnixMs },
): Promise<string[]> {
  const names = (await list(folder)).filter((name) => name.startsWith(prefix)).sort()
  const newest = names.at(-1)
  return removeOlder(folder, before, (name) => {
    if (!name.startsWith(prefix)) return false
    return name !== newest || (parseStamp(name) ?? now) < now - NEWEST_COPY_MS
  })
}

/** What lies in a folder; nothing where there is none, or it is closed to this process. */
async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT' || code === 'EACCES') return []
    throw error
  }
}

async function removeOlder(folder: string, before: UnixMs, isOurs: (name: string) => boolean) {
  const old = (await list(folder)).filter((name) => {
    const at = parseStamp(name)
    return isOurs(name) && at !== null && at < before
  })
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })))
  return old
}

/** Removes all but the newest files of a kind, by the instants in their names. */
export async function keepNewest(folder: string, prefix: string, count: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix)).sort()
  const old = names.slice(0, Math.max(0, names.length - count))
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })))
}
