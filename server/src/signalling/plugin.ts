import type { WebSocket } from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import {
  CLOSE_CODES,
  MAX_CONNECTIONS_PER_PERSON,
  MESSAGE_BURST,
  MESSAGES_PER_SECOND,
  type Welcome,
} from '@naervaer/shared'
import type { SocketSession } from '../accounts/session.ts'
import type { Config } from '../config.ts'
import { checkOrigin } from '../plugins/security.ts'
import type { Connection } from '../presence/connection.ts'
import { AddressCounter, checkSubprotocol } from './admission.ts'
import { SocketConnection, type ConnectionContext } from './connection.ts'
import type { Handlers } from './dispatch.ts'
import { startHeartbeat } from './heartbeat.ts'
import { watchProofs } from './proof-watch.ts'
import { watchSessions } from './session-watch.ts'
import { TokenBucket } from './token-bucket.ts'

export interface SignallingOptions {
  readonly config: Config
  /** The rooms' parts of the table, joined; `ping` is answered here. */
  readonly handlers: Omit<Handlers, 'ping'>
  /** The rooms' parts of the snapshot, joined. */
  readonly loadSnapshot: (
    connection: Connection,
  ) => Promise<
    Pick<
      Welcome,
      | 'citizens'
      | 'workers'
      | 'choice'
      | 'isAddressProtected'
      | 'quiet'
      | 'phone'
      | 'home'
      | 'call'
      | 'maintenance'
    >
  >
  /** Whether a connection plays a part that it must not lose to a sixth window. */
  readonly hasSeat: (connection: Connection) => boolean
  /** The server's own; a client of the one before is answered in its version. */
  readonly protocolVersion: number
  /** Lifts the rate limit, for tests of what lies behind it. */
  readonly isUnlimited?: boolean
  /** Sockets from one address, for tests that cannot open hundreds. */
  readonly maxPerAddress?: number
}

/** RFC 6455 § 7.4.1: the server met something unexpected. */
const UNEXPECTED = 1011

/**
 * The socket at `/ws`: who may open one, frames in and out, limits and heartbeat.
 *
 * Owns the open sockets and their timers. Tells presence's hub who is connected, and hands each
 * message to the handler it was given; what messages mean is the rooms' business.
 */
export const signallingPlugin = fp<SignallingOptions>(
  async (app, options) => {
    const connections = new Set<SocketConnection>()
    const addresses = new AddressCounter(options.maxPerAddress)
    const context = makeContext(app, options)
    app.accounts.onSessionEnded((sessionId) => {
      for (const connection of connections) {
        if (connection.sessionId === sessionId) connection.close(CLOSE_CODES.SESSION_ENDED)
      }
    })
    const stopHeartbeat = startHeartbeat({
      clock: app.clock,
      listConnections: () => connections,
      // A talk is use of the session, however still the hands are.
      onPinged: (connection) => {
        if (options.hasSeat(connection)) noteUse(app, connection)
      },
    })
    const stopWatch = watchSessions({
      clock: app.clock,
      listSessionIds: () => [...connections].map(({ sessionId }) => sessionId),
      // A role that is gone closes the socket that it opened, whoever took it away.
      filterAlive: (sessionIds) => app.accounts.filterWithSide(sessionIds),
      onEnded: (sessionId) => app.accounts.noticeEnd(sessionId),
    })
    const stopProofWatch = watchProofs({
      clock: app.clock,
      listConnections: () => connections,
      isBusy: ({ personId }) => app.presence.getAvailability(personId) === 'busy',
    })
    app.addHook('onClose', () => {
      stopHeartbeat()
      stopProofWatch()
      stopWatch()
    })

    app.get(
      '/ws',
      {
        websocket: true,
        config: { isSocket: true, serves: ['citizen', 'worker'] },
        preValidation: async (request) => {
          checkOrigin(options.config.origins, request)
          checkSubprotocol(request, options.protocolVersion)
          addresses.check(request.ip)
        },
      },
      (socket, request) => {
        // Set by the guard of what the route serves, which lets nobody else past.
        const { session, ip } = request
        if (session === null || session.role === null) {
          socket.close(UNEXPECTED)
          return
        }
        const protocol = checkSubprotocol(request, options.protocolVersion)
        const connection = open(app, socket, { ...session, role: session.role }, context, protocol)
        connections.add(connection)
        addresses.add(ip)
        socket.once('close', () => {
          connections.delete(connection)
          addresses.remove(ip)
        })
        makeRoom(app, connection, options.hasSeat)
      },
    )
  },
  { name: 'signalling', dependencies: ['accounts', 'clock', 'presence', 'serves', 'websocket'] },
)

function makeContext(app: FastifyInstance, options: SignallingOptions): ConnectionContext {
  const { clock } = app
  return {
    clock,
    log: app.log,
    isStrict: options.config.isTest,
    onUse: (connection) => noteUse(app, connection),
    handlers: {
      ...options.handlers,
      ping: ({ message }) => ({ type: 'pong', replyTo: message.id, serverTime: clock.now() }),
    },
    makeBucket: () =>
      options.isUnlimited === true
        ? { tryTake: () => true }
        : new TokenBucket(MESSAGES_PER_SECOND, MESSAGE_BURST, clock.now()),
    loadWelcome: async (connection, session, protocol) => ({
      type: 'welcome',
      connection: connection.id,
      protocol,
      serverTime: clock.now(),
      you: session.person,
      role: session.role,
      ...(await options.loadSnapshot(connection)),
    }),
  }
}

/** The session goes on for as long as its socket is used, not for as long as it is merely open. */
function noteUse(app: FastifyInstance, { sessionId, isRolling }: SocketConnection): void {
  app.accounts.noteUse({ id: sessionId, isRolling }).catch((error: unknown) => {
    app.log.error({ err: error }, 'use of a session not noted')
  })
}

/** Nothing in here may wait before the connection listens: frames may already be on their way. */
function open(
  app: FastifyInstance,
  socket: WebSocket,
  session: SocketSession,
  context: ConnectionContext,
  protocol: number,
): SocketConnection {
  // The plugin's own listener keeps the whole request alive for as long as the socket.
  socket.removeAllListeners('error')
  socket.on('error', (error: Error & { code?: string }) => {
    app.log.info({ code: error.code }, 'socket error')
  })
  const connection = new SocketConnection(socket, session, context)
  socket.once('close', () => app.presence.remove(connection))
  app.presence.add(connection)
  // It may have been deleted between the look-up before 101 and the listener that ends its sockets.
  app.accounts.isSessionAlive(session.id).then(
    (isAlive) => isAlive || connection.close(CLOSE_CODES.SESSION_ENDED),
    () => undefined,
  )
  connection.welcome(session, protocol).catch((error: unknown) => {
    app.log.error({ err: error }, 'no snapshot')
    connection.close(UNEXPECTED)
  })
  return connection
}

/** Beyond the limit the person's oldest window without a part in a call gives way. */
function makeRoom(
  app: FastifyInstance,
  newest: Connection,
  hasSeat: SignallingOptions['hasSeat'],
): void {
  const own = app.presence.listConnections(newest.personId)
  if (own.length <= MAX_CONNECTIONS_PER_PERSON) return
  const oldest = own.find((connection) => connection !== newest && !hasSeat(connection)) ?? newest
  app.presence.remove(oldest)
  oldest.close(CLOSE_CODES.TOO_MANY_CONNECTIONS)
}
