import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** As long as a code lives, in seconds. */
const CLAIM_LIFE_SECONDS = 10 * 60
const TICKET_LIFE_SECONDS = 60

/**
 * Two more cookies: what a device waits with until the worker has answered, and its ticket for one
 * socket. Both are of no use without the device's key.
 */
export function makeDeviceCookies(isHttps: boolean) {
  const prefix = isHttps ? '__Host-' : ''
  const names = { claim: `${prefix}naervaer-pairing`, ticket: `${prefix}naervaer-ticket` }
  const options: CookieSerializeOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isHttps,
  }
  return {
    readClaim: (request: FastifyRequest) => request.cookies[names.claim],
    readTicket: (request: FastifyRequest) => request.cookies[names.ticket],
    writeClaim: (reply: FastifyReply, token: string) =>
      reply.setCookie(names.claim, token, { ...options, maxAge: CLAIM_LIFE_SECONDS }),
    writeTicket: (reply: FastifyReply, token: string) =>
      reply.setCookie(names.ticket, token, { ...options, maxAge: TICKET_LIFE_SECONDS }),
    clearClaim: (reply: FastifyReply) => reply.clearCookie(names.claim, options),
  }
}
export type DeviceCookies = ReturnType<typeof makeDeviceCookies>
