import fp from 'fastify-plugin'

/** One line per answered request: its route, never its address or query. Owns nothing. */
export const requestLogPlugin = fp(
  async (app) => {
    app.addHook('onResponse', async (request, reply) => {
      const fields = {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        actorRole: request.session?.roles[0] ?? null,
        durationMs: Math.round(reply.elapsedTime),
      }
      request.log.debug(fields, 'answered')
      return Promise.resolve()
    })
  },
  { name: 'request-log' },
)
