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
 * Owns quiet_hours. Asks choice who has stopped, audit to keep what is changed, and presence to tell those whom it
 * concerns.
 */
export const quietPlugin = fp(
  async (app) => {
    const { database, presence, audit, choice } = app
    const quiet = new QuietTimes({ database, presence, audit })
    choice.onWithdrawn((citizenId) => quiet.forget(citizenId))
    app.decorate('quiet', quiet)
    return Promise.resolve()
  },
  { name: 'quiet', dependencies: ['audit', 'choice', 'database', 'presence'] },
)
