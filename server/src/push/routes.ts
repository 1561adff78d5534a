import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { NaervaerError } from '@naervaer/shared'
import {
  NoticeAnswerBodySchema,
  NoticeStateReplySchema,
  NoticeTokenBodySchema,
  PushReplySchema,
  PushTrialReplySchema,
  PushWishSchema,
} from '@naervaer/shared/push'
import type { Session } from '../accounts/session.ts'
import type {} from '@fastify/rate-limit'

const MINUTE_MS = 60_000

/** Somebody whose devices are many may live behind one address, and so may many people. */
const PER_ADDRESS = { rateLimit: { max: 300, timeWindow: MINUTE_MS } }

/** Who would call, where nobody does. */
const NOBODY = 'Nærvær'

/** A citizen's device is told of rings from now on, or not any more. */
export const pushRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { push, accounts, clock } = app
  const config = { serves: ['citizen'] } as const

  app.get('/api/push', { config, schema: { response: { 200: PushReplySchema } } }, (request) =>
    push.describe(getSession(request)),
  )

  app.put(
    '/api/push/subscription',
    {
      config: { ...config, rateLimit: { max: 30, timeWindow: MINUTE_MS } },
      schema: { body: PushWishSchema },
    },
    async (request, reply) => {
      await push.subscribe(getSession(request), request.body)
      return reply.code(204).send()
    },
  )

  app.delete('/api/push/subscription', { config }, async (request, reply) => {
    await push.unsubscribe(getSession(request))
    return reply.code(204).send()
  })

  app.post(
    '/api/push/trial',
    {
      config: { ...config, rateLimit: { max: 10, timeWindow: MINUTE_MS } },
      schema: { response: { 200: PushTrialReplySchema } },
    },
    async (request) => {
      const session = getSession(request)
      const [worker] = await accounts.assignments.loadWorkersOf(session.person.id, clock.now())
      return { isSent: await push.sendTrial(session, worker?.name ?? NOBODY) }
    },
  )
}

/** What a service worker says of a notice, which has no session at hand: the notice's token opens it. */
export const noticeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { push } = app
  const config = { serves: 'anybody', ...PER_ADDRESS } as const

  app.post(
    '/api/push/notice',
    { config, schema: { body: NoticeTokenBodySchema, response: { 200: NoticeStateReplySchema } } },
    async (request) => ({ state: await push.getState(request.body.token) }),
  )

  app.post(
    '/api/push/receipt',
    { config, schema: { body: NoticeTokenBodySchema } },
    async (request, reply) => {
      await push.takeReceipt(request.body.token)
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/push/answer',
    { config, schema: { body: NoticeAnswerBodySchema } },
    async (request, reply) => {
      const { token, answer } = request.body
      await push.answer(token, answer)
      return reply.code(204).send()
    },
  )
}

/** Set by the guard of what the route serves, which lets nobody past without one. */
function getSession({ session }: FastifyRequest): Session {
  if (session === null) throw new NaervaerError('SESSION_MISSING')
  return session
}
