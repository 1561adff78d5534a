import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { NaervaerError } from '@naervaer/shared'
import { CalendarFeedReplySchema, NewCalendarFeedReplySchema } from '@naervaer/shared/appointments'
import * as Type from 'typebox'
import type {} from '@fastify/rate-limit'
import { getSession } from '../administration/require-session.ts'
import type { Config } from '../config.ts'
import type {} from './plugin.ts'

const MINUTE_MS = 60_000

const FILE = /^([A-Za-z0-9_-]{43})\.ics$/

/** A worker makes, renews and closes the address of the own calendar. */
export const ownFeedRoutes: FastifyPluginAsyncTypebox<{ config: Config }> = async (
  app,
  { config: { publicUrl } },
) => {
  const config = { serves: ['worker'] } as const
  app.get(
    '/api/own/calendar-feed',
    { config, schema: { response: { 200: CalendarFeedReplySchema } } },
    (request) => app.calendarFeeds.describe(getSession(request).person.id),
  )
  app.post(
    '/api/own/calendar-feed',
    {
      config: { ...config, rateLimit: { max: 10, timeWindow: MINUTE_MS } },
      schema: { response: { 201: NewCalendarFeedReplySchema } },
    },
    async (request, reply) => {
      const token = await app.calendarFeeds.make(getSession(request).person.id)
      return reply.code(201).send({ url: `${publicUrl}/api/calendar/${token}.ics` })
    },
  )
  app.delete('/api/own/calendar-feed', { config }, async (request, reply) => {
    await app.calendarFeeds.revoke(getSession(request).person.id)
    return reply.code(204).send()
  })
}

/** What calendar programs read, which sign in nowhere: the address opens it, and nothing else. */
export const feedRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/calendar/:file',
    {
      // Programs of many workers may ask from one address; nobody guesses 256 bits at that rate.
      config: { serves: 'anybody', rateLimit: { max: 120, timeWindow: MINUTE_MS } },
      schema: { params: Type.Object({ file: Type.String({ maxLength: 60 }) }) },
    },
    async (request, reply) => {
      const [, token] = FILE.exec(request.params.file) ?? []
      if (token === undefined) throw new NaervaerError('NOT_FOUND')
      const { text, etag, changedAt } = await app.calendarFeeds.read(token)
      void reply
        .header('etag', etag)
        .header('last-modified', new Date(changedAt).toUTCString())
        .header('cache-control', 'no-store')
      if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
      return reply
        .header('content-disposition', 'inline; filename="naervaer.ics"')
        .type('text/calendar; charset=utf-8')
        .send(text)
    },
  )
}

/** A proxy that has packed it marks it as weak; what is asked for need not be the same to the byte (RFC 9110 § 13.1.2). */
function isKnown(asked: string | undefined, etag: string): boolean {
  const known = asked?.split(',').map((each) => each.trim().replace(/^W\//, '')) ?? []
  return known.includes(etag) || known.includes('*')
}
