import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  DeviceNoteSchema,
  ItConnectedReplySchema,
  ItDeviceParamsSchema,
  ItDeviceReplySchema,
  ItDevicesReplySchema,
  NaervaerError,
  OwnPseudonymReplySchema,
} from '@naervaer/shared'
import { getSession } from '../administration/require-session.ts'
import type {} from '@fastify/rate-limit'
import type {} from './plugin.ts'

const MINUTE_MS = 60_000

/** A list that lies open looks again and again, and nobody need be there. */
const config = { serves: ['it'] as const, isLook: true }

/** What devices tell of themselves, and what the help desk sees of it. */
export const deviceDeskRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/check/state',
    {
      config: { serves: ['citizen'], rateLimit: { max: 30, timeWindow: MINUTE_MS } },
      schema: { body: DeviceNoteSchema },
    },
    async (request, reply) => {
      await app.deviceDesk.note(getSession(request), request.body)
      return reply.code(204).send()
    },
  )

  app.get(
    '/api/own/pseudonym',
    { config: { serves: ['citizen'] }, schema: { response: { 200: OwnPseudonymReplySchema } } },
    async (request) => {
      const code = (await app.staffing.loadPseudonyms()).get(getSession(request).person.id)
      if (code === undefined) throw new NaervaerError('PERSON_NOT_FOUND')
      return { code }
    },
  )

  app.get(
    '/api/it/devices',
    { config, schema: { response: { 200: ItDevicesReplySchema } } },
    (request) => app.deviceDesk.loadAll(getSession(request).person.id),
  )

  app.get(
    '/api/it/devices/connected',
    { config, schema: { response: { 200: ItConnectedReplySchema } } },
    async (request) => ({
      deviceIds: await app.deviceDesk.listConnected(getSession(request).person.id),
    }),
  )

  app.get(
    '/api/it/devices/:deviceId',
    {
      config,
      schema: { params: ItDeviceParamsSchema, response: { 200: ItDeviceReplySchema } },
    },
    (request) => app.deviceDesk.load(getSession(request).person.id, request.params.deviceId),
  )
}
