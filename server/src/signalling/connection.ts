import type { FastifyBaseLogger } from 'fastify'
import type { WebSocket } from '@fastify/websocket'
import {
  CLOSE_CODES,
  ERROR_TABLE,
  MAX_BUFFERED_BYTES,
  NaervaerError,
  parseFrame,
  type ClientMessage,
  type ConnectionId,
  type DeviceId,
  type ErrorCode,
  type PersonId,
  type ServerMessage,
  type SocketRole,
  type UnixMs,
  type Welcome,
} from '@naervaer/shared'
import type { SocketSession } from '../accounts/session.ts'
import { newId } from '../new-id.ts'
import type { Cancel, Clock } from '../plugins/clock.ts'
import type { Connection } from '../presence/connection.ts'
import { dispatch, type Handlers } from './dispatch.ts'
import { isClientMessage, isServerMessage } from './frames.ts'
import { Refusals } from './refusals.ts'
import type { TokenBucket } from './token-bucket.ts'

/** What the connections of one server share. */
export interface ConnectionContext {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly handlers: Handlers
  /** @param protocol - the version in which the socket speaks */
  readonly loadWelcome: (
    connection: Connection,
    session: SocketSession,
    protocol: number,
  ) => Promise<Welcome>
  readonly makeBucket: () => Pick<TokenBucket, 'tryTake'>
  /** Told of every message that a person's doing causes; the page's own questions are none. */
  readonly onUse: (connection: SocketConnection) => void
  /** In tests a frame of ours that breaks its schema throws; elsewhere it is logged and not sent. */
  readonly isStrict: boolean
}

/** RFC 6455 § 7.4.1: data of a type that is not accepted. */
const UNSUPPORTED_DATA = 1003
const OPEN = 1

/** How long a client may take to answer a close frame. */
const GOODBYE_MS = 1_000

/** How long a socket in doubt has to answer: several round trips of a slow mobile network. */
const CHALLENGE_MS = 2_000

/**
 * One socket: takes frames one after the other, answers each request once, and lets go of whoever
 * floods or does not read. The only writer of error frames.
 */
export class SocketConnection implements Connection {
  readonly id: ConnectionId
  readonly personId: PersonId
  readonly role: SocketRole
  readonly deviceId: DeviceId
  readonly sessionId: string
  /** Whether use moves the end of the session on. */
  readonly isRolling: boolean
  readonly openedAt: UnixMs
  /** Whether a paired device's key has opened it. */
  readonly isByKey: boolean
  /** Whether a pong has come since the heartbeat's last ping. */
  isAlive = true
  /** Ends the question whether the socket is alive, while one is open. */
  #endChallenge: Cancel | null = null
  readonly #context: ConnectionContext
  readonly #socket: WebSocket
  readonly #bucket: Pick<TokenBucket, 'tryTake'>
  readonly #refusals: Refusals
  /** Frames that came while another was being dealt with. The bucket bounds them. */
  readonly #waiting: Buffer[] = []
  #isBusy = true
  /** What became known between connecting and the snapshot; it follows the snapshot. */
  #held: (string | Buffer)[] | null = []

