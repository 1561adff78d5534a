import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CreatedSchema, type PersonId } from '@naervaer/shared'
import {
  AbsenceDaysSchema,
  AbsencesReplySchema,
  OwnAbsenceParamsSchema,
  TeamAbsenceParamsSchema,
  TeamWorkerParamsSchema,
} from '@naervaer/shared/appointments'
import { getSession } from '../administration/require-session.ts'
import type {} from '../administration/plugin.ts'
import type {} from './plugin.ts'

/** When workers are not at work: their own word, or a leader's of their team. */
export const absenceRoutes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(ownRoutes)
  await app.register(teamRoutes)
}

const ownRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { serves: ['worker'] } as const
  const own = (id: PersonId) =>
    ({ workerId: id, actor: { kind: 'person', id, role: 'worker' } }) as const

  app.get(
    '/api/own/absences',
    { config, schema: { response: { 200: AbsencesReplySchema } } },
    async (request) => ({ absences: await app.absences.load(getSession(request).person.id) }),
  )
  app.post(
    '/api/own/absences',
    { config, schema: { body: AbsenceDaysSchema, response: { 201: CreatedSchema } } },
    async (request, reply) => {
      const id = await app.absences.add(own(getSession(request).person.id), request.body)
      return reply.code(201).send({ id })
    },
  )
  app.put(
    '/api/own/absences/:absenceId',
    { config, schema: { params: OwnAbsenceParamsSchema, body: AbsenceDaysSchema } },
    async (request, reply) => {
      const of = own(getSession(request).person.id)
      await app.absences.change(of, request.params.absenceId, request.body)
      return reply.code(204).send()
    },
  )
  app.delete(
    '/api/own/absences/:absenceId',
    { config, schema: { params: OwnAbsenceParamsSchema } },
    async (request, reply) => {
      await app.absences.remove(own(getSession(request).person.id), request.params.absenceId)
      return reply.code(204).send()
    },
  )
}

const teamRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { serves: ['leader'] } as const
  const url = '/api/teams/:teamId/workers/:workerId/absences'
  const led = (id: PersonId, workerId: PersonId) =>
    ({ workerId, actor: { kind: 'person', id, role: 'leader' } }) as const

  app.get(
    url,
    { config, schema: { params: TeamWorkerParamsSchema, response: { 200: AbsencesReplySchema } } },
    async (request) => {
      const { teamId, workerId } = request.params
      const { id } = getSession(request).person
      await app.leading.requireWorker(id, teamId, workerId)
      const ofTeam = await app.leading.loadCitizenIds(teamId)
      const absences = await app.absences.load(workerId, (citizenId) => ofTeam.has(citizenId))
      const told = absences.flatMap(({ touched }) => touched.map(({ citizen }) => citizen))
      await app.leading.recordLookups(id, teamId, told)
      return { absences }
    },
  )
  app.post(
    url,
    {
      config,
      schema: {
        params: TeamWorkerParamsSchema,
        body: AbsenceDaysSchema,
        response: { 201: CreatedSchema },
      },
    },
    async (request, reply) => {
      const { teamId, workerId } = request.params
      const { id } = getSession(request).person
      await app.leading.requireWorker(id, teamId, workerId)
      const absenceId = await app.absences.add(led(id, workerId), request.body)
      return reply.code(201).send({ id: absenceId })
    },
  )
  app.put(
    `${url}/:absenceId`,
    { config, schema: { params: TeamAbsenceParamsSchema, body: AbsenceDaysSchema } },
    async (request, reply) => {
      const { teamId, workerId, absenceId } = request.params
      const { id } = getSession(request).person
      await app.leading.requireWorker(id, teamId, workerId)
      await app.absences.change(led(id, workerId), absenceId, request.body)
      return reply.code(204).send()
    },
  )
  app.delete(
    `${url}/:absenceId`,
    { config, schema: { params: TeamAbsenceParamsSchema } },
    async (request, reply) => {
      const { teamId, workerId, absenceId } = request.params
      const { id } = getSession(request).person
      await app.leading.requireWorker(id, teamId, workerId)
      await app.absences.remove(led(id, workerId), absenceId)
      return reply.code(204).send()
    },
  )
}
