import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  NaervaerError,
  PasskeyProofSchema,
  PasskeyRequestSchema,
  PassphraseSignInSchema,
  SignInMethodsReplySchema,
} from '@naervaer/shared'
import { makeToken, TOKEN_PATTERN } from '../accounts/tokens.ts'
import type { Config } from '../config.ts'
import { CHALLENGE_LIFE_MS } from './challenges.ts'

/** A whole office may come in at eight from one address. */
const PASSKEY_LIMIT = { max: 120, timeWindow: 60_000 }
/** Beside the waiting times of each account. */
const PASSPHRASE_LIMIT = { max: 20, timeWindow: 60_000 }

/** How staff sign in. Whoever has no role of staff any more is refused like a stranger. */
export const signInRoutes: FastifyPluginAsyncTypebox<{ config: Config }> = async (
  app,
  { config },
) => {
  const visit = makeVisitCookie(config.isHttps)

  /** Does `work`, and notes where it refuses. */
  const noting = async (method: 'passkey' | 'passphrase', work: () => Promise<FastifyReply>) => {
    try {
      return await work()
    } catch (error) {
      app.refusedSignIns.noteError(method, error)
      throw error
    }
  }

  app.get(
    '/api/sign-in/methods',
    { config: { serves: 'anybody' }, schema: { response: { 200: SignInMethodsReplySchema } } },
    () => ({ methods: app.signInMethods.list() }),
  )

  app.post(
    '/api/sign-in/passkey/start',
    {
      config: { serves: 'anybody', rateLimit: PASSKEY_LIMIT },
      schema: { response: { 200: PasskeyRequestSchema } },
    },
    async (_request, reply) => app.passkeys.startSignIn(visit.begin(reply)),
  )

  app.post(
    '/api/sign-in/passkey',
    {
      config: { serves: 'anybody', rateLimit: PASSKEY_LIMIT },
      schema: { body: PasskeyProofSchema },
    },
    (request, reply) =>
      noting('passkey', async () => {
        const personId = await app.passkeys.checkSignIn(request.body, visit.end(request, reply))
        await app.admitStaff(request, reply, { personId, method: 'passkey' })
        return reply.code(204).send()
      }),
  )

  app.post(
    '/api/sign-in/passphrase',
    {
      config: { serves: 'anybody', rateLimit: PASSPHRASE_LIMIT },
      schema: { body: PassphraseSignInSchema },
    },
    (request, reply) =>
      noting('passphrase', async () => {
        const personId = await app.passphrases.check(request.body, request.ip)
        await app.admitStaff(request, reply, { personId, method: 'passphrase' })
        return reply.code(204).send()
      }),
  )
}

/** A cookie by which a challenge can be answered only by the browser that asked for it. */
function makeVisitCookie(isHttps: boolean) {
  const name = `${isHttps ? '__Host-' : ''}naervaer-sign-in`
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: isHttps } as const
  return {
    /** @returns what the challenge is bound to */
    begin(reply: FastifyReply): string {
      const token = makeToken()
      reply.setCookie(name, token, { ...options, maxAge: CHALLENGE_LIFE_MS / 1_000 })
      return token
    },
    end(request: FastifyRequest, reply: FastifyReply): string {
      const token = request.cookies[name]
      if (token === undefined || !TOKEN_PATTERN.test(token)) {
        throw new NaervaerError('CHALLENGE_EXPIRED')
      }
      reply.clearCookie(name, options)
      return token
    },
  }
}
