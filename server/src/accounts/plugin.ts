import cookie from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { NaervaerError, type PersonId, type SessionMethod } from '@naervaer/shared'
import type { Config } from '../config.ts'
import { makeCookies, type Cookies } from './cookies.ts'
import { Accounts, toActor } from './service.ts'
import type { Session } from './session.ts'

/** Whether this request may use the session that it brought. */
export type SessionGuard = (request: FastifyRequest, session: Session) => Promise<boolean>

declare module 'fastify' {
  interface FastifyInstance {
    accounts: Accounts
    cookies: Cookies
    /** A hook for scopes that only signed-in people may enter; it sets `request.session`. */
    requireSession: (request: FastifyRequest) => Promise<void>
    /**
     * Adds a condition that every session must fulfil with every request; one that does not is no
     * session. Called while the server starts.
     */
    guardSessions: (guard: SessionGuard) => void
    /** Who asks, or null; the session counts as used. */
    findSession: (request: FastifyRequest) => Promise<Session | null>
    /**
     * Ends the session that asks, as `findSession` gave it: a token alone ends nobody's. The browser
     * forgets its cookie in any case.
     */
    signOut: (request: FastifyRequest, reply: FastifyReply, own: Session | null) => Promise<void>
    /** Signs a person in in the browser that asks, and gives it its cookies. */
    startSession: (
      request: FastifyRequest,
      reply: FastifyReply,
      personId: PersonId,
      method: SessionMethod,
      isEmergency?: boolean,
    ) => Promise<void>
  }
  interface FastifyContextConfig {
    /** Whether asking this is no use of the session, so that it does not keep it from running out. */
    isLook?: boolean
  }
  interface FastifyRequest {
    session: Session | null
    /** The session's token for the browser to keep from now on, sent with the answer. */
    freshCookie: { readonly token: string; readonly isLasting: boolean } | null
  }
}

/**
 * Who may come in, and who is whose.
 *
 * Owns people, person_roles, assignments, devices and sessions. Asks for the database, the clock and
 * the audit log.
 */
export const accountsPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    await app.register(cookie)
    const { clock, database, audit } = app
    const accounts = new Accounts({ clock, database, audit })
    const cookies = makeCookies(config.isHttps)
    app.decorate('accounts', accounts)
    app.decorate('cookies', cookies)
    app.decorateRequest('session', null)
    app.decorateRequest('freshCookie', null)

    const guards: SessionGuard[] = []
    app.decorate('guardSessions', (guard) => {
      guards.push(guard)
    })
    const findSession = async (request: FastifyRequest) => {
      const token = cookies.readSession(request)
      const session = await accounts.findSession(token)
      if (session === null || token === undefined) return null
      for (const mayUse of guards) if (!(await mayUse(request, session))) return null
      const isLook = request.routeOptions.config.isLook === true
      const isNoted = !isLook && (await accounts.noteUse(session))
      // An answer to an upgrade cannot be counted on to set a cookie; the next request will.
      if (!session.isTokenCurrent || request.ws) return session
      const fresh = session.isRotationDue ? await accounts.rotate(token, session.id) : null
      // A lasting cookie is given anew, or it would run out before its session does.
      const isDue = fresh !== null || (session.isRolling && isNoted)
      if (isDue) request.freshCookie = { token: fresh ?? token, isLasting: session.isRolling }
      return session
    }
    app.decorate('findSession', findSession)
    app.decorate('requireSession', async (request) => {
      request.session = await findSession(request)
      if (request.session !== null) return
      const isMissing = cookies.readSession(request) === undefined
      throw new NaervaerError(isMissing ? 'SESSION_MISSING' : 'SESSION_EXPIRED')
    })
    app.decorate('signOut', async (request, reply, own) => {
      if (own !== null) await accounts.endSession(own.id, toActor(own))
      request.freshCookie = null
      cookies.clearSession(reply)
    })
    app.decorate('startSession', async (request, reply, personId, method, isEmergency = false) => {
      const userAgent = request.headers['user-agent']
      const browser = cookies.readBrowser(request)
      const tokens = await accounts.signIn(personId, browser, {
        method,
        userAgent,
        isEmergency,
      })
      request.freshCookie = null
      cookies.writeSession(reply, tokens.session, await isRolling(tokens.session))
      cookies.writeBrowser(reply, tokens.browser)
    })
    const isRolling = async (token: string) =>
      (await accounts.findSession(token))?.isRolling ?? false
    app.addHook('onSend', async (request, reply) => {
      const { freshCookie } = request
      if (freshCookie !== null) {
        cookies.writeSession(reply, freshCookie.token, freshCookie.isLasting)
      }
    })
  },
  { name: 'accounts', dependencies: ['audit', 'clock', 'database', 'errors'] },
)
