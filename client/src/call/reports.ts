import { NaervaerError, type CallId } from '@naervaer/shared'
import type { RequestBody } from '../services/socket/pending-requests.ts'
import type { SignallingClient } from '../services/socket/signalling-client.ts'

/** What this window tells about itself; nobody waits for the answer. */
type Report = 'call.ringing' | 'call.media' | 'call.connected' | 'call.lost'

/** Before what the server could not take in is said again. */
const SAY_AGAIN_MS = 2_000

/**
 * What a window tells the server about itself without being asked.
 *
 * What is lost with the connection is said again after the next welcome, by whoever owns this; what
 * the server could not take in just now, soon: as it then is, which may be something else.
 */
export class Reports {
  readonly #signalling: Pick<SignallingClient, 'request'>
  readonly #onAgain: (call: CallId) => void
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param onAgain - it is time to say anew how things stand in this call */
  constructor(signalling: Pick<SignallingClient, 'request'>, onAgain: (call: CallId) => void) {
    this.#signalling = signalling
    this.#onAgain = onAgain
  }

  send(body: RequestBody<Report>): void {
    this.#signalling.request<Report>(body).catch((error: unknown) => {
      const isLater = error instanceof NaervaerError && error.retry === 'later'
      // One for all of them: several that fail must not become more each time.
      if (!isLater || this.#timer !== undefined) return
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.#onAgain(body.call)
      }, SAY_AGAIN_MS)
    })
  }
}
