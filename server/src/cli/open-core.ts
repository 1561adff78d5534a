import { existsSync } from 'node:fs'
import { Audit } from '../audit/audit.ts'
import { checkMasterKey } from '../audit/plugin.ts'
import { copyBeforeMigration } from '../backup/copy-before-migration.ts'
import type { Config } from '../config.ts'
import { shareRecords } from '../database/data-lock.ts'
import { migrate } from '../database/migrate.ts'
import { makeFolder, openDatabase } from '../database/open.ts'
import { refuseTooNew } from '../database/steps.ts'
import type { Clock } from '../plugins/clock.ts'
import { loadSecrets } from '../secrets/plugin.ts'
import { StartError } from '../start-error.ts'

/** What of the records every command needs: the handle, the keys, and the log of what is done. */
export type Core = Awaited<ReturnType<typeof openCore>>

interface CoreOptions {
  readonly clock: Clock
  /** Whether records that are not there yet are begun. */
  readonly mayCreate?: boolean
  /** Whether older records are brought up to date; without, they are used as they are. */
  readonly mayMigrate?: boolean
}

/**
 * Opens the records, which a server may use at the same time.
 *
 * @throws StartError where there are none, they are being restored or of too new a version, or the key is another
 */
export async function openCore(
  config: Config,
  { clock, mayCreate = false, mayMigrate = false }: CoreOptions,
) {
  if (!mayCreate && !existsSync(config.databaseFile)) {
    throw new StartError('DATA_DIR holds no records.')
  }
  makeFolder(config.dataDir)
  const lock = shareRecords(config.dataDir)
  const database = openDatabase(config.databaseFile)
  const close = async () => {
    await database.destroy()
    lock.release()
  }
  try {
    await refuseTooNew(database)
    if (mayMigrate) {
      await copyBeforeMigration(database, config, clock.now())
      await migrate(database, clock.now())
    }
    const secrets = await loadSecrets(config, database, mayCreate)
    const audit = new Audit({ database, clock, secrets })
    await checkMasterKey(audit, config)
    return { database, secrets, audit, close }
  } catch (error) {
    await close()
    throw error
  }
}
