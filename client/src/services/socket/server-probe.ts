import type { DurationMs } from '@naervaer/shared'

/** How long a question has, at least; slower lines give it four round trips. */
const LIFE_MS: DurationMs = 1_200
const LIFE_IN_ROUND_TRIPS = 4

/**
 * Questions under way at once: few at first, then one more every so often.
 *
 * A browser does not dial for each question. It goes on with the connections that a question it gave up
 * had begun, six for one host, and those are tried again after 1, 3, 7 and 15 s (RFC 6298). Begun one
 * after the other, they are never all waiting at once.
 */
const FEWEST = 4
const MOST = 8
const GROWTH_MS: DurationMs = 5_000

/** Between the beginnings of two questions. */
const SHORTEST_PAUSE_MS: DurationMs = 300

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
 * Sockets cannot overlap so: a browser opens one at a time to one host (RFC 6455 § 4.1), and makes each
 * wait longer the more have failed. Requests wait for nothing, and nobody counts those that fail.
 */
export class ServerProbe {
  readonly #onAnswer: (answer: Answer) => void
  readonly #questions = new Set<AbortController>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = 0

  constructor(onAnswer: (answer: Answer) => void) {
    this.#onAnswer = onAnswer
  }

  /** @param roundTripMs - as last measured; 0 where it is not known */
  start(roundTripMs: DurationMs): void {
    this.stop()
    this.#planNext(performance.now(), Math.max(LIFE_MS, LIFE_IN_ROUND_TRIPS * roundTripMs))
  }

  stop(): void {
    clearTimeout(this.#timer)
    for (const question of [...this.#questions]) this.#end(question)
  }

  #planNext(startedAt: number, lifeMs: DurationMs): void {
    const most = Math.min(FEWEST + Math.floor((performance.now() - startedAt) / GROWTH_MS), MOST)
    this.#timer = setTimeout(
      () => {
        const [oldest] = this.#questions
        if (this.#questions.size >= most && oldest !== undefined) this.#end(oldest)
        void this.#ask()
        this.#planNext(startedAt, lifeMs)
      },
      Math.max(SHORTEST_PAUSE_MS, lifeMs / most),
    )
  }

  async #ask(): Promise<void> {
    const question = new AbortController()
    this.#questions.add(question)
    const askedAt = performance.now()
    const { signal } = question
    // With and without cookies are connections of their own: over HTTP/2 the first kind hangs on the one
    // that was there before, and the second is of no use to whoever has to sign in next.
    this.#asked += 1
    const credentials = this.#asked % 2 === 0 ? 'omit' : 'same-origin'
    try {
      const response = await fetch(PATH, { signal, credentials, cache: 'no-store' })
      // Read to its end, so that the connection, which is good, can be used again.
      await response.arrayBuffer()
      // A proxy says 502 to 504 for a server that is not there.
      if (!signal.aborted && response.status < 500) {
        this.#onAnswer({ askedAt, tookMs: performance.now() - askedAt })
      }
    } catch {
      // Not there yet.
    } finally {
      this.#end(question)
    }
  }

  #end(question: AbortController): void {
    this.#questions.delete(question)
    question.abort()
  }
}
