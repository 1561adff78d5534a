import { ReactiveElement, type ReactiveController } from 'lit'

/**
 * Moves the focus to the host's heading when `key` changes, so that a new screen is read from its
 * beginning and no button is under the finger by accident. The first screen of a visit is left
 * alone, unless it is one that interrupts. A dialog takes the focus as a whole, so that the first
 * button after it is its own first.
 */
export class FocusHeading implements ReactiveController {
  static #hasShownOne = false
  readonly #host: ReactiveElement
  readonly #getKey: () => string
  readonly #isInterrupting: boolean
  readonly #selector: string
  #shown: string | null = null

  constructor(
    host: ReactiveElement,
    getKey: () => string,
    { isInterrupting = false, selector = 'h1' } = {},
  ) {
    this.#host = host
    this.#getKey = getKey
    this.#isInterrupting = isInterrupting
    this.#selector = selector
    host.addController(this)
  }

  hostUpdated(): void {
    const key = this.#getKey()
    if (key === this.#shown) return
    this.#shown = key
    if (FocusHeading.#hasShownOne || this.#isInterrupting) void this.focus()
    FocusHeading.#hasShownOne = true
  }

  hostDisconnected(): void {
    this.#shown = null
  }

  /** Also for when the element that had the focus goes away. */
  async focus(): Promise<void> {
    const heading = this.#host.renderRoot.querySelector<HTMLElement>(this.#selector)
    // A heading in a slot cannot take the focus before the slot is there.
    const parent = heading?.parentElement
    if (parent instanceof ReactiveElement) await parent.updateComplete
    heading?.focus()
  }
}
