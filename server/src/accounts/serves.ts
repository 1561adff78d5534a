import type { FastifyRequest, preValidationAsyncHookHandler, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { NaervaerError, type Role } from '@naervaer/shared'
import type {} from './plugin.ts'

/** Whom a route answers: those with one of the roles, whoever has a session, or whoever asks. */
export type Serves = readonly Role[] | 'signed-in' | 'anybody'

/** A route as it was declared, for the page on roles and the test that walks them all. */
export interface DeclaredRoute {
  readonly method: string
  readonly url: string
  readonly serves: Serves
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whom the route answers. The server does not start with a route that does not say. */
    serves?: Serves
  }
  interface FastifyInstance {
    /**
     * A hook for scopes and routes that are for some roles only. It sets `request.session`.
     * Throws SESSION_MISSING, SESSION_EXPIRED or ROLE_REFUSED.
     */
    requireRoles: (...roles: readonly Role[]) => (request: FastifyRequest) => Promise<void>
    /** Every route there is, once the server is ready. */
    listDeclaredRoutes: () => readonly DeclaredRoute[]
  }
}

/**
 * Holds every route to what it says in `config.serves`, before its body is looked at, and refuses
 * to start with one that says nothing. Owns the list of routes.
 */
export const servesPlugin = fp(
  async (app) => {
    const routes: RouteOptions[] = []
    const requireRoles = (...roles: readonly Role[]) => {
      return async (request: FastifyRequest): Promise<void> => {
        if (request.session === null) await app.requireSession(request)
        const mayPass = request.session?.roles.some((role) => roles.includes(role)) ?? false
        if (!mayPass) throw new NaervaerError('ROLE_REFUSED')
      }
    }
    const guard: preValidationAsyncHookHandler = async (request) => {
      const { serves } = request.routeOptions.config
      if (serves === 'anybody') return
      if (serves === 'signed-in') await app.requireSession(request)
      else await requireRoles(...(serves ?? []))(request)
    }
    app.decorate('requireRoles', requireRoles)
    app.decorate('listDeclaredRoutes', () => routes.flatMap(toDeclared))
    app.addHook('onRoute', (route) => {
      routes.push(route)
      // Behind what the route itself checks first, such as the Origin of a socket.
      route.preValidation = [route.preValidation ?? []].flat().concat(guard)
    })
    // Not when the route comes: a plugin that adds routes may be given their declaration from outside.
    app.addHook('onReady', async () => {
      routes.forEach(toDeclared)
      return Promise.resolve()
    })
  },
  { name: 'serves', dependencies: ['accounts', 'errors'] },
)

function toDeclared({ method, url, config }: RouteOptions): DeclaredRoute[] {
  const methods = [method].flat()
  const name = methods.join(',')
  if (config?.serves === undefined) throw new Error(`${name} ${url} does not say whom it serves`)
  const { serves } = config
  return methods.map((each) => ({ method: each, url, serves }))
}
