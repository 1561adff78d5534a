import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppNameSchema, DEFAULT_APP_NAME, NaervaerError, parseAppName } from '@naervaer/shared'
import type { Config } from '../config.ts'
import { KillSwitch } from './kill-switch.ts'
import { makeManifest } from './manifest.ts'

/** 400 days: the longest that browsers keep a cookie. */
const BROWSER_LIFE_SECONDS = 400 * 24 * 3600

/** What the browser is given as the app's service worker, with the switch off and on. */
const WORKER = 'service-worker.js'
const FAREWELL = 'farewell-worker.js'

/**
 * What makes the page an app: its manifest, with the name that was chosen on this device, and its
 * service worker, or, with the kill switch on, the one that takes its leave.
 */
export const appShellPlugin: FastifyPluginAsyncTypebox<{
  config: Config
  clientRoot: string
}> = async (app, { config, clientRoot }) => {
  const cookie = `${config.isHttps ? '__Host-' : ''}naervaer-app-name`
  const cookieOptions: CookieSerializeOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: config.isHttps,
    maxAge: BROWSER_LIFE_SECONDS,
  }
  const killSwitch = new KillSwitch(config.dataDir)

  app.get('/manifest.webmanifest', { config: { serves: 'anybody' } }, async (request, reply) => {
    const kept = parseAppName(request.cookies[cookie])
    // A cookie that is used lives on.
    if (kept !== null) reply.setCookie(cookie, kept, cookieOptions)
    reply.header('cache-control', 'no-cache').type('application/manifest+json')
    return reply.send(JSON.stringify(makeManifest(kept ?? DEFAULT_APP_NAME)))
  })

  app.put(
    '/api/app-name',
    { config: { serves: 'anybody' }, schema: { body: AppNameSchema } },
    async (request, reply) =>
      reply.setCookie(cookie, request.body.name, cookieOptions).code(204).send(),
  )

  app.get(`/${WORKER}`, { config: { serves: 'anybody' } }, async (_request, reply) => {
    const file = join(clientRoot, killSwitch.isOn ? FAREWELL : WORKER)
    // The client may not be built.
    const script = await readFile(file, 'utf8').catch(() => null)
    if (script === null) throw new NaervaerError('NOT_FOUND')
    // Asked for at the server each time, or a new version would be a day late.
    return reply.header('cache-control', 'no-cache').type('text/javascript').send(script)
  })
}
