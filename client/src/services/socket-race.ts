import { getAfterClose, SUBPROTOCOL, type DurationMs } from '@naervaer/shared'

/** What a socket needs before it can be opened, and what is used up by opening one. */
export interface SocketPass {
  /** Rejects where there can be none, and when it is aborted; the attempt has failed then. */
  prepare(signal: AbortSignal): Promise<void>
  /** The server has seen a socket, whether or not it let it in. */
  spend(): void
  /** Called every second of a talk: a pass at hand saves two round trips after a loss. */
  prepareAhead(): void
}

/** From the beginning of a lone attempt to the server's first frame. */
const LONE_ATTEMPT_MS: DurationMs = 5_000

/**
 * In haste a new attempt begins this often beside those under way: what was sent into an outage is
 * repeated by TCP only after 1 s, 3 s and 7 s (RFC 6298), so the newest attempt is the quickest.
 */
const STAGGER_MS: DurationMs = 600

/** The oldest gives way: each has had 2.4 s, in which a network of 0.7 s round trip connects. */
const MAX_ATTEMPTS = 4

export interface SocketRaceOptions {
  /** `ws:` or `wss:` address of the server's socket. */
  readonly url: string
  /** Null where the cookie is enough. */
  readonly pass: SocketPass | null
  /** @param firstFrame - as it came */
  readonly onOpen: (socket: WebSocket, firstFrame: unknown) => void
  /** The only attempt has failed, or the server wants none. */
  readonly onFail: (code: number) => void
  /** In haste: an attempt was turned away; the race goes on. */
  readonly onTurnedAway: () => void
}

interface Attempt {
  readonly controller: AbortController
  socket: WebSocket | null
}

/**
 * Opens one socket: calmly by one attempt, or in haste by several that overlap, of which the first
 * to be spoken to by the server wins.
 */
export class SocketRace {
  readonly #options: SocketRaceOptions
  readonly #attempts = new Set<Attempt>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #isHasty = false

  constructor(options: SocketRaceOptions) {
    this.#options = options
  }

  start(isHasty: boolean): void {
    this.cancel()
    this.#isHasty = isHasty
    this.#attempt()
  }

  /** Lets go of every attempt without waiting for it. */
  cancel(): void {
    clearTimeout(this.#timer)
    for (const attempt of [...this.#attempts]) this.#abandon(attempt)
  }

  #attempt(): void {
    const attempt: Attempt = { controller: new AbortController(), socket: null }
    this.#attempts.add(attempt)
    this.#planNext()
    const { pass } = this.#options
    if (pass === null) {
      this.#open(attempt)
      return
    }
    pass.prepare(attempt.controller.signal).then(
      () => {
        if (this.#attempts.has(attempt)) this.#open(attempt)
      },
      () => {
        this.#onEnd(attempt, 1006)
      },
    )
  }

  #planNext(): void {
    clearTimeout(this.#timer)
    this.#timer = this.#isHasty
      ? setTimeout(() => {
          const [oldest] = this.#attempts
          if (this.#attempts.size >= MAX_ATTEMPTS && oldest !== undefined) this.#abandon(oldest)
          this.#attempt()
        }, STAGGER_MS)
      : setTimeout(() => {
          this.#fail(1006)
        }, LONE_ATTEMPT_MS)
  }

  #open(attempt: Attempt): void {
    const socket = new WebSocket(this.#options.url, SUBPROTOCOL)
    attempt.socket = socket
    socket.addEventListener('open', () => this.#options.pass?.spend())
    socket.addEventListener(
      'message',
      (event) => {
        if (!this.#attempts.delete(attempt)) return
        this.cancel()
        this.#options.onOpen(socket, event.data)
      },
      { once: true },
    )
    socket.addEventListener('close', (event) => {
      this.#onEnd(attempt, event.code)
    })
  }

  #onEnd(attempt: Attempt, code: number): void {
    if (!this.#attempts.delete(attempt)) return
    if (attempt.socket !== null) this.#options.pass?.spend()
    if (this.#isHasty && getAfterClose(code) !== 'stay') this.#options.onTurnedAway()
    else this.#fail(code)
  }

  #fail(code: number): void {
    this.cancel()
    this.#options.onFail(code)
  }

  #abandon(attempt: Attempt): void {
    this.#attempts.delete(attempt)
    attempt.controller.abort()
    attempt.socket?.close()
  }
}