  constructor(socket: WebSocket, session: SocketSession, context: ConnectionContext) {
    this.id = newId<ConnectionId>()
    this.personId = session.person.id
    this.role = session.role
    this.deviceId = session.deviceId
    this.sessionId = session.id
    this.isRolling = session.isRolling
    this.openedAt = context.clock.now()
    this.isByKey = session.method === 'device'
    this.#socket = socket
    this.#context = context
    this.#bucket = context.makeBucket()
    this.#refusals = new Refusals(context.clock.now())
    socket.on('message', (data, isBinary) => this.#onFrame(data, isBinary))
    socket.on('ping', () => this.#takeToken())
    socket.on('pong', () => this.#onPong())
  }

  /** For the state machine of calls, which knows windows by their connection. */
  get connectionId(): ConnectionId {
    return this.id
  }

  /** Sends the snapshot, then whatever has happened since it was asked for. */
  async welcome(session: SocketSession, protocol: number): Promise<void> {
    const welcome = await this.#context.loadWelcome(this, session, protocol)
    const held = this.#held ?? []
    this.#held = null
    this.send(welcome)
    for (const frame of held) this.#write(frame)
    this.#isBusy = false
    this.#takeWaiting()
  }

  send(message: ServerMessage): void {
    if (!isServerMessage(message)) {
      // Narrowed to never by a check that has just failed: it is a message by its type only.
      const { type } = message as ServerMessage
      if (this.#context.isStrict) throw new Error(`a frame of type ${type} is not valid`)
      this.#context.log.error({ code: 'INTERNAL', type }, 'invalid frame not sent')
      return
    }
    this.#write(JSON.stringify(message))
  }

  forward(frame: Buffer): void {
    this.#write(frame)
  }

  /** Says goodbye, and does not wait long for the answer: whoever was sent away may never give it. */
  close(code: number): void {
    const { clock } = this.#context
    this.#socket.close(code)
    const cancel = clock.at(clock.now() + GOODBYE_MS, () => this.#socket.terminate())
    this.#socket.once('close', cancel)
  }

  /** Ends a socket that would not answer a close handshake. */
  cutOff(code: number): void {
    this.#context.log.info({ closeCode: code }, 'connection cut off')
    this.#socket.close(code)
    this.#socket.terminate()
  }

  /** Asks the browser for a sign of life (RFC 6455 § 5.5.2), which it gives without our page's help. */
  ping(): void {
    this.isAlive = false
    if (this.#socket.readyState === OPEN) this.#socket.ping()
  }

  challenge(): void {
    if (this.#endChallenge !== null || this.#socket.readyState !== OPEN) return
    const { clock } = this.#context
    const cancel = clock.at(clock.now() + CHALLENGE_MS, () => {
      this.cutOff(CLOSE_CODES.HEARTBEAT_LOST)
    })
    this.#socket.once('close', cancel)
    this.#endChallenge = () => {
      cancel()
      this.#socket.off('close', cancel)
      this.#endChallenge = null
    }
    // Not `ping`: the heartbeat must not take its own question for the unanswered one.
    this.#socket.ping()
  }

  #onPong(): void {
    this.isAlive = true
    this.#endChallenge?.()
  }

  #write(frame: string | Buffer): void {
    if (this.#held !== null) {
      this.#held.push(frame)
      return
    }
    if (this.#socket.readyState !== OPEN) return
    this.#socket.send(frame, { binary: false })
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) this.cutOff(CLOSE_CODES.SLOW_CONSUMER)
  }

  #onFrame(data: unknown, isBinary: boolean): void {
    if (this.#socket.readyState !== OPEN) return
    // ws gives one Buffer unless told otherwise.
    if (isBinary || !Buffer.isBuffer(data)) {
      this.close(UNSUPPORTED_DATA)
    } else if (this.#takeToken()) {
      this.#waiting.push(data)
      this.#takeWaiting()
    }
  }

  /** Whether the client may send this now; browsers send no pings, but what counts is what it costs. */
  #takeToken(): boolean {
    if (this.#socket.readyState !== OPEN) return false
    const mayPass = this.#bucket.tryTake(this.#context.clock.now())
    if (!mayPass) this.#refuseFlood()
    return mayPass
  }

  /** One frame at a time, so that what a client says in order is done in order. */
  #takeWaiting(): void {
    while (!this.#isBusy) {
      const frame = this.#waiting.shift()
      if (frame === undefined) return
      const work = this.#take(frame)
      if (work === undefined) continue
      this.#isBusy = true
      void work.finally(() => {
        this.#isBusy = false
        this.#takeWaiting()
      })
    }
  }

  /** @returns a promise only where the work is not done yet: signals pass at once */
  #take(frame: Buffer): Promise<void> | undefined {
    if (this.#socket.readyState !== OPEN) return undefined
    const parsed = parseFrame(frame.toString(), isClientMessage)
    if (!parsed.ok) {
      this.#refuseFrame(parsed.id)
      return undefined
    }
    const { message } = parsed
    if (message.type !== 'ping') this.#context.onUse(this)
    try {
      const answer = dispatch(this.#context.handlers, message, this, frame)
      if (!(answer instanceof Promise)) {
        if (answer !== undefined) this.send(answer)
        return undefined
      }
      return this.#settle(message, answer)
    } catch (error) {
      this.#refuse(message, error)
      return undefined
    }
  }

  async #settle(message: ClientMessage, answer: Promise<ServerMessage | undefined>): Promise<void> {
    try {
      const reply = await answer
      if (reply !== undefined) this.send(reply)
    } catch (error) {
      this.#refuse(message, error)
    }
  }

  #refuse(message: ClientMessage, error: unknown): void {
    const code = error instanceof NaervaerError ? error.code : 'INTERNAL'
    if (code === 'INTERNAL') {
      this.#context.log.error({ err: error, type: message.type }, 'message failed')
    }
    this.#sendError('id' in message ? message.id : null, code)
  }

  #refuseFrame(id: string | null): void {
    if (this.#refusals.add(this.#context.clock.now())) {
      this.#closeFlooding(CLOSE_CODES.FRAMES_REFUSED)
      return
    }
    this.#sendError(id, 'FRAME_INVALID')
  }

  #refuseFlood(): void {
    const now = this.#context.clock.now()
    if (this.#refusals.add(now)) this.#closeFlooding(CLOSE_CODES.RATE_LIMITED)
    else if (this.#refusals.shouldTell(now)) this.#sendError(null, 'RATE_LIMITED')
  }

  #closeFlooding(code: number): void {
    this.#context.log.info({ closeCode: code }, 'connection closed')
    this.#waiting.length = 0
    this.close(code)
  }

  #sendError(replyTo: string | null, code: ErrorCode): void {
    this.send({ type: 'error', replyTo, code, retry: ERROR_TABLE[code].retry })
  }
}
