import fp from 'fastify-plugin'
import { Travels } from './service.ts'

declare module 'fastify' {
  interface FastifyInstance {
    travel: Travels
  }
}

/**
 * The way to each citizen and back.
 *
 * Owns travel_profiles; mileage_rates are the command line's. Asks accounts who is whose, and audit to
 * keep who said what.
 */
export const travelPlugin = fp(
  async (app) => {
    const { clock, database, accounts, audit } = app
    app.decorate('travel', new Travels({ clock, database, accounts, audit }))
    return Promise.resolve()
  },
  { name: 'travel', dependencies: ['accounts', 'audit', 'clock', 'database'] },
)
