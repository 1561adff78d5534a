import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { loadOrMakeMasterKey, parseMasterKey } from './master-key.ts'
import { Secrets } from './secrets.ts'

declare module 'fastify' {
  interface FastifyInstance {
    secrets: Secrets
  }
}

/** The secrets of an installation: from `MASTER_KEY`, or from the file made at its first start. */
export function loadSecrets(config: Pick<Config, 'dataDir' | 'masterKey'>): Secrets {
  const { dataDir, masterKey } = config
  return new Secrets(
    masterKey === null
      ? loadOrMakeMasterKey(join(dataDir, 'secrets'))
      : parseMasterKey(masterKey, 'MASTER_KEY'),
  )
}

/**
 * Keys and seals for the rooms. Owns the master key.
 *
 * @param isKept - false where the records are in memory only: then so is the key
 */
export const secretsPlugin = fp<{ config: Config; isKept: boolean }>(
  async (app, { config, isKept }) => {
    const isPassing = !isKept && config.masterKey === null
    app.decorate('secrets', isPassing ? new Secrets(randomBytes(32)) : loadSecrets(config))
  },
  { name: 'secrets' },
)
