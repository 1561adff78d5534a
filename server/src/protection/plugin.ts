import fp from 'fastify-plugin'
import { Protections } from './service.ts'

declare module 'fastify' {
  interface FastifyInstance {
    protection: Protections
  }
}

/**
 * Citizens whose calls must not show an address.
 *
 * Owns protected_addresses. Asks accounts who is whose, presence who is to be told at once, and
 * audit to keep who said so.
 */
export const protectionPlugin = fp(
  async (app) => {
    const { clock, database, accounts, presence, audit } = app
    app.decorate('protection', new Protections({ clock, database, accounts, presence, audit }))
    return Promise.resolve()
  },
  { name: 'protection', dependencies: ['accounts', 'audit', 'clock', 'database', 'presence'] },
)
