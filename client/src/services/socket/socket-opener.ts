import { getAfterClose, SUBPROTOCOL, type DurationMs } from '@naervaer/shared'
import { getAttemptPatience, getPatienceAfterAnswer } from './reconnect-policy.ts'
import { ServerProbe, type Answer } from './server-probe.ts'

/** What a socket needs before it can be opened: one for each, for whether one that failed got there is not known. */
export interface SocketPass {
  /**
   * Rejects where there can be none, and when it is aborted; the attempt has failed then.
   *
   * @param aliveAt - by `performance.now()`: what was asked before may hang on a line that was lost
   */
  prepare(signal: AbortSignal, aliveAt: number): Promise<void>
  /** Called every second of a talk: a pass at hand saves two round trips after a loss. */
  prepareAhead(): void
}

/** From the beginning of a calm attempt to the server's first frame. */
const CALM_ATTEMPT_MS: DurationMs = 5_000

/** An attempt as young as this is not begun anew: events of one awakening come in threes. */
const FRESH_MS: DurationMs = 300

/** How much longer than a question a socket may take before it counts as stuck: its server has more to do. */
const SLACK_FACTOR = 1.5
const SLACK_MS: DurationMs = 150

/** A pass takes up to two requests where a socket takes one. */
const PASS_FACTOR = 2

export interface SocketOpenerOptions {
  /** `ws:` or `wss:` address of the server's socket. */
  readonly url: string
  /** Null where the cookie is enough. */
  readonly pass: SocketPass | null
  /** @param firstFrame - as it came */
  readonly onOpen: (socket: WebSocket, firstFrame: unknown) => void
  /** The only attempt has failed, or the server wants none. */
  readonly onFail: (code: number) => void
  /** In haste: an attempt was turned away; others follow. */
  readonly onTurnedAway: () => void
}

/** What is known of the line, and how much it matters. */
export interface Hurry {
  /** A conversation depends on it. */
  readonly isHasty: boolean
  /** As last measured; 0 where it is not known. */
  readonly roundTripMs: DurationMs
}

class Attempt {
  readonly controller = new AbortController()
  /** When its present step was begun: getting the pass, then the socket. */
  begunAt = performance.now()
  socket: WebSocket | null = null
  /** The server had answered a question just before. */
  readonly isAfterAnswer: boolean
  /** It has failed by itself, and the next is not due yet. */
  isOver = false

  constructor(isAfterAnswer: boolean) {
    this.isAfterAnswer = isAfterAnswer
  }

  end(): void {
    this.controller.abort()
    this.socket?.close()
  }
}

/**
 * Opens one socket, by one attempt at a time: calmly by a single one, or in haste by one after the other,
 * while small questions find out when the server can be reached; the first answer begins a new attempt.
 */
export class SocketOpener {
  readonly #options: SocketOpenerOptions
  readonly #probe = new ServerProbe((answer) => {
    this.#onAnswer(answer)
  })
  #attempt: Attempt | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #hurry: Hurry = { isHasty: false, roundTripMs: 0 }
  #attempts = 0
  #answered = 0

  constructor(options: SocketOpenerOptions) {
    this.#options = options
  }

  get isAtWork(): boolean {
    return this.#attempt !== null
  }

  start(hurry: Hurry): void {
    this.cancel()
    this.#hurry = hurry
    this.#attempts = 0
    this.#answered = 0
    if (hurry.isHasty) this.#probe.start(hurry.roundTripMs)
    this.#begin()
  }

  /** Something says that the network is back: what was sent before may be lost. */
  beginAnew(): void {
    const attempt = this.#attempt
    if (attempt === null) return
    if (attempt.isOver || performance.now() - attempt.begunAt > FRESH_MS) {
      this.#begin({ aliveAt: performance.now() })
    }
  }

  /** Lets go of the attempt without waiting for it. */
  cancel(): void {
    clearTimeout(this.#timer)
    this.#probe.stop()
    this.#attempt?.end()
    this.#attempt = null
  }

  #begin({ aliveAt = -Infinity, isAfterAnswer = false } = {}): void {
    this.#attempt?.end()
    const attempt = new Attempt(isAfterAnswer)
    this.#attempt = attempt
    this.#attempts += 1
    this.#limit()
    const { pass } = this.#options
    if (pass === null) {
      this.#open(attempt)
      return
    }
    pass.prepare(attempt.controller.signal, aliveAt).then(
      () => {
        if (attempt === this.#attempt) this.#open(attempt)
      },
      () => {
        this.#onEnd(attempt, 1006)
      },
    )
  }

  /** How long the present step may take. */
  #limit(): void {
    clearTimeout(this.#timer)
    const { isHasty, roundTripMs } = this.#hurry
    this.#timer = isHasty
      ? setTimeout(
          () => {
            this.#begin()
          },
          getAttemptPatience(this.#attempts - 1, roundTripMs),
        )
      : setTimeout(() => {
          this.#fail(1006)
        }, CALM_ATTEMPT_MS)
  }

  #open(attempt: Attempt): void {
    attempt.begunAt = performance.now()
    this.#limit()
    const socket = new WebSocket(this.#options.url, SUBPROTOCOL)
    attempt.socket = socket
    socket.addEventListener(
      'message',
      (event) => {
        if (attempt !== this.#attempt) return
        this.#attempt = null
        this.cancel()
        this.#options.onOpen(socket, event.data)
      },
      { once: true },
    )
    socket.addEventListener('close', (event) => {
      this.#onEnd(attempt, event.code)
    })
  }

  /** The server can be reached: an attempt that should be through by now is stuck. */
  #onAnswer({ askedAt, tookMs }: Answer): void {
    const attempt = this.#attempt
    if (attempt === null) return
    // As young as the question: it gets there by itself.
    if (!attempt.isOver && attempt.begunAt >= askedAt) return
    if (performance.now() - attempt.begunAt < this.#getDue(attempt, tookMs)) return
    this.#answered += 1
    this.#begin({ aliveAt: askedAt, isAfterAnswer: true })
  }

  /** From when on an attempt counts as stuck, or a failed one may be repeated. */
  #getDue(attempt: Attempt, tookMs: DurationMs): DurationMs {
    if (attempt.isAfterAnswer) return getPatienceAfterAnswer(this.#answered - 1, tookMs)
    if (attempt.isOver) return 0
    const steps = attempt.socket === null ? PASS_FACTOR : 1
    return steps * tookMs * SLACK_FACTOR + SLACK_MS
  }

  #onEnd(attempt: Attempt, code: number): void {
    if (attempt !== this.#attempt || attempt.isOver) return
    if (!this.#hurry.isHasty || getAfterClose(code) === 'stay') {
      this.#fail(code)
      return
    }
    attempt.isOver = true
    this.#options.onTurnedAway()
  }

  #fail(code: number): void {
    this.cancel()
    this.#options.onFail(code)
  }
}
