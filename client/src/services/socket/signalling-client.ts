import {
  getAfterClose,
  parseFrame,
  ServerMessageSchema,
  type ClientMessage,
  type ClientRequest,
  type ConnectionId,
  type DurationMs,
  type ServerMessage,
  type ServerReply,
  type SignalMessage,
} from '@naervaer/shared'
import { makeCheck } from './check.ts'
import type { ConnectionState } from './connection-state.ts'
import {
  ConnectionLostError,
  PendingRequests,
  type ReplyTo,
  type RequestBody,
} from './pending-requests.ts'
import { getReconnectDelay } from './reconnect-policy.ts'
import { SocketOpener, type SocketPass } from './socket-opener.ts'
import { SocketPulse } from './socket-pulse.ts'
import { Store } from '../store.ts'

const isServerMessage = makeCheck(ServerMessageSchema)

/**
 * From a request to its answer. A server that refused the frame for its rate cannot say which it was
 * (FR8), so the whole connection is begun anew: its snapshot tells how things are.
 */
const REQUEST_TIMEOUT_MS = 10_000

/** How long a page that is looked at again waits for a sign of life before it opens a new socket. */
const WAKE_PATIENCE_MS: DurationMs = 2_000

/** The same when something else says that the network may be gone. */
const PROBE_PATIENCE_MS: DurationMs = 700

/** In haste, at most this often: whether the session is over. */
const SIGNED_OUT_CHECK_MS: DurationMs = 5_000

/** News from the server: everything that does not answer a request. */
export type ServerNews = Exclude<ServerMessage, ServerReply>

/** Whoever tells it. */
export type NewsSource = Pick<SignallingClient, 'onNews'>

interface SignallingClientOptions {
  /** `ws:` or `wss:` address of the server's socket. */
  readonly url: string
  /** Null where the session's cookie is enough. */
  readonly pass: SocketPass | null
  /** Asked when a socket could not be opened, because browsers hide the status of a refused upgrade. */
  readonly isSignedIn: () => Promise<boolean>
}

/**
 * The one socket of this window: keeps it open, matches answers to requests, passes news on.
 *
 * A socket that may be dead is not trusted and not waited for: it is dropped, and a new one opened
 * (a suspended page's socket looks open for ever, and closing it may never finish).
 */
