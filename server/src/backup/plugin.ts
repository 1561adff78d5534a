import fp from 'fastify-plugin'
import type { DurationMs } from '@naervaer/shared'
import { defaultFolder } from '../backup-folder.ts'
import type { Config } from '../config.ts'
import { sweepRegularly } from '../plugins/sweep.ts'
import { removeOldCopies } from './folders.ts'

const SWEEP_INTERVAL_MS: DurationMs = 3_600_000

/** Removes what restores and migrations have put aside, also where nobody makes backups. Owns the timer of that. */
export const oldCopiesPlugin = fp<{ config: Pick<Config, 'dataDir' | 'backup'> }>(
  (app, { config: { dataDir, backup } }, done) => {
    const folders = [...new Set([backup.folder, defaultFolder(dataDir)])]
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'removing old copies of the records',
      run: () => removeOldCopies({ dataDir, folders, keepDays: backup.keepDays }, app.clock.now()),
    })
    done()
  },
  { name: 'oldCopies', dependencies: ['clock'] },
)
