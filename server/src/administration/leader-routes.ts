import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as Type from 'typebox'
import {
  AssignmentParamsSchema,
  closedObject,
  CreatedSchema,
  DevicesReplySchema,
  NewAssignmentSchema,
  NewCitizenSchema,
  TeamCitizenParamsSchema,
  TeamDeviceParamsSchema,
  TeamParamsSchema,
  TeamsReplySchema,
  UnixMsSchema,
} from '@naervaer/shared'
import type {} from '../pairing/plugin.ts'
import { getSession } from './require-session.ts'

const config = { serves: ['leader'] as const }
const AssignmentEndSchema = closedObject({ toAt: Type.Union([UnixMsSchema, Type.Null()]) })

/** Teams, for those who lead them. There is no figure of any call here (criterion W-27). */
export const leaderRoutes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(teamDeviceRoutes)

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

/** A lost phone: whoever leads the citizen's team disconnects it, and pairs none (criterion W-25). */
const teamDeviceRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/teams/:teamId/citizens/:citizenId/devices',
    {
      config,
      schema: { params: TeamCitizenParamsSchema, response: { 200: DevicesReplySchema } },
    },
    async (request) => {
      const { teamId, citizenId } = request.params
      const { id } = getSession(request).person
      await app.leading.requireCitizen(id, teamId, citizenId)
      const actor = { kind: 'person', id, role: 'leader' } as const
      await app.audit.record({ action: 'devices.listed', actor, subjectId: citizenId })
      return { devices: await app.devices.listOf(citizenId), thisDeviceId: null }
    },
  )

  app.delete(
    '/api/teams/:teamId/citizens/:citizenId/devices/:deviceId',
    { config, schema: { params: TeamDeviceParamsSchema } },
    async (request, reply) => {
      const { teamId, citizenId, deviceId } = request.params
      const { id } = getSession(request).person
      await app.leading.requireCitizen(id, teamId, citizenId)
      await app.devices.revoke(deviceId, citizenId, { kind: 'person', id, role: 'leader' })
      return reply.code(204).send()
    },
  )
}
