import fp from 'fastify-plugin'
import { SealError } from '../secrets/secrets.ts'
import { StartError } from '../start-error.ts'
import { Audit } from './audit.ts'
import { HeadWitness } from './head-witness.ts'

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
export const auditPlugin = fp(
  async (app) => {
    const { database, clock, secrets } = app
    const audit = new Audit({ database, clock, secrets })
    await checkMasterKey(audit)
    app.decorate('audit', audit)
    // Also where the log is set to warnings: a proof that is filtered out proves nothing.
    const log = app.log.level === 'silent' ? app.log : app.log.child({}, { level: 'info' })
    const witness = new HeadWitness({ clock, audit, log })
    app.addHook('onListen', () => witness.start())
    app.addHook('onClose', () => witness.stop())
  },
  { name: 'audit', dependencies: ['clock', 'database', 'secrets'] },
)

/**
 * Records that were sealed with another key must not be written on with this one.
 *
 * @throws StartError where the sealed head of the log does not open
 */
export async function checkMasterKey(audit: Audit): Promise<void> {
  try {
    await audit.loadHead()
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause
    throw new StartError(
      'MASTER_KEY is not the one that the records in DATA_DIR were sealed with.',
      {
        cause,
      },
    )
  }
}
