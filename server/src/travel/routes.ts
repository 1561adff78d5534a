import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ChoiceParamsSchema, TeamCitizenParamsSchema, TravelSchema } from '@naervaer/shared'
import { getSession } from '../administration/require-session.ts'
import type {} from '../administration/plugin.ts'

/** Who may say how far it is to a citizen: the own worker, and a leader of the team. */
export const travelRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { serves: ['worker'] } as const
  const url = '/api/citizens/:citizenId/travel'
  app.get(
    url,
    { config, schema: { params: ChoiceParamsSchema, response: { 200: TravelSchema } } },
    async (request) => {
      const { id } = getSession(request).person
      return { travel: await app.travel.findAsWorker(id, request.params.citizenId) }
    },
  )
  app.put(
    url,
    { config, schema: { params: ChoiceParamsSchema, body: TravelSchema } },
    async (request, reply) => {
      const { params, body } = request
      const { id } = getSession(request).person
      await app.travel.changeAsWorker(id, params.citizenId, body.travel)
      return reply.code(204).send()
    },
  )

  app.put(
    '/api/teams/:teamId/citizens/:citizenId/travel',
    {
      config: { serves: ['leader'] },
      schema: { params: TeamCitizenParamsSchema, body: TravelSchema },
    },
    async (request, reply) => {
      const { id } = getSession(request).person
      const { teamId, citizenId } = request.params
      await app.leading.requireCitizen(id, teamId, citizenId)
      const actor = { kind: 'person', id, role: 'leader' } as const
      await app.travel.change(citizenId, request.body.travel, actor)
      return reply.code(204).send()
    },
  )
}
