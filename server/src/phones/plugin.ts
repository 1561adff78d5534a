import fp from 'fastify-plugin'
import { Phones } from './service.ts'

declare module 'fastify' {
  interface FastifyInstance {
    phones: Phones
  }
}

/**
 * By which ordinary telephone citizens are reached.
 *
 * Owns phones. Asks accounts who is whose, choice who has stopped, audit to keep what is changed, and
 * presence who is to be told at once.
 */
export const phonesPlugin = fp(
  async (app) => {
    const { clock, database, accounts, presence, audit, choice } = app
    const phones = new Phones({ clock, database, accounts, presence, audit })
    // It is there for calls that nobody takes, of which there are none any more.
    choice.onWithdrawn((citizenId) => phones.change(citizenId, null, { kind: 'system' }))
    app.decorate('phones', phones)
    return Promise.resolve()
  },
  {
    name: 'phones',
    dependencies: ['accounts', 'audit', 'choice', 'clock', 'database', 'presence'],
  },
)
