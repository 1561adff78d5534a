import fp from 'fastify-plugin'
import { NaervaerError } from '@naervaer/shared'

/** While the server stops, what still comes is told to come again later. Owns nothing. */
export const stoppingPlugin = fp(
  async (app) => {
    let isStopping = false
    app.addHook('preClose', (done) => {
      isStopping = true
      done()
    })
    app.addHook('onRequest', (_request, _reply, done) => {
      done(isStopping ? new NaervaerError('SERVER_STOPPING') : undefined)
    })
  },
  { name: 'stopping', dependencies: ['errors'] },
)
