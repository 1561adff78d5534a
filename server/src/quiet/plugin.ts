import fp from 'fastify-plugin'
import { QuietTimes } from './service.ts'

declare module 'fastify' {
  interface FastifyInstance {
    quiet: QuietTimes
  }
}

/**
 * When citizens do not want to be rung.
 *
 * Owns quiet_hours. Asks accounts who is whose, choice who has stopped, audit to keep what is changed, and
 * presence who is to be told at once.
 */
export const quietPlugin = fp(
  async (app) => {
    const { clock, database, accounts, presence, audit, choice } = app
    const quiet = new QuietTimes({ clock, database, accounts, presence, audit })
    choice.onWithdrawn((citizenId) => quiet.forget(citizenId))
    app.decorate('quiet', quiet)
    return Promise.resolve()
  },
  { name: 'quiet', dependencies: ['accounts', 'audit', 'choice', 'clock', 'database', 'presence'] },
)
