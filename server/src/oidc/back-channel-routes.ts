import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { NaervaerError } from '@naervaer/shared'
import { errors } from 'jose'
import { LOGOUT_PATH } from './paths.ts'
import type { OidcRoom } from './plugin.ts'
import { verifyLogoutToken } from './verify-logout-token.ts'

const MAX_BODY_BYTES = 16 * 1024
const LIMIT = { max: 600, timeWindow: 60_000 }

/**
 * What the provider says to this server without a browser in between: that a session is over.
 *
 * @see OpenID Connect Back-Channel Logout 1.0 § 2.5 to § 2.8
 */
export const backChannelRoutes: FastifyPluginAsyncTypebox<OidcRoom> = async (
  app,
  { provider, signIn },
) => {
  // In this scope only: nothing else here reads forms, which other sites can send.
  app.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
    (_request, body, done) => done(null, new URLSearchParams(body)),
  )

  app.post(
    LOGOUT_PATH,
    { config: { serves: 'anybody', isFromServers: true, rateLimit: LIMIT } },
    async (request, reply) => {
      const token = readToken(request.body)
      const trust = await provider.loadTrust()
      const order = await verifyLogoutToken(token, trust).catch((error: unknown) => {
        if (!(error instanceof errors.JOSEError)) throw error
        app.log.warn({ code: error.code }, 'logout token refused')
        throw new NaervaerError('BODY_INVALID', { cause: error })
      })
      if (!(await signIn.carryOut(order))) throw new NaervaerError('BODY_INVALID')
      return reply.code(200).send()
    },
  )
}

function readToken(body: unknown): string {
  const tokens = body instanceof URLSearchParams ? body.getAll('logout_token') : []
  const [token] = tokens
  if (token === undefined || tokens.length !== 1) throw new NaervaerError('BODY_INVALID')
  return token
}
