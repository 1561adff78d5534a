import cookie from '@fastify/cookie'
import fp from 'fastify-plugin'
import { NaervaerError } from '@naervaer/shared'
import type { Config } from '../config.ts'
import { makeAssignments } from './assignments-repository.ts'
import { makeCookies, type Cookies } from './cookies.ts'
import { makeAccountsRepository } from './repository.ts'
import { Accounts } from './service.ts'
import type { Session } from './session.ts'

declare module 'fastify' {
  interface FastifyInstance {
    accounts: Accounts
    cookies: Cookies
    /** A hook for scopes that only signed-in people may enter; it sets `request.session`. */
    requireSession: (request: FastifyRequest) => Promise<void>
  }
  interface FastifyRequest {
    session: Session | null
  }
}

/**
 * Who may come in, and who is whose.
 *
 * Owns people, person_roles, assignments, devices and sessions. Asks for the database and the clock.
 */
export const accountsPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    await app.register(cookie)
    const accounts = new Accounts({
      clock: app.clock,
      repository: makeAccountsRepository(app.database),
      assignments: makeAssignments(app.database),
    })
    const cookies = makeCookies(config.isHttps)
    app.decorate('accounts', accounts)
    app.decorate('cookies', cookies)
    app.decorateRequest('session', null)
    app.decorate('requireSession', async (request) => {
      const token = cookies.readSession(request)
      request.session = await accounts.findSession(token)
      if (request.session !== null) return
      throw new NaervaerError(token === undefined ? 'SESSION_MISSING' : 'SESSION_EXPIRED')
    })
  },
  { name: 'accounts', dependencies: ['clock', 'database', 'errors'] },
)
