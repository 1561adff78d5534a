import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CallbackWishSchema, ChoiceParamsSchema, ReadySchema } from '@naervaer/shared'
import { getSession } from '../administration/require-session.ts'
import type {} from './plugin.ts'

/** What a citizen says on their first page, and that a worker has seen it. */
export const homeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { serves: ['citizen'] } as const
  app.post('/api/ready', { config, schema: { body: ReadySchema } }, async (request, reply) => {
    await app.home.setReady(getSession(request).person.id, request.body.isReady)
    return reply.code(204).send()
  })
  app.post(
    '/api/callback',
    { config, schema: { body: CallbackWishSchema } },
    async (request, reply) => {
      await app.home.setCallback(getSession(request).person.id, request.body.isWanted)
      return reply.code(204).send()
    },
  )
  app.post(
    '/api/citizens/:citizenId/callback/seen',
    { config: { serves: ['worker'] }, schema: { params: ChoiceParamsSchema } },
    async (request, reply) => {
      await app.home.seeCallback(getSession(request).person.id, request.params.citizenId)
      return reply.code(204).send()
    },
  )
}
