import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import {
  NaervaerError,
  OwnSessionParamsSchema,
  OwnSessionsReplySchema,
  SessionLifeReplySchema,
  type OwnSession,
} from '@naervaer/shared'
import { toActor } from './service.ts'
import type { ListedSession } from './sessions-repository.ts'
import type { Session } from './session.ts'

/** Where one is signed in, and ending that: what everybody may do with their own sessions. */
export const ownSessionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { serves: 'signed-in' } as const
  app.get(
    '/api/sessions',
    { config, schema: { response: { 200: OwnSessionsReplySchema } } },
    async (request) => {
      const own = getSession(request)
      const sessions = await app.accounts.listSessions(own.person.id)
      return { sessions: sessions.map((session) => toOwnSession(session, own.id)) }
    },
  )

  // To look at the clock is no use of the session; to say that somebody is there is.
  for (const method of ['GET', 'POST'] as const) {
    app.route({
      method,
      url: '/api/session/life',
      config: { ...config, isLook: method === 'GET' },
      schema: { response: { 200: SessionLifeReplySchema } },
      handler: async (request) => {
        const life = await app.accounts.loadLife(getSession(request).id)
        if (life === null) throw new NaervaerError('SESSION_EXPIRED')
        return { serverTime: app.clock.now(), ...life }
      },
    })
  }

  app.delete('/api/sessions', { config }, async (request, reply) => {
    const own = getSession(request)
    await app.accounts.endSessionsOf(own.person.id, own.id, toActor(own))
    return reply.code(204).send()
  })

  app.delete(
    '/api/sessions/:id',
    { config, schema: { params: OwnSessionParamsSchema } },
    async (request, reply) => {
      const own = getSession(request)
      const sessions = await app.accounts.listSessions(own.person.id)
      const isOwn = sessions.some(({ id }) => id === request.params.id)
      if (!isOwn) throw new NaervaerError('NOT_FOUND')
      await app.accounts.endSession(request.params.id, toActor(own))
      if (request.params.id === own.id) {
        request.freshCookie = null
        app.cookies.clearSession(reply)
      }
      return reply.code(204).send()
    },
  )
}

/** Set by the guard of what the routes serve. */
function getSession({ session }: FastifyRequest): Session {
  if (session === null) throw new NaervaerError('SESSION_MISSING')
  return session
}

function toOwnSession(session: ListedSession, ownId: string): OwnSession {
  const { id, deviceKind, method, startedAt, usedAt } = session
  return { id, deviceKind, method, startedAt, usedAt, isThis: id === ownId }
}
