import type { DurationMs } from '@naervaer/shared'

const LOOK_INTERVAL_MS: DurationMs = 200

/** Without any sign of life for this long the path counts as gone. ICE needs 5 to 7 s to say so. */
const SILENCE_MS: DurationMs = 1_200

/** The same right after something else has said that the network may have changed. */
const SUSPECTED_SILENCE_MS: DurationMs = 400
const SUSPICION_MS: DurationMs = 3_000

/** A page that was frozen or throttled has not listened: a late look counts as no more than this. */
const LONGEST_LOOK_MS: DurationMs = 1_000

export interface PathWatchOptions {
  /** Anything that changes with every packet that arrives. */
  readonly readLastHeard: () => number
  /** Told once for each silence. */
  readonly onSilent: () => void
  /** Told once after each silence: something arrives again. */
  readonly onHeard: () => void
}

/**
 * Notices when nothing arrives over a peer connection any more: neither sound nor picture nor the
 * other side's beats.
 */
export class PathWatch {
  readonly #options: PathWatchOptions
  #timer: ReturnType<typeof setInterval> | undefined
  #lastHeard = -1
  #lookedAt = 0
  #silentMs: DurationMs = 0
  #suspectedUntil = -Infinity
  #isSilent = false

  constructor(options: PathWatchOptions) {
    this.#options = options
  }

  start(): void {
    this.#lookedAt = performance.now()
    this.#timer = setInterval(() => {
      this.#look()
    }, LOOK_INTERVAL_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** The network may have changed: a short silence is enough for a while. */
  suspect(): void {
    this.#suspectedUntil = performance.now() + SUSPICION_MS
  }

  #look(): void {
    const now = performance.now()
    const elapsedMs = Math.min(now - this.#lookedAt, LONGEST_LOOK_MS)
    this.#lookedAt = now
    const heard = this.#options.readLastHeard()
    if (heard !== this.#lastHeard) {
      this.#lastHeard = heard
      this.#silentMs = 0
      const wasSilent = this.#isSilent
      this.#isSilent = false
      if (wasSilent) this.#options.onHeard()
      return
    }
    this.#silentMs += elapsedMs
    const limitMs = now < this.#suspectedUntil ? SUSPECTED_SILENCE_MS : SILENCE_MS
    if (this.#isSilent || this.#silentMs < limitMs) return
    this.#isSilent = true
    this.#options.onSilent()
  }
}
