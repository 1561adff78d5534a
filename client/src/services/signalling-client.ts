import {
  CLIENT_PING_INTERVAL_MS,
  CLIENT_PING_TIMEOUT_MS,
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
import { Store } from './store.ts'

const isServerMessage = makeCheck(ServerMessageSchema)

/**
 * From a request to its answer. A server that refused the frame for its rate cannot say which it was
 * (FR8), so the whole connection is begun anew: its snapshot tells how things are.
 */
const REQUEST_TIMEOUT_MS = 10_000

/** How long a page that wakes up waits for a sign of life before it opens a new socket. */
const WAKE_PING_TIMEOUT_MS = 2_000

/** In haste the server is asked this often whether it is there, and given this long. */
const HASTY_PING_INTERVAL_MS: DurationMs = 1_000
const HASTY_PING_TIMEOUT_MS: DurationMs = 2_000

/**
 * How long the server has to answer, at least, when something else says that the network may be gone.
 */
const PROBE_TIMEOUT_MS: DurationMs = 700

/** A frame that was lost is sent again after more than one round trip, and may be lost again. */
const PATIENCE_IN_ROUND_TRIPS = 3

/** More has been slept, or waited for a server in trouble, and says nothing of the line. */
const LONGEST_ROUND_TRIP_MS: DurationMs = 1_500

/** In haste, at most this often: whether the session is over. */
const SIGNED_OUT_CHECK_MS: DurationMs = 5_000

/** News from the server: everything that does not answer a request. */
export type ServerNews = Exclude<ServerMessage, ServerReply>

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
  #socket: WebSocket | null = null
  #connection: ConnectionId | null = null
  #isHasty = false
  #lastCheckAt = -Infinity
  #failedAttempts = 0
  /** Grows whenever a socket is let go of: what was asked about an earlier one decides nothing. */
  #epoch = 0
  #reconnectTimer: ReturnType<typeof setTimeout> | undefined
  #deadlineTimer: ReturnType<typeof setTimeout> | undefined
  /** When the present socket is given up, by `performance.now()`; Infinity while nothing is asked. */
  #deadlineAt = Infinity
  /** From the last question to its answer. */
  #roundTripMs: DurationMs = 0
  #pingTimer: ReturnType<typeof setInterval> | undefined

  constructor(options: SignallingClientOptions) {
    this.#options = options
    this.#opener = new SocketOpener({
      url: options.url,
      pass: options.pass,
      onOpen: (socket, firstFrame) => {
        this.#use(socket)
        this.#onFrame(firstFrame)
      },
      onFail: (code) => {
        this.#onLost(code)
      },
      onTurnedAway: () => {
        void this.#checkSession()
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
    if (this.state.value === 'open') this.#pingRegularly()
    else if (isHasty && this.#mayReconnect()) this.#open()
  }

  /** Something else says that the network may be gone: asks the server, and soon opens a new socket. */
  probe(): void {
    if (this.state.value === 'open') this.#ping(PROBE_TIMEOUT_MS)
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
    this.#socket?.send(JSON.stringify(message))
  }

  #open(): void {
    this.#drop()
    this.#opener.start({ isHasty: this.#isHasty, roundTripMs: this.#roundTripMs })
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

  /** Lets go of the socket without waiting for it. */
  #drop(): void {
    this.#epoch += 1
    clearTimeout(this.#reconnectTimer)
    this.#endDeadline()
    clearInterval(this.#pingTimer)
    this.#opener.cancel()
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
    this.#pingRegularly()
  }

  #pingRegularly(): void {
    clearInterval(this.#pingTimer)
    const [intervalMs, timeoutMs] = this.#isHasty
      ? [HASTY_PING_INTERVAL_MS, HASTY_PING_TIMEOUT_MS]
      : [CLIENT_PING_INTERVAL_MS, CLIENT_PING_TIMEOUT_MS]
    this.#pingTimer = setInterval(() => {
      this.#ping(timeoutMs)
      if (this.#isHasty) this.#options.pass?.prepareAhead()
    }, intervalMs)
  }

  /** Several questions may be open: the shortest patience counts, and any answer ends them all. */
  #ping(leastMs: DurationMs): void {
    const askedAt = performance.now()
    const timeoutMs = Math.max(leastMs, PATIENCE_IN_ROUND_TRIPS * this.#roundTripMs)
    const until = askedAt + timeoutMs
    if (until < this.#deadlineAt) {
      clearTimeout(this.#deadlineTimer)
      this.#deadlineAt = until
      this.#deadlineTimer = setTimeout(() => {
        this.#onLost(1006)
      }, timeoutMs)
    }
    this.request({ type: 'ping' }).then(
      () => {
        this.#roundTripMs = Math.min(performance.now() - askedAt, LONGEST_ROUND_TRIP_MS)
        this.#endDeadline()
      },
      () => undefined,
    )
  }

  #endDeadline(): void {
    clearTimeout(this.#deadlineTimer)
    this.#deadlineAt = Infinity
  }

  #onLost(code: number): void {
    const wasOpen = this.state.value === 'open'
    this.#drop()
    const after = getAfterClose(code)
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

  /** A page that comes back from sleep does not believe its socket before it has answered. */
  readonly #onWake = (): void => {
    if (document.visibilityState !== 'visible') return
    if (this.state.value === 'open') this.#ping(WAKE_PING_TIMEOUT_MS)
    else if (this.state.value !== 'connecting' && this.#mayReconnect()) this.#open()
  }

  #mayReconnect(): boolean {
    return this.state.value !== 'signedOut' && this.state.value !== 'stopped'
  }
}
