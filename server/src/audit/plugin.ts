import fp from 'fastify-plugin'
import { Audit } from './audit.ts'

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
  // eslint-disable-next-line @typescript-eslint/require-await -- Fastify takes async plugins
  async (app) => {
    const { database, clock, secrets } = app
    app.decorate('audit', new Audit({ database, clock, secrets }))
  },
  { name: 'audit', dependencies: ['clock', 'database', 'secrets'] },
)
