import type { DurationMs } from '@naervaer/shared'

/** Below what is said to a telephone, and above what an empty room sounds like: 50 dB below the loudest. */
const QUIET_RMS = 0.003

/** What is said in the pauses between words is still said. */
const HEARD_FOR_MS: DurationMs = 500

/** From the relay through loudspeaker, room and microphone, and back: a slow line and a slow telephone. */
const SOUNDED_FOR_MS: DurationMs = 1_000

/**
 * Whether the echo listens. It does while somebody speaks, and not while it speaks itself: what a
 * loudspeaker gives back to the microphone is never said a second time, however loud both are, and
 * whatever the browser's echo cancellation makes of it.
 */
export class EchoGate {
  #heardAtMs = -Infinity
  #soundedAtMs = -Infinity

  /**
   * @param heard - how loud it is at the echo's ear, as a root mean square
   * @param sounding - how loud the echo speaks
   */
  listens({ heard, sounding }: { heard: number; sounding: number }, atMs: number): boolean {
    if (heard >= QUIET_RMS) this.#heardAtMs = atMs
    if (sounding >= QUIET_RMS) this.#soundedAtMs = atMs
    const isSpoken = atMs - this.#heardAtMs < HEARD_FOR_MS
    return isSpoken && atMs - this.#soundedAtMs >= SOUNDED_FOR_MS
  }
}
