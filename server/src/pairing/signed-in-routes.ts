import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  CitizenDeviceParamsSchema,
  CitizenParamsSchema,
  DeviceParamsSchema,
  DevicesReplySchema,
  NaervaerError,
  NewPairingSchema,
  PairingAnswerReplySchema,
  PairingAnswerSchema,
  PairingParamsSchema,
  PairingViewSchema,
  PairingWishSchema,
  type PersonId,
} from '@naervaer/shared'
import type { FastifyRequest } from 'fastify'
import type { Session } from '../accounts/session.ts'
import type {} from '@fastify/rate-limit'

const MINUTE_MS = 60_000

/** Devices of people who are signed in: a worker's citizens', and the own. */
export const devicesRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { pairings, devices, audit } = app
  const forWorkers = { config: { serves: ['worker'] } } as const
  const forCitizens = { config: { serves: ['citizen'] } } as const

  app.post(
    '/api/pairings',
    {
      config: { serves: ['worker'], rateLimit: { max: 30, timeWindow: MINUTE_MS } },
      schema: { body: PairingWishSchema, response: { 201: NewPairingSchema } },
    },
    async (request, reply) => {
      const { citizenId, replaces } = request.body
      const made = await pairings.begin(getSession(request), citizenId, replaces)
      return reply.code(201).send(made)
    },
  )

  app.get(
    '/api/pairings/:pairingId',
    {
      ...forWorkers,
      schema: { params: PairingParamsSchema, response: { 200: PairingViewSchema } },
    },
    (request) => pairings.getView(getSession(request), request.params.pairingId),
  )

  app.delete(
    '/api/pairings/:pairingId',
    { ...forWorkers, schema: { params: PairingParamsSchema } },
    async (request, reply) => {
      await pairings.close(getSession(request), request.params.pairingId)
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/pairings/:pairingId/answer',
    {
      ...forWorkers,
      schema: {
        params: PairingParamsSchema,
        body: PairingAnswerSchema,
        response: { 200: PairingAnswerReplySchema },
      },
    },
    async (request) => {
      const { pairingId } = request.params
      const session = getSession(request)
      return { deviceId: await pairings.answer(session, pairingId, request.body.isRight) }
    },
  )

  app.get(
    '/api/citizens/:citizenId/devices',
    {
      ...forWorkers,
      schema: { params: CitizenParamsSchema, response: { 200: DevicesReplySchema } },
    },
    async (request) => {
      const { citizenId } = request.params
      await checkOwn(request, citizenId)
      const actor = { kind: 'person', id: getSession(request).person.id, role: 'worker' } as const
      await audit.record({ action: 'devices.listed', actor, subjectId: citizenId })
      return { devices: await devices.listOf(citizenId), thisDeviceId: null }
    },
  )

  app.delete(
    '/api/citizens/:citizenId/devices/:deviceId',
    { ...forWorkers, schema: { params: CitizenDeviceParamsSchema } },
    async (request, reply) => {
      const { citizenId, deviceId } = request.params
      await checkOwn(request, citizenId)
      const actor = { kind: 'person', id: getSession(request).person.id, role: 'worker' } as const
      await devices.revoke(deviceId, citizenId, actor)
      return reply.code(204).send()
    },
  )

  app.get(
    '/api/devices',
    { ...forCitizens, schema: { response: { 200: DevicesReplySchema } } },
    async (request) => {
      const { person, deviceId } = getSession(request)
      const own = await devices.listOf(person.id)
      const isPaired = own.some(({ id }) => id === deviceId)
      return { devices: own, thisDeviceId: isPaired ? deviceId : null }
    },
  )

  app.delete(
    '/api/devices/:deviceId',
    { ...forCitizens, schema: { params: DeviceParamsSchema } },
    async (request, reply) => {
      const { id } = getSession(request).person
      const actor = { kind: 'person', id, role: 'citizen' } as const
      await devices.revoke(request.params.deviceId, id, actor)
      return reply.code(204).send()
    },
  )

  async function checkOwn(request: FastifyRequest, citizenId: PersonId): Promise<void> {
    const { id } = getSession(request).person
    const isOwn = await app.accounts.assignments.isAssigned(id, citizenId, app.clock.now())
    if (!isOwn) throw new NaervaerError('PERSON_NOT_FOUND')
  }
}

/** Set by the guard of what the route serves, which lets nobody past without one. */
function getSession({ session }: FastifyRequest): Session {
  if (session === null) throw new NaervaerError('SESSION_MISSING')
  return session
}
