import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ChoiceParamsSchema, PickUpSchema } from '@naervaer/shared'
import { getSession } from '../administration/require-session.ts'
import type {} from './plugin.ts'

/** A worker writes down what was agreed, and both sides of a talk read it. */
export const aroundRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { serves: ['worker'] } as const
  const url = '/api/citizens/:citizenId/pick-up'
  app.put(
    url,
    { config, schema: { params: ChoiceParamsSchema, body: PickUpSchema } },
    async (request, reply) => {
      const { id } = getSession(request).person
      await app.pickUps.agree(id, request.params.citizenId, request.body.line)
      return reply.code(204).send()
    },
  )
  app.get(
    url,
    { config, schema: { params: ChoiceParamsSchema, response: { 200: PickUpSchema } } },
    async (request) => {
      const { id } = getSession(request).person
      return { line: await app.pickUps.findAgreed(id, request.params.citizenId) }
    },
  )
  app.get(
    '/api/own/pick-up',
    { config: { serves: ['citizen', 'worker'] }, schema: { response: { 200: PickUpSchema } } },
    async (request) => ({ line: await app.pickUps.findForTalk(getSession(request).person.id) }),
  )
}
