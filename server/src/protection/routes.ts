import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ChoiceParamsSchema, ProtectionSchema, TeamCitizenParamsSchema } from '@naervaer/shared'
import { getSession } from '../administration/require-session.ts'
import type {} from '../administration/plugin.ts'

/** Who may say that a citizen's address is protected: the own worker, and a leader of the team. */
export const protectionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.put(
    '/api/citizens/:citizenId/protection',
    {
      config: { serves: ['worker'] },
      schema: { params: ChoiceParamsSchema, body: ProtectionSchema },
    },
    async (request, reply) => {
      const { person } = getSession(request)
      const { isAddressProtected } = request.body
      await app.protection.changeAsWorker(person.id, request.params.citizenId, isAddressProtected)
      return reply.code(204).send()
    },
  )

  app.put(
    '/api/teams/:teamId/citizens/:citizenId/protection',
    {
      config: { serves: ['leader'] },
      schema: { params: TeamCitizenParamsSchema, body: ProtectionSchema },
    },
    async (request, reply) => {
      const { id } = getSession(request).person
      const { teamId, citizenId } = request.params
      await app.leading.requireCitizen(id, teamId, citizenId)
      const actor = { kind: 'person', id, role: 'leader' } as const
      await app.protection.change(citizenId, request.body.isAddressProtected, actor)
      return reply.code(204).send()
    },
  )
}
