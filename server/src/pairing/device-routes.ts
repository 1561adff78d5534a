import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  DEVICE_NONCE_HEADER,
  DeviceNonceSchema,
  DeviceSignInSchema,
  PairingClaimReplySchema,
  PairingClaimSchema,
  PairingStatusSchema,
  SessionReplySchema,
} from '@naervaer/shared'
import type { Config } from '../config.ts'
import { toSessionReply } from '../accounts/routes.ts'
import { toProvenRequest } from './devices.ts'
import { CodesLocked } from './throttle.ts'
import type {} from '@fastify/rate-limit'

const MINUTE_MS = 60_000
/** Many citizens may live behind one address; guessing has a limit of its own. */
const PER_ADDRESS = { rateLimit: { max: 300, timeWindow: MINUTE_MS } }

/** What a device may ask before it is anybody's: to be paired, and to prove itself. */
export const deviceRoutes: FastifyPluginAsyncTypebox<{ config: Config }> = async (
  app,
  { config },
) => {
  const { pairings, devices, deviceCookies } = app

  app.post(
    '/api/device/pairing',
    {
      config: { serves: 'anybody', ...PER_ADDRESS },
      schema: { body: PairingClaimSchema, response: { 200: PairingClaimReplySchema } },
    },
    async (request, reply) => {
      try {
        const { token, digits, worker } = await pairings.claim(request.ip, request.body)
        deviceCookies.writeClaim(reply, token)
        return { digits, worker }
      } catch (error) {
        if (error instanceof CodesLocked) {
          reply.header('retry-after', Math.ceil(error.retryAfterMs / 1_000))
        }
        throw error
      }
    },
  )

  app.get(
    '/api/device/pairing',
    {
      config: { serves: 'anybody', ...PER_ADDRESS },
      schema: { response: { 200: PairingStatusSchema } },
    },
    (request) => pairings.getStatus(deviceCookies.readClaim(request)),
  )

  app.post(
    '/api/device/nonce',
    {
      config: { serves: 'anybody', ...PER_ADDRESS },
      schema: { response: { 200: DeviceNonceSchema } },
    },
    () => ({ nonce: devices.makeNonce(), serverTime: app.clock.now() }),
  )

  app.post(
    '/api/device/session',
    {
      config: { serves: 'anybody', ...PER_ADDRESS },
      schema: { body: DeviceSignInSchema, response: { 200: SessionReplySchema } },
    },
    async (request, reply) => {
      const { session, tokens, ticket } = await devices.signIn(
        request.body.proof,
        toProvenRequest(request),
        {
          isSwitch: request.body.isSwitch,
          session: app.cookies.readSession(request),
          browser: app.cookies.readBrowser(request),
          userAgent: request.headers['user-agent'],
        },
      )
      if (tokens !== null) {
        app.cookies.writeSession(reply, tokens.session, session.isRolling)
        app.cookies.writeBrowser(reply, tokens.browser)
      }
      reply.header(DEVICE_NONCE_HEADER, devices.makeNonce())
      if (ticket !== null) deviceCookies.writeTicket(reply, ticket)
      deviceCookies.clearClaim(reply)
      return toSessionReply(session, config)
    },
  )
}
