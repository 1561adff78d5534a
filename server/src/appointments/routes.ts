import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AppointmentParamsSchema,
  ChangeCheckSchema,
  ChangeReplySchema,
  ChangeSchema,
  CheckReplySchema,
  CheckSchema,
  CitizenAnswerSchema,
  LateSchema,
  NewAppointmentReplySchema,
  NewAppointmentSchema,
  OccurrenceParamsSchema,
  OwnAppointmentsReplySchema,
  SpanQuerySchema,
  SpanReplySchema,
} from '@naervaer/shared/appointments'
import { getSession } from '../administration/require-session.ts'
import type {} from './plugin.ts'

const params = OccurrenceParamsSchema

/** What a worker plans with the own citizens, and what a citizen says of it. */
export const appointmentRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { serves: ['worker'] } as const

  app.get(
    '/api/appointments',
    { config, schema: { querystring: SpanQuerySchema, response: { 200: SpanReplySchema } } },
    (request) => app.appointments.list(getSession(request).person.id, request.query),
  )
  app.post(
    '/api/appointments',
    {
      config,
      schema: { body: NewAppointmentSchema, response: { 201: NewAppointmentReplySchema } },
    },
    async (request, reply) => {
      const made = await app.appointments.make(getSession(request).person.id, request.body)
      return reply.code(201).send(made)
    },
  )
  app.post(
    '/api/appointments/check',
    { config, schema: { body: CheckSchema, response: { 200: CheckReplySchema } } },
    async (request) => {
      const { planning } = app.appointments
      return { warnings: await planning.check(getSession(request).person.id, request.body) }
    },
  )
  app.put(
    '/api/appointments/:appointmentId/:day',
    { config, schema: { params, body: ChangeSchema, response: { 200: ChangeReplySchema } } },
    (request) =>
      app.appointments.change(getSession(request).person.id, request.params, request.body),
  )
  app.delete(
    '/api/appointments/:appointmentId',
    { config, schema: { params: AppointmentParamsSchema } },
    async (request, reply) => {
      const { appointmentId } = request.params
      await app.appointments.takeBack(getSession(request).person.id, appointmentId)
      return reply.code(204).send()
    },
  )
  app.post(
    '/api/appointments/:appointmentId/:day/check',
    { config, schema: { params, body: ChangeCheckSchema, response: { 200: CheckReplySchema } } },
    async (request) => {
      const { planning } = app.appointments
      const { id } = getSession(request).person
      return { warnings: await planning.checkChange(id, request.params, request.body) }
    },
  )
  app.post(
    '/api/appointments/:appointmentId/:day/late',
    { config, schema: { params, body: LateSchema } },
    async (request, reply) => {
      const { minutes } = request.body
      await app.appointments.setLate(getSession(request).person.id, request.params, minutes)
      return reply.code(204).send()
    },
  )
  app.post(
    '/api/appointments/:appointmentId/:day/take',
    { config, schema: { params } },
    async (request, reply) => {
      await app.appointments.takeOver(getSession(request).person.id, request.params)
      return reply.code(204).send()
    },
  )
  app.get(
    '/api/own-appointments',
    { config: { serves: ['citizen'] }, schema: { response: { 200: OwnAppointmentsReplySchema } } },
    async (request) => ({
      appointments: await app.appointments.loadAhead(getSession(request).person.id),
    }),
  )
  app.post(
    '/api/own-appointments/:appointmentId/:day/answer',
    { config: { serves: ['citizen'] }, schema: { params, body: CitizenAnswerSchema } },
    async (request, reply) => {
      const { answer } = request.body
      await app.appointments.answer(getSession(request).person.id, request.params, answer)
      return reply.code(204).send()
    },
  )
}
