import type { DurationMs } from '@naervaer/shared'

/** A new question begins this often; the one that is sent first after an outage is the quickest. */
const INTERVAL_MS: DurationMs = 300

/**
 * Under way at once: the oldest gives way. Each has four intervals, and browsers open six connections
 * to one host, of which signing in needs one.
 */
const MAX_QUESTIONS = 4

/** Says that the server is there, to anybody: without cookies it travels on connections of its own. */
const PATH = '/health'

/** A question that was answered, by `performance.now()`. */
export interface Answer {
  readonly askedAt: number
  /** About as long as a socket takes to open. */
  readonly tookMs: DurationMs
}

/**
 * Finds out when the server can be reached again, by small questions that overlap.
 *
 * What is sent into an outage is repeated by TCP only after 1 s, 3 s and 7 s (RFC 6298), so what is sent
 * last arrives first. Sockets cannot overlap so: a browser opens one at a time to one host (RFC 6455
 * § 4.1), and makes each wait longer the more have failed.
 */
export class ServerProbe {
  readonly #onAnswer: (answer: Answer) => void
  readonly #questions = new Set<AbortController>()
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(onAnswer: (answer: Answer) => void) {
    this.#onAnswer = onAnswer
  }

  /** @param roundTripMs - as last measured; on a slow line each question needs longer */
  start(roundTripMs: DurationMs): void {
    this.stop()
    this.#timer = setInterval(
      () => {
        const [oldest] = this.#questions
        if (this.#questions.size >= MAX_QUESTIONS && oldest !== undefined) this.#end(oldest)
        void this.#ask()
      },
      Math.max(INTERVAL_MS, roundTripMs),
    )
  }

  stop(): void {
    clearInterval(this.#timer)
    for (const question of [...this.#questions]) this.#end(question)
  }

  async #ask(): Promise<void> {
    const question = new AbortController()
    this.#questions.add(question)
    const askedAt = performance.now()
    const { signal } = question
    try {
      const { status } = await fetch(PATH, { signal, credentials: 'omit', cache: 'no-store' })
      // A proxy says 502 to 504 for a server that is not there.
      if (!signal.aborted && status < 500) {
        this.#onAnswer({ askedAt, tookMs: performance.now() - askedAt })
      }
    } catch {
      // Not there yet.
    } finally {
      this.#end(question)
    }
  }

  /** Its connection goes with it: the next question must not take one that may be dead by then. */
  #end(question: AbortController): void {
    this.#questions.delete(question)
    question.abort()
  }
}
