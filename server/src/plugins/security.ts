import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { NaervaerError } from '@naervaer/shared'
import type { Config } from '../config.ts'
import { listSecurityHeaders } from './security-headers.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a route is for other servers, which prove themselves in the body and send no `Origin`. */
    isFromServers?: boolean
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses an `Origin` that is not exactly one of ours; a missing one too (criterion S-09). */
export function checkOrigin(origins: readonly string[], request: FastifyRequest): void {
  const { origin } = request.headers
  if (origin === undefined || !origins.includes(origin)) throw new NaervaerError('ORIGIN_REFUSED')
}

/**
 * Browsers send an `Origin` with every POST, and newer ones say from where they ask as well; neither is
 * in the power of a page.
 */
function isBrowser({ headers }: FastifyRequest): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined
}

/**
 * Gives every answer its security headers, and lets no other site change anything here:
 * what is not a mere look needs our own `Origin`, and a body must be JSON, which other sites
 * cannot send without asking first. Owns nothing.
 */
export const securityPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    const headers = listSecurityHeaders(config)
    app.removeContentTypeParser('text/plain')
    app.addHook('onRequest', async (request, reply) => {
      reply.headers(headers)
      const isServer = request.routeOptions.config.isFromServers === true && !isBrowser(request)
      if (!SAFE_METHODS.has(request.method) && !isServer) checkOrigin(config.origins, request)
    })
  },
  { name: 'security', dependencies: ['errors'] },
)
