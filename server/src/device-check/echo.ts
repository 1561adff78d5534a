import type { WebSocket } from '@fastify/websocket'
import type { FastifyPluginAsync } from 'fastify'
import {
  CHECK_SOCKET_PATH,
  MAX_ECHO_CHARS,
  PROTOCOL_VERSION,
  type DurationMs,
} from '@naervaer/shared'
import type { Config } from '../config.ts'
import { checkOrigin } from '../plugins/security.ts'
import { AddressCounter, checkSubprotocol } from '../signalling/admission.ts'
import type {} from '../plugins/websocket.ts'

/** A check takes one round trip; a slow one is over by then. */
const LIFE_MS: DurationMs = 10_000
const MAX_MESSAGES = 3
const MAX_PER_ADDRESS = 20
const MAX_IN_ALL = 500

/** RFC 6455 § 7.4.1: against the rules of whoever listens. */
const POLICY = 1008
const ALL = 'all'

/**
 * A socket that says back what it is told: whether a proxy lets WebSockets through, and how fast. Below
 * `/ws`, so that a proxy treats it as it treats calls.
 */
export const openEchoes: FastifyPluginAsync<{ config: Config }> = async (app, { config }) => {
  const addresses = new AddressCounter(MAX_PER_ADDRESS)
  const all = new AddressCounter(MAX_IN_ALL)
  app.get(
    CHECK_SOCKET_PATH,
    {
      websocket: true,
      config: {
        isSocket: true,
        serves: 'anybody',
        rateLimit: { max: 60, timeWindow: 60_000 },
      },
      preValidation: async (request) => {
        checkOrigin(config.origins, request)
        checkSubprotocol(request, PROTOCOL_VERSION)
        addresses.check(request.ip)
        all.check(ALL)
        return Promise.resolve()
      },
    },
    (socket, { ip }) => {
      addresses.add(ip)
      all.add(ALL)
      const stopWaiting = app.clock.at(app.clock.now() + LIFE_MS, () => socket.close(POLICY))
      socket.once('close', () => {
        stopWaiting()
        addresses.remove(ip)
        all.remove(ALL)
      })
      echo(socket)
    },
  )
  return Promise.resolve()
}

function echo(socket: WebSocket): void {
  let left = MAX_MESSAGES
  socket.on('error', () => socket.terminate())
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    left -= 1
    const isShort = !isBinary && data.length <= MAX_ECHO_CHARS
    if (isShort && left >= 0) socket.send(data.toString('utf8'))
    else socket.close(POLICY)
  })
}
