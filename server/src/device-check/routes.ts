import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  CheckReplySchema,
  CheckResultSchema,
  CheckTurnReplySchema,
  ChecklistReplySchema,
  CitizenDeviceParamsSchema,
  CitizenParamsSchema,
  NaervaerError,
  WakeReplySchema,
  type PersonId,
} from '@naervaer/shared'
import { getSession } from '../administration/require-session.ts'
import type { Config } from '../config.ts'
import { openEchoes } from './echo.ts'
import type {} from '@fastify/rate-limit'
import type {} from './plugin.ts'

const MINUTE_MS = 60_000

/** What whoever asks may try, also at `/test`. */
export const publicCheckRoutes: FastifyPluginAsyncTypebox<{ config: Config }> = async (
  app,
  { config },
) => {
  app.get(
    '/api/check',
    {
      config: { serves: 'anybody', rateLimit: { max: 120, timeWindow: MINUTE_MS } },
      schema: { response: { 200: CheckReplySchema } },
    },
    ({ headers }) => ({
      serverTime: app.clock.now(),
      certificateEndsAt: app.certificate.endsAt,
      isProxied: headers.via !== undefined,
    }),
  )

  // Ten checks in ten minutes are a family or a waiting room, and what a stranger may use of TURN.
  app.post(
    '/api/test/turn',
    {
      config: { serves: 'anybody', rateLimit: { max: 10, timeWindow: 10 * MINUTE_MS } },
      schema: { response: { 200: CheckTurnReplySchema } },
    },
    () => ({ iceServers: app.turnTests.giveStranger() }),
  )

  await app.register(openEchoes, { config })
}

/** What people who are signed in may try, and what their devices tell. */
export const checkRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/check/turn',
    {
      config: { serves: 'signed-in', rateLimit: { max: 60, timeWindow: MINUTE_MS } },
      schema: { response: { 200: CheckTurnReplySchema } },
    },
    (request) => ({ iceServers: app.turnTests.give(request.ip) }),
  )

  app.post(
    '/api/check/results',
    {
      config: { serves: ['citizen'], rateLimit: { max: 120, timeWindow: MINUTE_MS } },
      schema: { body: CheckResultSchema },
    },
    async (request, reply) => {
      await app.checklists.note(getSession(request), request.body)
      return reply.code(204).send()
    },
  )

  app.get(
    '/api/citizens/:citizenId/checklist',
    {
      // A list that lies open looks again and again, and nobody need be there.
      config: { serves: ['worker'], isLook: true },
      schema: { params: CitizenParamsSchema, response: { 200: ChecklistReplySchema } },
    },
    async (request) => {
      const { citizenId } = request.params
      const { id } = getSession(request).person
      await requireOwn(id, citizenId)
      await app.checklistLooks.note(id, citizenId)
      return app.checklists.loadOf(citizenId)
    },
  )

  app.post(
    '/api/citizens/:citizenId/devices/:deviceId/notice',
    {
      config: { serves: ['worker'], rateLimit: { max: 20, timeWindow: MINUTE_MS } },
      schema: { params: CitizenDeviceParamsSchema, response: { 200: WakeReplySchema } },
    },
    async (request) => {
      const { citizenId, deviceId } = request.params
      const { person } = getSession(request)
      await requireOwn(person.id, citizenId)
      return { state: await app.wakings.wake(citizenId, deviceId, person.name) }
    },
  )

  async function requireOwn(workerId: PersonId, citizenId: PersonId): Promise<void> {
    const isOwn = await app.accounts.assignments.isAssigned(workerId, citizenId, app.clock.now())
    if (!isOwn) throw new NaervaerError('PERSON_NOT_FOUND')
  }
}
