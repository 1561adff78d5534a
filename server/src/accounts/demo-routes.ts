import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { DemoPeopleReplySchema, DemoSignInSchema, NaervaerError } from '@naervaer/shared'
import type { Config } from '../config.ts'
import { StartError } from '../start-error.ts'
import { makeDemoPeople } from './demo-people.ts'

/** Signing in as an invented person, with `DEMO` only. In production their very presence is refused. */
export const demoRoutes: FastifyPluginAsyncTypebox<{ config: Config }> = async (
  app,
  { config },
) => {
  const demoPeople = makeDemoPeople(app.database)
  if (config.isProduction && (await demoPeople.load()).length > 0) {
    throw new StartError('NODE_ENV cannot be production: the records in DATA_DIR hold demo people.')
  }
  if (!config.isDemo) return
  await demoPeople.seed(app.clock.now())

  app.get(
    '/api/demo/people',
    { config: { serves: 'anybody' }, schema: { response: { 200: DemoPeopleReplySchema } } },
    async (request) => {
      const asked = config.origins.find((origin) => new URL(origin).host === request.host)
      const other = config.origins.find((origin) => origin !== asked)
      const otherAddress = asked === undefined ? null : (other ?? null)
      return { people: await demoPeople.load(), otherAddress }
    },
  )

  app.post(
    '/api/demo/sign-in',
    { config: { serves: 'anybody' }, schema: { body: DemoSignInSchema } },
    async (request, reply) => {
      const { personId } = request.body
      if (!(await demoPeople.has(personId))) throw new NaervaerError('PERSON_NOT_FOUND')
      await app.startSession(request, reply, personId, 'demo')
      return reply.code(204).send()
    },
  )
}
