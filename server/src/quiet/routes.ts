import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { QuietWishSchema } from '@naervaer/shared'
import { getSession } from '../administration/require-session.ts'
import type {} from './plugin.ts'

/** A citizen says when they do not want to be rung. */
export const quietRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/quiet-hours',
    { config: { serves: ['citizen'] }, schema: { body: QuietWishSchema } },
    async (request, reply) => {
      await app.quiet.change(getSession(request).person.id, request.body.quiet)
      return reply.code(204).send()
    },
  )
}
