import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as Type from 'typebox'

const HealthSchema = Type.Object({ status: Type.Literal('ok') })

/** Says that the process is alive, and nothing more: for supervisors. Owns nothing. */
export const healthPlugin: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/health',
    { config: { serves: 'anybody' }, schema: { response: { 200: HealthSchema } } },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      return Promise.resolve({ status: 'ok' as const })
    },
  )
}
