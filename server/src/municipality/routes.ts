import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AboutReplySchema } from '@naervaer/shared'
import { APP_VERSION } from '../app-version.ts'
import type { Config } from '../config.ts'

/** Who runs this installation, told to anybody: law asks for it before anybody has signed in. Owns nothing. */
export const municipalityRoutes: FastifyPluginAsyncTypebox<{
  config: Pick<Config, 'municipality'>
}> = async (app, { config }) => {
  const { name, privacyUrl, accessibilityUrl } = config.municipality
  app.get(
    '/api/about',
    { config: { serves: 'anybody' }, schema: { response: { 200: AboutReplySchema } } },
    () => ({ municipality: name, privacyUrl, accessibilityUrl, version: APP_VERSION }),
  )
  return Promise.resolve()
}
