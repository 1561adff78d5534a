import { NaervaerError, type CallId, type DurationMs, type LegQuality } from '@naervaer/shared'
import type { RequestBody } from '../services/pending-requests.ts'
import type { SignallingClient } from '../services/signalling-client.ts'

/** Before what could not be sent is tried again. */
const RETRY_MS: DurationMs = 5_000

/** Longer than the server takes a last word. */
const MAX_TRIES = 60

type LegBody = RequestBody<'call.leg'>

/**
 * Brings what each leg was like to the server, where it is kept. A leg that ends most often ends with the
 * network, so that its report has to wait; it may also outlive its call.
 */
export class LegReports {
  readonly #signalling: Pick<SignallingClient, 'request'>
  readonly #waiting = new Map<string, LegBody>()
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(signalling: Pick<SignallingClient, 'request'>) {
    this.#signalling = signalling
  }

  /** A later word on the same leg takes the place of this one. */
  report(call: CallId, generation: number, quality: LegQuality): void {
    this.#waiting.set(`${call} ${String(generation)}`, {
      type: 'call.leg',
      call,
      generation,
      quality,
    })
    this.#tries = 0
    this.#sendAll()
  }

  #sendAll(): void {
    for (const [key, body] of this.#waiting) {
      this.#signalling.request<'call.leg'>(body).then(
        () => {
          this.#forget(key, body)
        },
        (error: unknown) => {
          // The server has understood, and will not have it.
          const isFinal = error instanceof NaervaerError && error.retry !== 'later'
          if (isFinal) this.#forget(key, body)
          else this.#retryLater()
        },
      )
    }
  }

  #forget(key: string, body: LegBody): void {
    if (this.#waiting.get(key) === body) this.#waiting.delete(key)
  }

  #retryLater(): void {
    if (this.#timer !== undefined) return
    this.#tries += 1
    if (this.#tries > MAX_TRIES) {
      this.#waiting.clear()
      return
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#sendAll()
    }, RETRY_MS)
  }
}
