import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as Type from 'typebox'
import {
  AssignmentParamsSchema,
  closedObject,
  CreatedSchema,
  NewAssignmentSchema,
  NewCitizenSchema,
  TeamParamsSchema,
  TeamsReplySchema,
  UnixMsSchema,
} from '@naervaer/shared'
import { getSession } from './require-session.ts'

const config = { serves: ['leader'] as const }
const AssignmentEndSchema = closedObject({ toAt: Type.Union([UnixMsSchema, Type.Null()]) })

/** Teams, for those who lead them. There is no figure of any call here (criterion W-27). */
export const leaderRoutes: FastifyPluginAsyncTypebox =
  // eslint-disable-next-line @typescript-eslint/require-await -- Fastify takes async plugins
  async (app) => {
    app.get(
      '/api/teams',
      { config, schema: { response: { 200: TeamsReplySchema } } },
      async (request) => ({ teams: await app.leading.loadTeams(getSession(request).person.id) }),
    )

    app.post(
      '/api/teams/:teamId/citizens',
      {
        config,
        schema: {
          params: TeamParamsSchema,
          body: NewCitizenSchema,
          response: { 201: CreatedSchema },
        },
      },
      async (request, reply) => {
        const { person } = getSession(request)
        const { teamId } = request.params
        const id = await app.leading.addCitizen(person.id, teamId, request.body.name)
        return reply.code(201).send({ id })
      },
    )

    app.post(
      '/api/assignments',
      { config, schema: { body: NewAssignmentSchema, response: { 201: CreatedSchema } } },
      async (request, reply) => {
        const id = await app.leading.assign(getSession(request).person.id, request.body)
        return reply.code(201).send({ id })
      },
    )

    app.put(
      '/api/assignments/:assignmentId/end',
      { config, schema: { params: AssignmentParamsSchema, body: AssignmentEndSchema } },
      async (request, reply) => {
        const { person } = getSession(request)
        await app.leading.endAt(person.id, request.params.assignmentId, request.body.toAt)
        return reply.code(204).send()
      },
    )
  }