export class SignallingClient {
  readonly state = new Store<ConnectionState>('connecting')
  readonly #options: SignallingClientOptions
  readonly #pending = new PendingRequests()
  readonly #listeners = new Set<(news: ServerNews) => void>()
  readonly #opener: SocketOpener
  readonly #pulse: SocketPulse
  #socket: WebSocket | null = null
  #connection: ConnectionId | null = null
  #isHasty = false
  #lastCheckAt = -Infinity
  #failedAttempts = 0
  /** Grows whenever a socket is let go of: what was asked about an earlier one decides nothing. */
  #epoch = 0
  #reconnectTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: SignallingClientOptions) {
    this.#options = options
    this.#opener = new SocketOpener({
      url: options.url,
      pass: options.pass,
      onOpen: (socket, firstFrame) => {
        // After a sleep the former one may still be there.
        this.#letGo()
        this.#use(socket)
        this.#onFrame(firstFrame)
      },
      onFail: (code) => {
        // The former one is there, and has been asked.
        if (this.#socket !== null && getAfterClose(code) !== 'stay') return
        this.#onLost(code)
      },
      onTurnedAway: () => {
        void this.#checkSession()
      },
    })
    this.#pulse = new SocketPulse({
      ask: () => this.request({ type: 'ping' }),
      onDead: () => {
        this.#onLost(1006)
      },
      onAwake: () => {
        void this.#replace()
      },
      onHastyBeat: () => {
        options.pass?.prepareAhead()
      },
    })
  }

  /** The present connection, or the last one there was. */
  get connection(): ConnectionId | null {
    return this.#connection
  }

  /**
   * Somebody is talking: a loss must be noticed within seconds, and mended as fast as can be.
   *
   * @param isHasty - true costs a frame a second, and after a loss several small questions a second
   */
  setHaste(isHasty: boolean): void {
    if (isHasty === this.#isHasty) return
    this.#isHasty = isHasty
    if (this.state.value === 'open') this.#pulse.start(isHasty)
    else if (isHasty && this.#mayReconnect()) this.#open()
  }

  /** Something else says that the network may be gone: asks the server, and soon opens a new socket. */
  probe(): void {
    if (this.state.value === 'open') void this.#pulse.ask(PROBE_PATIENCE_MS)
  }

  /** Something else says that the network is back: what was sent before may be lost. */
  hurry(): void {
    if (this.state.value !== 'open') this.#opener.beginAnew()
  }

  start(): void {
    globalThis.addEventListener('online', this.#onOnline)
    globalThis.addEventListener('offline', this.#onOffline)
    globalThis.addEventListener('pageshow', this.#onWake)
    globalThis.addEventListener('focus', this.#onWake)
    document.addEventListener('visibilitychange', this.#onWake)
    this.state.set('connecting')
    this.#open()
  }

  stop(): void {
    globalThis.removeEventListener('online', this.#onOnline)
    globalThis.removeEventListener('offline', this.#onOffline)
    globalThis.removeEventListener('pageshow', this.#onWake)
    globalThis.removeEventListener('focus', this.#onWake)
    document.removeEventListener('visibilitychange', this.#onWake)
    this.#drop()
    this.state.set('stopped')
  }

  /** @returns ends the subscription */
  onNews(listener: (news: ServerNews) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * @throws {NaervaerError} by the server's code
   * @throws {ConnectionLostError} there is no connection, or it was lost before the answer
   */
  async request<T extends ClientRequest['type']>(
    body: RequestBody<T> & { type: T },
  ): Promise<ReplyTo<T>> {
    if (this.state.value !== 'open') throw new ConnectionLostError()
    const { id, reply } = this.#pending.add(body.type)
    // TypeScript cannot see that a body and an id make the request again.
    this.#transmit({ ...body, id })
    const socket = this.#socket
    const timer = setTimeout(() => {
      if (socket === this.#socket) this.#onLost(1006)
    }, REQUEST_TIMEOUT_MS)
    try {
      return await reply
    } finally {
      clearTimeout(timer)
    }
  }

  /** Sends a signal, or drops it when there is no connection: signals are sent again until acknowledged. */
  send(signal: SignalMessage): void {
    if (this.state.value === 'open') this.#transmit(signal)
  }

  #transmit(message: ClientMessage): void {
    // One that is closing says so in a moment, and whoever waits for an answer is told then.
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  #open(): void {
    this.#drop()
    this.#startOpener()
  }

  #startOpener(): void {
    this.#opener.start({ isHasty: this.#isHasty, roundTripMs: this.#pulse.roundTripMs })
  }

  #use(socket: WebSocket): void {
    this.#socket = socket
    socket.addEventListener('message', (event) => {
      if (socket === this.#socket) this.#onFrame(event.data)
    })
    socket.addEventListener('close', (event) => {
      if (socket === this.#socket) this.#onLost(event.code)
    })
  }

  /** Lets go of the socket, and of any on its way. */
  #drop(): void {
    this.#opener.cancel()
    this.#letGo()
  }

  /** Lets go of the socket without waiting for it. */
  #letGo(): void {
    this.#epoch += 1
    clearTimeout(this.#reconnectTimer)
    this.#pulse.stop()
    const socket = this.#socket
    this.#socket = null
    socket?.close()
    this.#pending.rejectAll()
  }

  #onFrame(data: unknown): void {
    if (typeof data !== 'string') return
    const frame = parseFrame(data, isServerMessage)
    // A newer server may say what this version does not know: ignored, the snapshot is the truth.
    if (!frame.ok) return
    if ('replyTo' in frame.message) this.#pending.settle(frame.message)
    else this.#onNews(frame.message)
  }

  #onNews(news: ServerNews): void {
    if (news.type === 'welcome') this.#onWelcome(news.connection)
    for (const listener of [...this.#listeners]) listener(news)
  }

  #onWelcome(connection: ConnectionId): void {
    this.#connection = connection
    this.#failedAttempts = 0
    this.state.set('open')
    this.#pulse.start(this.#isHasty)
  }

  /** Asks the socket, and opens another beside it without waiting: the first to answer stays. */
  async #replace(): Promise<void> {
    if (!this.#opener.isAtWork) this.#startOpener()
    if (await this.#pulse.ask(WAKE_PATIENCE_MS)) this.#opener.cancel()
  }

  #onLost(code: number): void {
    const wasOpen = this.state.value === 'open'
    const after = getAfterClose(code)
    if (this.#opener.isAtWork && after === 'reconnectSoon') {
      // Another is on its way already.
      this.#letGo()
      this.state.set(navigator.onLine ? 'lost' : 'offline')
      return
    }
    this.#drop()
    if (after === 'stay') {
      void this.#stayAway()
      return
    }
    this.state.set(navigator.onLine ? 'lost' : 'offline')
    if (this.#isHasty && after === 'reconnectSoon') {
      this.#open()
      return
    }
    this.#reconnectTimer = setTimeout(
      () => {
        void this.#tryAgain(wasOpen)
      },
      getReconnectDelay(this.#failedAttempts, after, Math.random()),
    )
    this.#failedAttempts += 1
  }

  async #stayAway(): Promise<void> {
    const epoch = this.#epoch
    this.state.set('stopped')
    if ((await this.#isSignedOut()) && epoch === this.#epoch) this.state.set('signedOut')
  }

  /** @param wasOpen - a socket that had been welcomed did not fail for want of a session */
  async #tryAgain(wasOpen: boolean): Promise<void> {
    const epoch = this.#epoch
    const isSignedOut = !wasOpen && (await this.#isSignedOut())
    if (epoch !== this.#epoch) return
    if (isSignedOut) this.state.set('signedOut')
    else this.#open()
  }

  /** In haste nobody waits for the answer before the next attempt. */
  async #checkSession(): Promise<void> {
    const now = performance.now()
    if (now - this.#lastCheckAt < SIGNED_OUT_CHECK_MS) return
    this.#lastCheckAt = now
    const epoch = this.#epoch
    if (!(await this.#isSignedOut()) || epoch !== this.#epoch) return
    this.#drop()
    this.state.set('signedOut')
  }

  async #isSignedOut(): Promise<boolean> {
    try {
      return !(await this.#options.isSignedIn())
    } catch {
      return false
    }
  }

  readonly #onOnline = (): void => {
    if (this.#mayReconnect()) this.#open()
  }

  readonly #onOffline = (): void => {
    if (!this.#mayReconnect()) return
    this.#drop()
    this.state.set('offline')
    // Browsers have been wrong about this, and a talk is worth the attempts.
    if (this.#isHasty) this.#open()
  }

  /** A page that is looked at again does not believe its socket before it has answered. */
  readonly #onWake = (): void => {
    const isFirst = this.state.value === 'connecting'
    if (document.visibilityState !== 'visible' || isFirst || !this.#mayReconnect()) return
    if (this.state.value === 'open') this.#pulse.wake(WAKE_PATIENCE_MS)
    else if (this.#opener.isAtWork) this.#opener.beginAnew()
    else this.#open()
  }

  #mayReconnect(): boolean {
    return this.state.value !== 'signedOut' && this.state.value !== 'stopped'
  }
}
