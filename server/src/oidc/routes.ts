import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import {
  OidcRefusalReplySchema,
  OidcSignOutReplySchema,
  type OidcRefusal,
  type OidcRefusalReason,
} from '@naervaer/shared'
import * as client from 'openid-client'
import { CALLBACK_PATH, REFUSED_PAGE, START_PATH } from './paths.ts'
import type { OidcRoom } from './plugin.ts'
import { ProviderUnreachable } from './provider.ts'
import { SignInRefused } from './service.ts'

const A_MINUTE_MS = 60_000
/** Everybody in a building may come from one address. */
const LIMIT = { max: 120, timeWindow: A_MINUTE_MS }

/**
 * Signing in and out with a work account: to the provider, back from it, and why it was refused.
 * The browser comes by address line, so every outcome is an address too.
 */
export const oidcRoutes: FastifyPluginAsyncTypebox<OidcRoom> = async (
  app,
  { cookies, provider, signIn, homeUrl },
) => {
  const { clock } = app

  const refuse = (reply: FastifyReply, refusal: OidcRefusal) => {
    cookies.writeRefusal(reply, refusal, clock.now())
    return reply.redirect(REFUSED_PAGE, 303)
  }
  const refuseFor = (reply: FastifyReply, error: unknown) => {
    const refusal = toRefusal(error)
    app.log.warn({ code: toLogCode(error), type: refusal.reason }, 'work account refused')
    // A provider that is down has refused nobody, and who gives up was not refused.
    if (refusal.reason !== 'unreachable' && refusal.reason !== 'cancelled') {
      const personId = error instanceof SignInRefused ? error.personId : null
      app.refusedSignIns.note({ method: 'oidc', reason: refusal.reason, personId })
    }
    return refuse(reply, refusal)
  }

  app.get(
    START_PATH,
    { config: { serves: 'anybody', rateLimit: LIMIT } },
    async (request, reply) => {
      // Another site may link to the front page, not into the middle of a sign-in.
      if (request.headers['sec-fetch-site'] === 'cross-site') return reply.redirect('/', 303)
      const checks = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        codeVerifier: client.randomPKCECodeVerifier(),
      }
      try {
        const url = await provider.makeSignInUrl(checks)
        const browserToken = app.cookies.readBrowser(request)?.slice(0, 100) ?? null
        cookies.writeTransaction(reply, { ...checks, startedAt: clock.now(), browserToken })
        return await reply.redirect(url.href, 303)
      } catch (error) {
        return refuseFor(reply, error)
      }
    },
  )

  app.get(
    CALLBACK_PATH,
    { config: { serves: 'anybody', rateLimit: LIMIT } },
    async (request, reply) => {
      const transaction = cookies.readTransaction(request, clock.now())
      cookies.clearTransaction(reply)
      if (transaction === null) return refuseFor(reply, new SignInRefused('expired'))
      try {
        const search = new URL(request.url, homeUrl).search
        const { idToken, claims } = await provider.redeem(search, transaction)
        const tokens = await signIn.signIn({
          claims,
          idToken,
          startedAt: transaction.startedAt,
          browserToken: transaction.browserToken ?? undefined,
          userAgent: request.headers['user-agent'],
        })
        app.cookies.writeSession(reply, tokens.session, false)
        app.cookies.writeBrowser(reply, tokens.browser)
        cookies.clearRefusal(reply)
        return await reply.redirect('/', 303)
      } catch (error) {
        return refuseFor(reply, error)
      }
    },
  )

  app.get(
    '/api/oidc/refusal',
    { config: { serves: 'anybody' }, schema: { response: { 200: OidcRefusalReplySchema } } },
    (request) => ({ refusal: cookies.readRefusal(request, clock.now()) }),
  )

  app.post(
    '/api/oidc/sign-out',
    { config: { serves: 'anybody' }, schema: { response: { 200: OidcSignOutReplySchema } } },
    async (request, reply) => {
      const session = await app.findSession(request)
      const idToken = session === null ? null : await signIn.findIdToken(session.id)
      await app.signOut(request, reply, session)
      if (idToken === null) return { redirectTo: null }
      // Signed out here whatever the provider does; one that is down cannot be visited.
      const url = await provider.makeSignOutUrl(idToken, homeUrl).catch(() => null)
      return { redirectTo: url?.href ?? null }
    },
  )
}

function toRefusal(error: unknown): OidcRefusal {
  if (error instanceof SignInRefused) return error.refusal
  return { reason: toReason(error), subject: null }
}

function toReason(error: unknown): OidcRefusalReason {
  if (error instanceof ProviderUnreachable) return 'unreachable'
  if (error instanceof client.AuthorizationResponseError) {
    return error.error === 'access_denied' ? 'cancelled' : 'failed'
  }
  return 'failed'
}

/** What went wrong as a word of the library's; never a message, which may quote a token. */
function toLogCode(error: unknown): string {
  if (error instanceof client.ResponseBodyError) return error.error.slice(0, 60)
  if (error instanceof Error && 'code' in error) return String(error.code)
  return error instanceof Error ? error.name : typeof error
}
