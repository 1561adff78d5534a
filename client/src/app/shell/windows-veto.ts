import type { Reason } from './busyness.ts'

/** Held by every window that must not be loaded anew, and by the one that takes a new version over. */
const LOCK = 'naervaer.busy'

/**
 * All windows of a browser change their version at once, so each of them may forbid it: by a lock (W3C
 * Web Locks) that the browser takes back from windows that are gone. Without locks a window knows only
 * of itself.
 */
export class WindowsVeto {
  readonly #isBusy: Reason
  #release: (() => void) | null = null

  constructor(isBusy: Reason) {
    this.#isBusy = isBusy
  }

  /** Forbids, or no longer forbids, as this window now is. */
  follow(): void {
    if (this.#isBusy() && this.#release === null) this.#hold()
    else if (!this.#isBusy()) this.#letGo()
  }

  /** Runs when no window forbids it, and not otherwise. */
  async runUnlessForbidden(run: () => Promise<void>): Promise<void> {
    if (this.#isBusy()) return
    if (!('locks' in navigator)) {
      await run()
      return
    }
    await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
      // What has begun while the lock was asked for counts as well.
      if (lock !== null && !this.#isBusy()) await run()
    })
  }

  #hold(): void {
    if (!('locks' in navigator)) return
    const held = new Promise<void>((resolve) => {
      this.#release = resolve
    })
    void navigator.locks.request(LOCK, { mode: 'shared' }, () => held)
  }

  #letGo(): void {
    this.#release?.()
    this.#release = null
  }
}
