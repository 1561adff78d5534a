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
 * Owns quiet_hours. Asks accounts who is whose, and presence who is to be told at once.
 */
export const quietPlugin = fp(
  async (app) => {
    const { clock, database, accounts, presence } = app
    app.decorate('quiet', new QuietTimes({ clock, database, accounts, presence }))
    return Promise.resolve()
  },
  { name: 'quiet', dependencies: ['accounts', 'clock', 'database', 'presence'] },
)
