import type { LocalMedia } from '../local-media.ts'
import type { Feature } from './features.ts'

const PAGE_EVENTS = ['pageshow', 'focus'] as const

/**
 * Keeps the screen from going dark during a talk. The browser takes the lock away whenever the page is
 * out of sight (W3C screen-wake-lock § 6), so it is asked for again at every return. A refusal, as for
 * a low battery, changes nothing in the talk.
 */
export class WakeLock implements Feature {
  #lock: WakeLockSentinel | null = null
  #isAsking = false
  #over = new AbortController()

  start(_media: LocalMedia): void {
    const { signal } = this.#over
    document.addEventListener('visibilitychange', this.#ask, { signal })
    for (const type of PAGE_EVENTS) addEventListener(type, this.#ask, { signal })
    this.#ask()
  }

  close(): void {
    this.#over.abort()
    this.#release(this.#lock)
    this.#lock = null
  }

  readonly #ask = (): void => {
    if (document.visibilityState === 'visible') void this.#request()
  }

  async #request(): Promise<void> {
    // Not there in older browsers, whatever the DOM types say.
    const { wakeLock } = navigator as Partial<Pick<Navigator, 'wakeLock'>>
    if (wakeLock === undefined || this.#isAsking || this.#lock?.released === false) return
    this.#isAsking = true
    const lock = await wakeLock.request('screen').catch(() => null)
    this.#isAsking = false
    if (this.#over.signal.aborted) this.#release(lock)
    else this.#lock = lock
  }

  #release(lock: WakeLockSentinel | null): void {
    lock?.release().catch(() => undefined)
  }
}
