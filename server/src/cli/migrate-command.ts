import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { withWorkFolder } from '../backup/folders.ts'
import { copyBeforeMigration } from '../backup/copy-before-migration.ts'
import { toBackupError } from '../backup/backup-error.ts'
import { copyRecords } from '../backup/make-backup.ts'
import { readConfig, type Config } from '../config.ts'
import { shareRecords } from '../database/data-lock.ts'
import { migrate } from '../database/migrate.ts'
import { openDatabase, type Database } from '../database/open.ts'
import { refuseTooNew } from '../database/steps.ts'
import { systemClock } from '../plugins/clock.ts'
import { StartError } from '../start-error.ts'
import { CLI_ACTOR, type BareCommand, type Outcome } from './command.ts'
import { openCore } from './open-core.ts'

const migrateCommand: BareCommand = {
  name: 'migrate',
  usage: '[--dry-run]',
  summary: 'bring older records up to date after keeping a copy; the server does so at its start',
  wordCount: [0, 0],
  flags: ['dry-run'],
  async runBare({ flags }) {
    const config = readConfig()
    if (!existsSync(config.databaseFile)) {
      throw new StartError('DATA_DIR holds no records.')
    }
    return flags.has('dry-run') ? rehearse(config) : perform(config)
  },
}

export const MIGRATE_COMMANDS: readonly BareCommand[] = [migrateCommand]

/** All steps on a copy, which is thrown away: what would fail, fails here. */
async function rehearse(config: Config): Promise<Outcome> {
  const lock = shareRecords(config.dataDir)
  try {
    return await withWorkFolder(config.dataDir, async (work) => {
      const copy = join(work, 'copy.sqlite')
      copyRecords(config.databaseFile, copy)
      const beganAt = performance.now()
      const database = openDatabase(copy)
      const steps = await rehearseSteps(database).finally(() => database.destroy())
      const tookMs = Math.round(performance.now() - beganAt)
      return {
        lines:
          steps.length === 0
            ? ['The records are up to date.']
            : [
                `On a copy it works, in ${tookMs} ms: ${steps.join(', ')}.`,
                'Nothing was changed in the records.',
              ],
        json: { isDryRun: true, steps, tookMs },
      }
    })
  } catch (error) {
    throw toBackupError(error, config.dataDir)
  } finally {
    lock.release()
  }
}

async function rehearseSteps(database: Database): Promise<string[]> {
  await refuseTooNew(database)
  return migrate(database, systemClock.now())
}

async function perform(config: Config): Promise<Outcome> {
  const core = await openCore(config, { clock: systemClock })
  try {
    const now = systemClock.now()
    const copy = await copyBeforeMigration(core.database, config, now)
    const steps = await migrate(core.database, now)
    const event = { action: 'records.migrated', actor: CLI_ACTOR, subjectId: null } as const
    await core.audit.record({ ...event, details: { count: steps.length } })
    return {
      lines:
        steps.length === 0
          ? ['The records are up to date.']
          : [`Done: ${steps.join(', ')}.`, `The records from before are kept in ${copy ?? ''}.`],
      json: { isDryRun: false, steps, copy },
    }
  } finally {
    await core.close()
  }
}
