import { MAX_REFUSED_FRAMES, REFUSED_WINDOW_MS, type UnixMs } from '@naervaer/shared'

/** How often a flooding client is told that it floods. */
const NOTICE_INTERVAL_MS = 1_000

/** Counts the frames of one connection that were not taken, in windows of fixed length. */
export class Refusals {
  #windowFrom: UnixMs
  #count = 0
  #toldAt: UnixMs | null = null

  constructor(now: UnixMs) {
    this.#windowFrom = now
  }

  /** @returns whether that was one too many */
  add(now: UnixMs): boolean {
    if (Math.abs(now - this.#windowFrom) >= REFUSED_WINDOW_MS) {
      this.#windowFrom = now
      this.#count = 0
    }
    this.#count += 1
    return this.#count > MAX_REFUSED_FRAMES
  }

  /** Whether it is time to say so again; saying it for every frame would double the flood. */
  shouldTell(now: UnixMs): boolean {
    if (this.#toldAt !== null && Math.abs(now - this.#toldAt) < NOTICE_INTERVAL_MS) return false
    this.#toldAt = now
    return true
  }
}
