import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { SessionReplySchema, type SessionReply } from '@naervaer/shared'
import type { Config } from '../config.ts'
import type { Session } from './session.ts'

/** Who is signed in here, and signing out. */
export const sessionRoutes: FastifyPluginAsyncTypebox<{ config: Config }> = async (
  app,
  { config },
) => {
  app.get(
    '/api/session',
    { config: { serves: 'anybody' }, schema: { response: { 200: SessionReplySchema } } },
    async (request) => {
      const session = await app.findSession(request)
      return toSessionReply(session, config)
    },
  )

  app.delete('/api/session', { config: { serves: 'anybody' } }, async (request, reply) => {
    await app.signOut(request, reply, await app.findSession(request))
    return reply.code(204).send()
  })
}

/** What a page is told of who is signed in. */
export function toSessionReply(
  session: Session | null,
  { isDemo, dutyPhone }: Pick<Config, 'isDemo' | 'dutyPhone'>,
): SessionReply {
  if (session === null) return { you: null, roles: [], role: null, isDemo, dutyPhone }
  const { person, roles, role } = session
  return { you: person, roles: [...roles], role, isDemo, dutyPhone }
}
