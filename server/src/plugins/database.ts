import { dirname } from 'node:path'
import fp from 'fastify-plugin'
import { migrate } from '../database/migrate.ts'
import { openDatabase, type Database } from '../database/open.ts'
import { StartError } from '../start-error.ts'

declare module 'fastify' {
  interface FastifyInstance {
    database: Database
  }
}

/** Opens the records, brings their schema up to date, and closes them last. Owns the database handle. */
export const databasePlugin = fp<{ file: string }>(
  async (app, { file }) => {
    const database = open(file)
    app.addHook('onClose', () => database.destroy())
    await migrate(database, app.clock.now())
    app.decorate('database', database)
  },
  { name: 'database', dependencies: ['clock'] },
)

/** @throws StartError where there is no file to be had, or one that is none of ours */
function open(file: string): Database {
  try {
    return openDatabase(file)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown'
    throw new StartError(`DATA_DIR cannot hold the records in ${dirname(file)} (${reason}).`, {
      cause,
    })
  }
}
