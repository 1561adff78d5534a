import { existsSync } from 'node:fs'
import { copyFile, link, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { UnixMs } from '@naervaer/shared'
import { Audit } from '../audit/audit.ts'
import { parseHeadText } from '../audit/head-text.ts'
import { checkMasterKey } from '../audit/plugin.ts'
import type { Config } from '../config.ts'
import { holdRecordsAlone } from '../database/data-lock.ts'
import { migrate } from '../database/migrate.ts'
import { openDatabase, type Database } from '../database/open.ts'
import { believeClock } from '../health/known-time.ts'
import type { Clock } from '../plugins/clock.ts'
import { loadSecrets } from '../secrets/plugin.ts'
import { BackupError, toBackupError } from './backup-error.ts'
import {
  closeDoors,
  endAgain,
  readFormerEnd,
  type EndedAgain,
  type FormerEnd,
} from './end-again.ts'
import { FORMER_PREFIX, makePrivateFolder, toStamp, withWorkFolder } from './folders.ts'
import type { Manifest } from './manifest.ts'
import { openBackup } from './open-backup.ts'

export interface RestoreOptions {
  readonly config: Pick<Config, 'dataDir' | 'databaseFile' | 'masterKey'>
  readonly clock: Clock
  /** The backup. */
  readonly path: string
  readonly secretKey: string
}

/** What a backup holds, once it has been looked through. */
export interface VerifiedBackup {
  readonly manifest: Manifest
  /** Lines of its audit log. */
  readonly auditLines: number
  /** Steps that this version makes of the records on top of the backup's. */
  readonly steps: readonly string[]
}

export interface Restored extends VerifiedBackup {
  /** How far the records went that were there; null where there were none, or they cannot be read. */
  readonly former: FormerEnd | null
  /** Where those are kept; null where there were none. */
  readonly formerFile: string | null
  /** What had ended since the backup and has again; null where there was nothing to read it from. */
  readonly endedAgain: EndedAgain | null
}

/**
 * Opens a backup beside the records and looks whether all of it could be used, without using it.
 *
 * @throws BackupError, or StartError where the master key is missing or another
 */
export async function verifyBackup(options: RestoreOptions): Promise<VerifiedBackup> {
  await makePrivateFolder(options.config.dataDir)
  return withWorkFolder(options.config.dataDir, async (work) => {
    const candidate = await prepare(options, work)
    await candidate.database.destroy()
    return candidate.verified
  }).catch((error: unknown) => {
    throw toBackupError(error, options.config.dataDir)
  })
}

/**
 * Puts a backup in the place of the records (criterion O-09). Until all of it has been looked through
 * nothing is touched; then the records that were there are put aside under another name.
 *
 * @throws BackupError, or StartError where a server uses the records or the master key is another
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { config } = options
  await makePrivateFolder(config.dataDir)
  const lock = holdRecordsAlone(config.dataDir)
  try {
    return await withWorkFolder(config.dataDir, async (work) => {
      const candidate = await prepare(options, work)
      try {
        return await replace(options, candidate)
      } finally {
        await candidate.database.destroy()
      }
    })
  } catch (error) {
    throw toBackupError(error, config.dataDir)
  } finally {
    lock.release()
  }
}

interface Candidate {
  readonly file: string
  readonly database: Database
  readonly audit: Audit
  readonly verified: VerifiedBackup
}

async function prepare(options: RestoreOptions, work: string): Promise<Candidate> {
  const { config, clock, path, secretKey } = options
  const file = join(work, 'records.sqlite')
  const manifest = await openBackup(path, secretKey, file)
  const database = openDatabase(file)
  try {
    const secrets = await loadSecrets(config, database, false)
    const audit = new Audit({ database, clock, secrets })
    await checkMasterKey(audit, config)
    // First, since older records have no note yet of where their log begins; no step changes its lines.
    const steps = await migrate(database, clock.now())
    const auditLines = await verifyAudit(audit, manifest)
    return { file, database, audit, verified: { manifest, auditLines, steps } }
  } catch (error) {
    await database.destroy()
    throw error
  }
}

async function verifyAudit(audit: Audit, { auditHead }: Manifest): Promise<number> {
  const kept = auditHead === null ? null : parseHeadText(auditHead)
  if (auditHead !== null && kept === null) throw new BackupError('BACKUP_MANIFEST_WRONG')
  const verdict = await audit.verify(kept ?? undefined)
  if (verdict.isWhole) return verdict.count
  throw new BackupError('BACKUP_AUDIT_BROKEN', { about: `line ${verdict.badSeq}` })
}

async function replace({ config, clock }: RestoreOptions, candidate: Candidate): Promise<Restored> {
  const { file, database, audit, verified } = candidate
  const { databaseFile } = config
  const isNone = !existsSync(databaseFile)
  const former = isNone ? null : readFormerEnd(databaseFile)
  const endedAgain = isNone ? null : endAgain(file, databaseFile)
  closeDoors(file)
  const actor = { kind: 'cli' } as const
  const details = { fromAt: verified.manifest.createdAt, count: former?.lines ?? 0 }
  await audit.record({ action: 'backup.restored', actor, subjectId: null, details })
  // Its heartbeat is as old as the backup, and the server would take its clock for wrong.
  await believeClock(database, clock.now())
  // The last connection that closes empties the write-ahead log into the file.
  await database.destroy()
  const formerFile = await swap(file, databaseFile, clock.now())
  return { ...verified, former, formerFile, endedAgain }
}

/** @returns where the former records are now; null where there were none */
async function swap(candidate: string, databaseFile: string, now: UnixMs): Promise<string | null> {
  const isNone = !existsSync(databaseFile)
  const former = join(dirname(databaseFile), `${FORMER_PREFIX}${toStamp(now)}`)
  if (!isNone) await putAside(databaseFile, former)
  // In one step: whoever looks sees the one or the other, also after a power cut in between.
  await rename(candidate, databaseFile)
  return isNone ? null : former
}

/**
 * The records get a second name first, so that at no time there is nothing under the first: a server
 * that found nothing would begin anew. Their log goes along, or it would be played into the new ones.
 */
async function putAside(databaseFile: string, former: string): Promise<void> {
  // Some file systems have no second names.
  await link(databaseFile, former).catch(() => copyFile(databaseFile, former))
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(`${databaseFile}${suffix}`)) {
      await rename(`${databaseFile}${suffix}`, `${former}${suffix}`)
    }
  }
}
