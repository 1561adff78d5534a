import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { SealError } from '../secrets/secrets.ts'
import { StartError } from '../start-error.ts'
import { Audit } from './audit.ts'
import { HeadWitness } from './head-witness.ts'
import { AuditStream } from './stream.ts'

declare module 'fastify' {
  interface FastifyInstance {
    audit: Audit
  }
}

/**
 * The log of what was done and read, which can only be added to.
 *
 * Owns audit_events and audit_head. Asks for the database, the clock and the secrets.
 */
export const auditPlugin = fp<{ config: Pick<Config, 'masterKey'> }>(
  async (app, { config }) => {
    const { database, clock, secrets } = app
    // Without a log there is nobody to tell, and nothing is to be noted as told.
    const stream =
      app.log.level === 'silent' ? null : new AuditStream({ clock, database, log: app.log })
    const audit = new Audit({ database, clock, secrets, onRecorded: () => stream?.note() })
    await checkMasterKey(audit, config)
    app.decorate('audit', audit)
    // Also where the log is set to warnings: a proof that is filtered out proves nothing.
    const log = app.log.level === 'silent' ? app.log : app.log.child({}, { level: 'info' })
    const witness = new HeadWitness({ clock, audit, log })
    app.addHook('onListen', async () => {
      await witness.start()
      await stream?.start()
    })
    app.addHook('onClose', async () => {
      witness.stop()
      await stream?.stop()
    })
  },
  { name: 'audit', dependencies: ['clock', 'database', 'secrets'] },
)

/**
 * Records that were sealed with another key must not be written on with this one.
 *
 * @throws StartError MASTER_KEY_WRONG where the sealed head of the log does not open
 */
export async function checkMasterKey(
  audit: Audit,
  { masterKey }: Pick<Config, 'masterKey'>,
): Promise<void> {
  try {
    await audit.loadHead()
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause
    const source = masterKey === null ? 'DATA_DIR/secrets/master.key' : 'MASTER_KEY'
    throw new StartError(
      `${source} is not the key that the records in DATA_DIR were sealed with.`,
      { cause, code: 'MASTER_KEY_WRONG' },
    )
  }
}
