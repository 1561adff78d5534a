import { dirname } from 'node:path'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { shareRecords, type DataLock } from '../database/data-lock.ts'
import { migrate } from '../database/migrate.ts'
import { makeFolder, openDatabase, type Database } from '../database/open.ts'
import { refuseTooNew } from '../database/steps.ts'
import { StartError } from '../start-error.ts'

declare module 'fastify' {
  interface FastifyInstance {
    database: Database
  }
}

/**
 * Opens the records, brings their schema up to date, and closes them last. Owns the database handle, and
 * the hold on `DATA_DIR` that keeps a restore away.
 */
export const databasePlugin = fp<{
  file: string
  config: Pick<Config, 'dataDir' | 'databaseFile'>
  /** Keeps older records as they are, before they are brought up to date. */
  keepOlder: (database: Database) => Promise<unknown>
}>(
  async (app, { file, config, keepOlder }) => {
    if (file === config.databaseFile) {
      const lock = hold(config.dataDir)
      app.addHook('onClose', () => lock.release())
    }
    const database = open(file)
    app.addHook('onClose', () => database.destroy())
    const newer = await refuseTooNew(database)
    if (newer.length > 0) {
      const told = { code: 'SCHEMA_NEWER', steps: newer }
      app.log.warn(told, 'the records are of a newer version, which this one runs on')
    }
    await keepOlder(database)
    await migrate(database, app.clock.now())
    app.decorate('database', database)
  },
  { name: 'database', dependencies: ['clock'] },
)

/** @throws StartError where there is no folder to be had, or its records are being replaced */
function hold(dataDir: string): DataLock {
  try {
    makeFolder(dataDir)
    return shareRecords(dataDir)
  } catch (cause) {
    if (cause instanceof StartError) throw cause
    throw refuse(dataDir, cause)
  }
}

function refuse(folder: string, cause: unknown): StartError {
  const reason = cause instanceof Error ? cause.message : 'unknown'
  return new StartError(`DATA_DIR cannot hold the records in ${folder} (${reason}).`, { cause })
}

/** @throws StartError where there is no file to be had, or one that is none of ours */
function open(file: string): Database {
  try {
    return openDatabase(file)
  } catch (cause) {
    throw refuse(dirname(file), cause)
  }
}
