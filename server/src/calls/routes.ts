import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { LastCallReplySchema, NaervaerError, type DurationMs } from '@naervaer/shared'

const DAY_MS: DurationMs = 24 * 3_600_000

/** What people may look up of their own calls. */
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
      return { last: await app.calls.findLastResult(session.person.id, app.clock.now() - DAY_MS) }
    },
  )
}
