import type { IncomingMessage } from 'node:http'
import websocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import {
  chooseVersion,
  CLOSE_CODES,
  MAX_FRAME_BYTES,
  NaervaerError,
  toSubprotocol,
} from '@naervaer/shared'

/** How long sockets may take to say goodbye when the server stops. */
const GOODBYE_MS = 1_000

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a route takes WebSockets; all others refuse the upgrade. */
    isSocket?: boolean
  }
}

/**
 * WebSockets through Fastify's own hooks. Registered for the whole server, so that an upgrade asked
 * of any other address is refused and its socket ended.
 *
 * Owns the WebSocket server, and says goodbye to its sockets when this one stops.
 */
export const websocketPlugin = fp<{ protocolVersion: number }>(
  async (app, { protocolVersion }) => {
    await app.register(websocket, {
      options: {
        maxPayload: MAX_FRAME_BYTES,
        perMessageDeflate: false,
        // Without this ws would choose the first name offered, whatever it is.
        handleProtocols: (offered) =>
          toSubprotocol(chooseVersion(offered, protocolVersion) ?? protocolVersion),
      },
      preClose: () => sayGoodbye(app),
    })
    endRefused(app)
    app.addHook('onRequest', (request, _reply, done) => {
      const isRefused = request.ws && request.routeOptions.config.isSocket !== true
      done(isRefused ? new NaervaerError('NOT_FOUND') : undefined)
    })
  },
  { name: 'websocket', dependencies: ['security'] },
)

/**
 * Node gives the socket of an upgrade away, and closes it no more. `@fastify/websocket` ends one that was
 * refused, but only where its own hook came first: one that another hook has refused would stay for as
 * long as its other end likes, and be waited for when the server stops.
 */
function endRefused(app: FastifyInstance): void {
  const upgrades = new WeakSet<IncomingMessage>()
  app.server.prependListener('upgrade', (request) => upgrades.add(request))
  app.addHook('onResponse', ({ raw }, _reply, done) => {
    if (upgrades.has(raw)) raw.socket.destroy()
    done()
  })
}

/** Tells every client that this is a restart, and waits for them a moment. */
async function sayGoodbye(app: FastifyInstance): Promise<void> {
  const { websocketServer } = app
  const { clients } = websocketServer
  // First of all: an upgrade that is under way would become a client whom nobody tells, and be waited for.
  const allGone = new Promise<void>((resolve) => websocketServer.close(() => resolve()))
  for (const socket of clients) socket.close(CLOSE_CODES.SERVICE_RESTART)
  const timer = setTimeout(() => {
    for (const socket of clients) socket.terminate()
  }, GOODBYE_MS)
  await allGone
  clearTimeout(timer)
}
