import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import type { Database } from '../database/open.ts'
import { loadOrMakeMasterKey, parseMasterKey } from './master-key.ts'
import { Secrets } from './secrets.ts'

declare module 'fastify' {
  interface FastifyInstance {
    secrets: Secrets
  }
}

/**
 * The secrets of an installation: from `MASTER_KEY`, or from the file made at its first start.
 *
 * @param mayMake - whether records may be begun here; where some are sealed already no key is made
 * @throws StartError MASTER_KEY_MISSING
 */
export async function loadSecrets(
  config: Pick<Config, 'dataDir' | 'masterKey'>,
  database: Database,
  mayMake: boolean,
): Promise<Secrets> {
  const { dataDir, masterKey } = config
  const isNew = mayMake && !(await hasSealedRecords(database))
  return new Secrets(
    masterKey === null
      ? loadOrMakeMasterKey(join(dataDir, 'secrets'), isNew)
      : parseMasterKey(masterKey, 'MASTER_KEY'),
  )
}

/**
 * Keys and seals for the rooms. Owns the master key. Asks for the database.
 *
 * @param isKept - false where the records are in memory only: then so is the key
 */
export const secretsPlugin = fp<{ config: Config; isKept: boolean }>(
  async (app, { config, isKept }) => {
    const isPassing = !isKept && config.masterKey === null
    app.decorate(
      'secrets',
      isPassing ? new Secrets(randomBytes(32)) : await loadSecrets(config, app.database, true),
    )
  },
  { name: 'secrets', dependencies: ['database'] },
)

/** Whatever is sealed came with a line in the audit log, whose last one is noted under seal. */
async function hasSealedRecords(database: Database): Promise<boolean> {
  const row = await database.selectFrom('audit_events').select('seq').limit(1).executeTakeFirst()
  return row !== undefined
}
