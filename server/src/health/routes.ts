import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import * as Type from 'typebox'
import type { Config } from '../config.ts'
import { isOperator } from '../plugins/operator.ts'
import { MAINTENANCE, PARTS } from './parts.ts'
import type {} from '@fastify/rate-limit'
import type {} from '../maintenance/plugin.ts'
import type {} from './plugin.ts'

const HealthSchema = Type.Object({ status: Type.Literal('ok') })

const ReadySchema = Type.Object({
  status: Type.Union([Type.Literal('ready'), Type.Literal('unready')]),
  /** For operators only. */
  degraded: Type.Optional(Type.Array(Type.Enum([...PARTS, MAINTENANCE]))),
})

/** An operator who asks more often is answered with what was found last. */
const LOOK_HOLDS_MS: DurationMs = 2_000

/** For supervisors: whether the process lives, and whether it can serve. Owns nothing. */
export const healthRoutes: FastifyPluginAsyncTypebox<{ config: Config }> = async (
  app,
  { config },
) => {
  let lookedAt: UnixMs | null = null
  const isOld = (at: UnixMs | null) =>
    at === null || Math.abs(app.clock.now() - at) >= LOOK_HOLDS_MS
  app.get(
    '/health',
    { config: { serves: 'anybody' }, schema: { response: { 200: HealthSchema } } },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      return Promise.resolve({ status: 'ok' as const })
    },
  )

  app.get(
    '/ready',
    {
      config: { serves: 'anybody', rateLimit: { max: 240, timeWindow: 60_000 } },
      schema: { response: { 200: ReadySchema, 503: ReadySchema } },
    },
    async (request, reply): Promise<Type.Static<typeof ReadySchema>> => {
      const mayKnow = isOperator(config, request)
      // A look writes, and waits for records that are locked: nobody outside can ask for that.
      if (mayKnow && isOld(lookedAt)) {
        await app.parts.look('quick')
        lookedAt = app.clock.now()
      }
      const { isReady, degraded } = app.parts.state
      reply.header('cache-control', 'no-store').code(isReady ? 200 : 503)
      const status = isReady ? ('ready' as const) : ('unready' as const)
      if (!mayKnow) return { status }
      const isMaintained = app.maintenance.now !== null
      return { status, degraded: isMaintained ? [...degraded, MAINTENANCE] : [...degraded] }
    },
  )
  return Promise.resolve()
}
