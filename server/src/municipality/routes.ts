import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AboutReplySchema, type DurationMs } from '@naervaer/shared'
import { APP_VERSION } from '../app-version.ts'
import type { Config } from '../config.ts'

const toDays = (time: DurationMs): number => Math.round(time / (24 * 3_600_000))

/** Who runs this installation, told to anybody: law asks for it before anybody has signed in. Owns nothing. */
export const municipalityRoutes: FastifyPluginAsyncTypebox<{
  config: Pick<Config, 'municipality' | 'retention'>
}> = async (app, { config }) => {
  const { name, privacyUrl, accessibilityUrl } = config.municipality
  const { callsMs, appointmentsMs, auditMs } = config.retention
  const keptDays = {
    calls: toDays(callsMs),
    appointments: toDays(appointmentsMs),
    audit: toDays(auditMs),
  }
  app.get(
    '/api/about',
    { config: { serves: 'anybody' }, schema: { response: { 200: AboutReplySchema } } },
    () => ({ municipality: name, privacyUrl, accessibilityUrl, keptDays, version: APP_VERSION }),
  )
  return Promise.resolve()
}
