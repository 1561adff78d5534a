import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  ChoiceAnswerSchema,
  ChoicePauseSchema,
  ChoiceReplySchema,
  ChoiceParamsSchema,
  NaervaerError,
} from '@naervaer/shared'
import type { Session } from '../accounts/session.ts'

const REPLY = { response: { 200: ChoiceReplySchema } }

/** What a citizen says about video, and what a worker offers and hears. */
export const choiceRoutes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(citizenRoutes)
  await app.register(workerRoutes)
}

const citizenRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { serves: ['citizen'] } as const
  app.post(
    '/api/choice/answer',
    { config, schema: { ...REPLY, body: ChoiceAnswerSchema } },
    async (request) => {
      const { person, deviceId } = getSession(request)
      return { choice: await app.choice.answer(person.id, deviceId, request.body) }
    },
  )
  app.post(
    '/api/choice/pause',
    { config, schema: { ...REPLY, body: ChoicePauseSchema } },
    async (request) => {
      const { person, deviceId } = getSession(request)
      return { choice: await app.choice.pause(person.id, deviceId, request.body.weeks) }
    },
  )
  app.post('/api/choice/resume', { config, schema: REPLY }, async (request) => {
    const { person, deviceId } = getSession(request)
    return { choice: await app.choice.resume(person.id, deviceId) }
  })
  app.post('/api/choice/stop', { config, schema: REPLY }, async (request) => {
    const { person, deviceId } = getSession(request)
    return { choice: await app.choice.stop(person.id, deviceId) }
  })
}

const workerRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { serves: ['worker'] } as const
  const schema = { ...REPLY, params: ChoiceParamsSchema }
  app.post('/api/citizens/:citizenId/choice/offer', { config, schema }, async (request) => {
    const { person } = getSession(request)
    return { choice: await app.choice.offer(person.id, request.params.citizenId) }
  })
  app.post(
    '/api/citizens/:citizenId/choice/answer',
    { config, schema: { ...schema, body: ChoiceAnswerSchema } },
    async (request) => {
      const { person } = getSession(request)
      return { choice: await app.choice.hear(person.id, request.params.citizenId, request.body) }
    },
  )
  app.post('/api/citizens/:citizenId/choice/stop', { config, schema }, async (request) => {
    const { person } = getSession(request)
    return { choice: await app.choice.hearStop(person.id, request.params.citizenId) }
  })
}

/** The guard of the route has let nobody past without one. */
function getSession({ session }: FastifyRequest): Session {
  if (session === null) throw new NaervaerError('SESSION_MISSING')
  return session
}
