import { NaervaerError, type CallId, type DurationMs, type LegQuality } from '@naervaer/shared'
import type { RequestBody } from '../services/socket/pending-requests.ts'
import type { SignallingClient } from '../services/socket/signalling-client.ts'

/** Before what could not be sent is tried again. */
const RETRY_MS: DurationMs = 5_000

/** Longer than the server takes a last word. */
const MAX_TRIES = 60

type LegBody = RequestBody<'call.leg'>

/**
 * Brings what each leg was like to the server, where it is kept. A leg that ends most often ends with the
 * network, so that its report has to wait; it may also outlive its call, but not the sign-in.
 */
export class LegReports {
  readonly #signalling: Pick<SignallingClient, 'request' | 'state'>
  readonly #waiting = new Map<string, LegBody>()
  #isSending = false
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(signalling: Pick<SignallingClient, 'request' | 'state'>) {
    this.#signalling = signalling
    signalling.state.subscribe(() => {
      if (!this.#isOver) return
      this.#waiting.clear()
      clearTimeout(this.#timer)
      this.#timer = undefined
    })
  }

  /** A later word on the same leg takes the place of this one. */
  report(call: CallId, generation: number, quality: LegQuality): void {
    if (this.#isOver) return
    this.#waiting.set(`${call} ${String(generation)}`, {
      type: 'call.leg',
      call,
      generation,
      quality,
    })
    this.#tries = 0
    void this.#sendAll()
  }

  /** Nobody is signed in here, or this window is to keep away from the server. */
  get #isOver(): boolean {
    const { value } = this.#signalling.state
    return value === 'signedOut' || value === 'stopped'
  }

  /** One after the other: after an outage there is much else to say. */
  async #sendAll(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    let isHeard = true
    while (isHeard && this.#waiting.size > 0) isHeard = await this.#sendFirst()
    this.#isSending = false
    if (!isHeard) this.#retryLater()
  }

  /** @returns whether the server has understood it, be it that it will not have it */
  async #sendFirst(): Promise<boolean> {
    const [first] = this.#waiting
    if (first === undefined) return true
    const [key, body] = first
    try {
      await this.#signalling.request<'call.leg'>(body)
    } catch (error) {
      if (!(error instanceof NaervaerError) || error.retry === 'later') return false
    }
    // There may be a later word by now.
    if (this.#waiting.get(key) === body) this.#waiting.delete(key)
    return true
  }

  #retryLater(): void {
    if (this.#timer !== undefined || this.#waiting.size === 0) return
    this.#tries += 1
    if (this.#tries > MAX_TRIES) {
      this.#waiting.clear()
      return
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#sendAll()
    }, RETRY_MS)
  }
}
