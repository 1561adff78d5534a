import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  CreatedSchema,
  DevicesReplySchema,
  DisabledChangeSchema,
  InvitationLinkReplySchema,
  ItPeopleReplySchema,
  ItSessionsReplySchema,
  MemberParamsSchema,
  NaervaerError,
  NewStaffSchema,
  NewTeamSchema,
  PersonDeviceParamsSchema,
  PersonParamsSchema,
  PersonSessionParamsSchema,
  RolesChangeSchema,
} from '@naervaer/shared'
import type {} from '../pairing/plugin.ts'
import type {} from '../sign-in/plugin.ts'
import { getSession } from './require-session.ts'

const config = { serves: ['it'] as const }

/** Accounts of staff, teams, and where people are signed in. Citizens are pseudonyms here. */
export const itRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/it/people',
    { config, schema: { response: { 200: ItPeopleReplySchema } } },
    (request) => app.staffing.loadPeople(getSession(request).person.id),
  )
  await app.register(staffRoutes)
  await app.register(teamRoutes)
  await app.register(peopleSessionRoutes)
  await app.register(peopleDeviceRoutes)
}

const staffRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/it/staff',
    { config, schema: { body: NewStaffSchema, response: { 201: CreatedSchema } } },
    async (request, reply) => {
      const { name, roles } = request.body
      const id = await app.staffing.add(getSession(request).person.id, name, roles)
      return reply.code(201).send({ id })
    },
  )

  app.put(
    '/api/it/staff/:personId/roles',
    { config, schema: { params: PersonParamsSchema, body: RolesChangeSchema } },
    async (request, reply) => {
      const own = getSession(request)
      await app.staffing.setRoles(own, request.params.personId, request.body.roles)
      return reply.code(204).send()
    },
  )

  app.put(
    '/api/it/staff/:personId/disabled',
    { config, schema: { params: PersonParamsSchema, body: DisabledChangeSchema } },
    async (request, reply) => {
      const { person } = getSession(request)
      await app.staffing.setDisabled(person.id, request.params.personId, request.body.isDisabled)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/api/it/staff/:personId',
    { config, schema: { params: PersonParamsSchema } },
    async (request, reply) => {
      await app.staffing.remove(getSession(request).person.id, request.params.personId)
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/it/staff/:personId/invitations',
    {
      config,
      schema: { params: PersonParamsSchema, response: { 201: InvitationLinkReplySchema } },
    },
    async (request, reply) => {
      const { person } = getSession(request)
      const invitation = await app.staffing.invite(person.id, request.params.personId)
      return reply.code(201).send(invitation)
    },
  )
}

const teamRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/it/teams',
    { config, schema: { body: NewTeamSchema, response: { 201: CreatedSchema } } },
    async (request, reply) => {
      const id = await app.staffing.addTeam(getSession(request).person.id, request.body.name)
      return reply.code(201).send({ id })
    },
  )

  for (const method of ['PUT', 'DELETE'] as const) {
    app.route({
      method,
      url: '/api/it/teams/:teamId/members/:personId',
      config,
      schema: { params: MemberParamsSchema },
      handler: async (request, reply) => {
        const { teamId, personId } = request.params
        const itId = getSession(request).person.id
        await app.staffing.setMember(itId, teamId, personId, method === 'PUT')
        return reply.code(204).send()
      },
    })
  }
}

const peopleSessionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/it/people/:personId/sessions',
    { config, schema: { params: PersonParamsSchema, response: { 200: ItSessionsReplySchema } } },
    async (request) => {
      const own = getSession(request)
      await app.staffing.requireAnybody(request.params.personId)
      const sessions = await app.accounts.listSessions(request.params.personId)
      await app.audit.record({
        action: 'sessions.listed',
        actor: { kind: 'person', id: own.person.id, role: 'it' },
        subjectId: request.params.personId,
      })
      return {
        sessions: sessions.map(({ id, deviceKind, method, startedAt, usedAt }) => ({
          ...{ id, deviceKind, method, startedAt, usedAt },
          isThis: id === own.id,
        })),
      }
    },
  )

  app.delete(
    '/api/it/people/:personId/sessions',
    { config, schema: { params: PersonParamsSchema } },
    async (request, reply) => {
      await app.staffing.endSessions(getSession(request), request.params.personId)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/api/it/people/:personId/sessions/:sessionId',
    { config, schema: { params: PersonSessionParamsSchema } },
    async (request, reply) => {
      const { personId, sessionId } = request.params
      const sessions = await app.accounts.listSessions(personId)
      if (!sessions.some(({ id }) => id === sessionId)) throw new NaervaerError('NOT_FOUND')
      const actor = { kind: 'person', id: getSession(request).person.id, role: 'it' } as const
      await app.accounts.endSession(sessionId, actor)
      return reply.code(204).send()
    },
  )
}

const peopleDeviceRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/it/people/:personId/devices',
    { config, schema: { params: PersonParamsSchema, response: { 200: DevicesReplySchema } } },
    async (request) => {
      const { personId } = request.params
      await app.staffing.requireAnybody(personId)
      const actor = { kind: 'person', id: getSession(request).person.id, role: 'it' } as const
      await app.audit.record({ action: 'devices.listed', actor, subjectId: personId })
      return { devices: await app.devices.listOf(personId), thisDeviceId: null }
    },
  )

  app.delete(
    '/api/it/people/:personId/devices/:deviceId',
    { config, schema: { params: PersonDeviceParamsSchema } },
    async (request, reply) => {
      const { personId, deviceId } = request.params
      const actor = { kind: 'person', id: getSession(request).person.id, role: 'it' } as const
      await app.devices.revoke(deviceId, personId, actor)
      return reply.code(204).send()
    },
  )
}
