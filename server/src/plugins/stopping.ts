import fp from 'fastify-plugin'
import { NaervaerError } from '@naervaer/shared'

/** How long a request that is under way may take once the server stops; sockets have said goodbye by then. */
const DRAIN_MS = 5_000

/**
 * While the server stops, what still comes is told to come again later, and what is under way is
 * waited for, but not for ever: a request of a telephone that has lost its network never ends.
 *
 * Owns nothing but one timer.
 */
export const stoppingPlugin = fp(
  async (app) => {
    let isStopping = false
    app.addHook('preClose', (done) => {
      isStopping = true
      const timer = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS)
      // What it is for keeps the process alive by itself.
      timer.unref()
      app.server.once('close', () => clearTimeout(timer))
      done()
    })
    app.addHook('onRequest', (_request, _reply, done) => {
      done(isStopping ? new NaervaerError('SERVER_STOPPING') : undefined)
    })
  },
  { name: 'stopping', dependencies: ['errors'] },
)
