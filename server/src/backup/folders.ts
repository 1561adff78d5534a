import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DurationMs, UnixMs } from '@naervaer/shared'

export const DAY_MS: DurationMs = 24 * 3_600_000
/** Such as `2026-11-22T03-15-00Z`: no colons, which not every file system takes. */
const STAMP = /(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z/
/** What the records are called that a restore has put aside; followed by the instant. */
export const FORMER_PREFIX = 'naervaer.sqlite.before-restore-'
/** No backup and no restore takes longer. */
const LONGEST_WORK_MS: DurationMs = 6 * 3_600_000
const WORK_PREFIX = '.work-'
const BACKUP = /^naervaer-.*\.age$/

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

/** Removes what restores have put aside, once backups of that age would be gone as well. */
export function removeOldFormer(dataDir: string, before: UnixMs): Promise<string[]> {
  return removeOlder(dataDir, before, (name) => name.startsWith(FORMER_PREFIX))
}

async function removeOlder(folder: string, before: UnixMs, isOurs: (name: string) => boolean) {
  const old = (await readdir(folder)).filter((name) => {
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
