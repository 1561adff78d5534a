import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CookieSerializeOptions } from '@fastify/cookie'

/** 400 days: the longest that browsers keep a cookie. */
const BROWSER_LIFE_SECONDS = 400 * 24 * 3600

/**
 * The two cookies: the session's token, and an opaque name of the browser by which its device is
 * found again at the next sign-in.
 *
 * Over https they carry the `__Host-` prefix, which browsers hold to Secure, Path=/ and this host
 * (RFC 6265bis § 4.1.3.2); plain http, that is localhost, cannot have it.
 */
export function makeCookies(isHttps: boolean) {
  const prefix = isHttps ? '__Host-' : ''
  const names = { session: `${prefix}naervaer`, browser: `${prefix}naervaer-browser` }
  const options: CookieSerializeOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isHttps,
  }
  return {
    readSession: (request: FastifyRequest) => request.cookies[names.session],
    readBrowser: (request: FastifyRequest) => request.cookies[names.browser],
    /** @param isLasting - whether it outlives the browser's window, as on a citizen's own device */
    writeSession: (reply: FastifyReply, token: string, isLasting: boolean) =>
      reply.setCookie(names.session, token, {
        ...options,
        ...(isLasting ? { maxAge: BROWSER_LIFE_SECONDS } : {}),
      }),
    writeBrowser: (reply: FastifyReply, token: string) =>
      reply.setCookie(names.browser, token, { ...options, maxAge: BROWSER_LIFE_SECONDS }),
    clearSession: (reply: FastifyReply) => reply.clearCookie(names.session, options),
  }
}
export type Cookies = ReturnType<typeof makeCookies>
