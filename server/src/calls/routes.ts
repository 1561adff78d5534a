import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  CallParamsSchema,
  LastCallReplySchema,
  NaervaerError,
  OwnTalksReplySchema,
  ReplacedBodySchema,
  type DurationMs,
} from '@naervaer/shared'
import { getSession } from '../administration/require-session.ts'

const DAY_MS: DurationMs = 24 * 3_600_000

/** What people may look up of their own calls, and what a worker says of a talk that is over. */
export const callsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  // For a technical report, which says how it ended and not with whom.
  app.get(
    '/api/own/last-call',
    {
      config: { serves: ['citizen', 'worker'], isLook: true },
      schema: { response: { 200: LastCallReplySchema } },
    },
    async ({ session }) => {
      if (session === null) throw new NaervaerError('SESSION_MISSING')
      const since = app.clock.now() - DAY_MS
      return { last: await app.pastCalls.findLastResult(session.person.id, since) }
    },
  )

  app.get(
    '/api/own/talks',
    { config: { serves: ['worker'] }, schema: { response: { 200: OwnTalksReplySchema } } },
    async (request) => {
      const { id } = getSession(request).person
      return { talks: await app.talks.loadLatest(id), covered: await app.talks.loadCovered(id) }
    },
  )
  app.put(
    '/api/calls/:callId/replaced',
    {
      config: { serves: ['worker'] },
      schema: { params: CallParamsSchema, body: ReplacedBodySchema },
    },
    async (request, reply) => {
      const { params, body } = request
      await app.talks.sayReplaced(getSession(request).person.id, params.callId, body.replaced)
      return reply.code(204).send()
    },
  )
}
