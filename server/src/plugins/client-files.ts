import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import { NaervaerError } from '@naervaer/shared'

/** What `npm run build` makes of the client. */
export const CLIENT_DIST = fileURLToPath(new URL('../../../client/dist/', import.meta.url))

/** A name that changes with its content need never be asked for again. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/**
 * Serves the built client: its page at each of `pages`, and its files. Anything else is a 404,
 * shown by the page itself where a person asks for it. Files travel as the build has compressed them.
 * Owns nothing.
 */
export const clientFilesPlugin: FastifyPluginAsync<{
  root: string
  pages: readonly string[]
}> = async (app, { root, pages }) => {
  const isBuilt = existsSync(root)
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html')
    const isOurs = /^\/(api|ws)\b/.test(request.url)
    if (!isBuilt || isOurs || isPage !== true) throw new NaervaerError('NOT_FOUND')
    return reply.code(404).sendFile('index.html')
  })
  if (!isBuilt) {
    app.log.warn('the client is not built')
    return
  }
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, serves: 'anybody' }
  })
  await app.register(fastifyStatic, {
    root,
    index: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders(reply, path) {
      const isHashed = path.includes('/assets/')
      reply.header('cache-control', isHashed ? FOR_EVER : 'no-cache')
    },
  })
  for (const page of pages) app.get(page, (_request, reply) => reply.sendFile('index.html'))
}
