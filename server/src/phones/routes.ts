import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ChoiceParamsSchema, PhoneWishSchema, TeamCitizenParamsSchema } from '@naervaer/shared'
import { getSession } from '../administration/require-session.ts'
import type {} from '../administration/plugin.ts'

/** Who may write down a citizen's telephone number: the own worker, and a leader of the team. */
export const phonesRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.put(
    '/api/citizens/:citizenId/phone',
    {
      config: { serves: ['worker'] },
      schema: { params: ChoiceParamsSchema, body: PhoneWishSchema },
    },
    async (request, reply) => {
      const { person } = getSession(request)
      await app.phones.changeAsWorker(person.id, request.params.citizenId, request.body.phone)
      return reply.code(204).send()
    },
  )

  app.put(
    '/api/teams/:teamId/citizens/:citizenId/phone',
    {
      config: { serves: ['leader'] },
      schema: { params: TeamCitizenParamsSchema, body: PhoneWishSchema },
    },
    async (request, reply) => {
      const { id } = getSession(request).person
      const { teamId, citizenId } = request.params
      await app.leading.requireCitizen(id, teamId, citizenId)
      const actor = { kind: 'person', id, role: 'leader' } as const
      await app.phones.change(citizenId, request.body.phone, actor)
      return reply.code(204).send()
    },
  )
}
