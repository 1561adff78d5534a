import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { findSecretKey } from '../../../server/src/backup/age-file.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { runCli, runCliJson } from '../../helpers/cli.ts'
import { FIXTURE_KEY } from '../../helpers/records.ts'

/** An installation with a key for backups: what commands of it are given. */
export interface BackupWorld {
  readonly env: Record<string, string>
  readonly dataDir: string
  readonly databaseFile: string
  /** Where its backups go: not in `DATA_DIR`. */
  readonly folder: string
  /** The file with the secret key. */
  readonly keyFile: string
}

export interface MadeBackup {
  readonly path: string
  readonly at: number
  readonly sha256: string
  readonly removed: string[]
  readonly manifest: { readonly rows: Record<string, number>; readonly auditHead: string | null }
}

export async function makeBackupWorld(t: Test): Promise<BackupWorld> {
  const [dataDir, folder] = [makeTempDir(t), makeTempDir(t)]
  const keyFile = join(makeTempDir(t), 'secret.key')
  const made = await runCliJson<{ publicKey: string }>({}, 'backup', 'keygen', '--to', keyFile)
  findSecretKey(readFileSync(keyFile, 'utf8'))
  const env = {
    DATA_DIR: dataDir,
    MASTER_KEY: FIXTURE_KEY,
    BACKUP_PUBLIC_KEY: made.publicKey,
    BACKUP_DIR: folder,
    LOG_LEVEL: 'warn',
  }
  return { env, dataDir, databaseFile: join(dataDir, 'naervaer.sqlite'), folder, keyFile }
}

export const backUp = ({ env }: BackupWorld) => runCliJson<MadeBackup>(env, 'backup')

export const restore = ({ env, keyFile }: BackupWorld, path: string) =>
  runCli(env, 'restore', path, '--key', keyFile, '--json')

/** Every file below a folder with its content, to see that nothing has changed. */
export function readAll(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .map((path) => [path, readFileSync(path).toString('base64')]),
  )
}
