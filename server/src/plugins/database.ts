import fp from 'fastify-plugin'
import { migrate } from '../database/migrate.ts'
import { openDatabase, type Database } from '../database/open.ts'

declare module 'fastify' {
  interface FastifyInstance {
    database: Database
  }
}

/** Opens the records, brings their schema up to date, and closes them last. Owns the database handle. */
export const databasePlugin = fp<{ file: string }>(
  async (app, { file }) => {
    const database = openDatabase(file)
    app.addHook('onClose', () => database.destroy())
    await migrate(database, app.clock.now())
    app.decorate('database', database)
  },
  { name: 'database', dependencies: ['clock'] },
)
