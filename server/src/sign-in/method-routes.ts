import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { SignInMethodsReplySchema } from '@naervaer/shared'

/** The ways in, for the page that offers them. */
export const signInMethodRoutes: FastifyPluginAsyncTypebox =
  // eslint-disable-next-line @typescript-eslint/require-await -- Fastify takes async plugins
  async (app) => {
    app.get(
      '/api/sign-in/methods',
      { config: { serves: 'anybody' }, schema: { response: { 200: SignInMethodsReplySchema } } },
      () => ({ methods: app.signInMethods.list() }),
    )
  }
