import type { ReactiveController, ReactiveElement } from 'lit'

/**
 * Moves the focus to the host's heading when `key` changes, so that a new screen is read from its
 * beginning and no button is under the finger by accident. The first screen of a visit is left
 * alone, unless it is one that interrupts.
 */
export class FocusHeading implements ReactiveController {
  static #hasShownOne = false
  readonly #host: ReactiveElement
  readonly #getKey: () => string
  readonly #isInterrupting: boolean
  #shown: string | null = null

  constructor(host: ReactiveElement, getKey: () => string, { isInterrupting = false } = {}) {
    this.#host = host
    this.#getKey = getKey
    this.#isInterrupting = isInterrupting
    host.addController(this)
  }

  hostUpdated(): void {
    const key = this.#getKey()
    if (key === this.#shown) return
    this.#shown = key
    if (FocusHeading.#hasShownOne || this.#isInterrupting) this.focus()
    FocusHeading.#hasShownOne = true
  }

  hostDisconnected(): void {
    this.#shown = null
  }

  /** Also for when the element that had the focus goes away. */
  focus(): void {
    this.#host.renderRoot.querySelector<HTMLElement>('h1')?.focus()
  }
}
