import {
  CLIENT_PING_INTERVAL_MS,
  CLIENT_PING_TIMEOUT_MS,
  getAfterClose,
  parseFrame,
  ServerMessageSchema,
  SUBPROTOCOL,
  type ClientMessage,
  type ClientRequest,
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
import { Store } from './store.ts'

const isServerMessage = makeCheck(ServerMessageSchema)

/** From opening the socket to the welcome. */
const CONNECT_TIMEOUT_MS = 5_000

/**
 * From a request to its answer. A server that refused the frame for its rate cannot say which it was
 * (FR8), so the whole connection is begun anew: its snapshot tells how things are.
 */
const REQUEST_TIMEOUT_MS = 10_000

/** How long a page that wakes up waits for a sign of life before it opens a new socket. */
const WAKE_PING_TIMEOUT_MS = 2_000

/** News from the server: everything that does not answer a request. */
export type ServerNews = Exclude<ServerMessage, ServerReply>

interface SignallingClientOptions {
  /** `ws:` or `wss:` address of the server's socket. */
  readonly url: string
  /** Done before each socket is opened; where it fails, so has the socket. */
  readonly prepare?: () => Promise<void>
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
  #socket: WebSocket | null = null
  #failedAttempts = 0
  /** Counts preparations: only the newest may open a socket. */
  #attempt = 0
  /** Grows whenever a socket is let go of: what was asked about an earlier one decides nothing. */
  #epoch = 0
  #reconnectTimer: ReturnType<typeof setTimeout> | undefined
  #deadlineTimer: ReturnType<typeof setTimeout> | undefined
  #pingTimer: ReturnType<typeof setInterval> | undefined

  constructor(options: SignallingClientOptions) {
    this.#options = options
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
    const { prepare } = this.#options
    if (prepare === undefined) {
      this.#connect()
      return
    }
    const attempt = (this.#attempt += 1)
    this.#limitConnecting()
    prepare().then(
      () => {
        if (attempt === this.#attempt) this.#connect()
      },
      () => {
        if (attempt === this.#attempt) this.#onLost(1006)
      },
    )
  }

  #connect(): void {
    const socket = new WebSocket(this.#options.url, SUBPROTOCOL)
    this.#socket = socket
    socket.addEventListener('message', (event) => {
      if (socket === this.#socket) this.#onFrame(event.data)
    })
    socket.addEventListener('close', (event) => {
      if (socket === this.#socket) this.#onLost(event.code)
    })
    this.#limitConnecting()
  }

  #limitConnecting(): void {
    clearTimeout(this.#deadlineTimer)
    this.#deadlineTimer = setTimeout(() => {
      this.#onLost(1006)
    }, CONNECT_TIMEOUT_MS)
  }

  /** Lets go of the socket without waiting for it. */
  #drop(): void {
    this.#epoch += 1
    clearTimeout(this.#reconnectTimer)
    clearTimeout(this.#deadlineTimer)
    clearInterval(this.#pingTimer)
    // What is still being prepared comes too late.
    this.#attempt += 1
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
    if (news.type === 'welcome') this.#onWelcome()
    for (const listener of [...this.#listeners]) listener(news)
  }

  #onWelcome(): void {
    clearTimeout(this.#deadlineTimer)
    this.#failedAttempts = 0
    this.state.set('open')
    this.#pingTimer = setInterval(() => {
      this.#ping(CLIENT_PING_TIMEOUT_MS)
    }, CLIENT_PING_INTERVAL_MS)
  }

  #ping(timeoutMs: number): void {
    clearTimeout(this.#deadlineTimer)
    this.#deadlineTimer = setTimeout(() => {
      this.#onLost(1006)
    }, timeoutMs)
    this.request({ type: 'ping' }).then(
      () => {
        clearTimeout(this.#deadlineTimer)
      },
      () => undefined,
    )
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
