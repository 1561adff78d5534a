import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { OffersQuerySchema, OffersReplySchema } from '@naervaer/shared'
import { getSession } from './require-session.ts'

/** Whether citizens were offered video and what they answered, for the authority; nothing else of them. */
export const authorityRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/offers',
    {
      config: { serves: ['authority'] },
      schema: { querystring: OffersQuerySchema, response: { 200: OffersReplySchema } },
    },
    (request) =>
      app.overseeing.loadOffers(getSession(request).person.id, request.query.after ?? null),
  )
}
