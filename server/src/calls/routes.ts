import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { MISSED_MS, NaervaerError } from '@naervaer/shared'
import { MissedReplySchema } from '@naervaer/shared/push'

/** What a citizen may look up of their own calls. */
export const callsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/own/missed',
    { config: { serves: ['citizen'] }, schema: { response: { 200: MissedReplySchema } } },
    async ({ session }) => {
      if (session === null) throw new NaervaerError('SESSION_MISSING')
      return { missed: await app.calls.findMissed(session.person.id, app.clock.now() - MISSED_MS) }
    },
  )
}
