import type { ReactiveController, ReactiveElement } from 'lit'

/** Longer than the second tap of a double tap takes, shorter than it takes to read a screen and decide. */
const GUARD_MS = 700

/**
 * Keeps a double tap from pressing what the next screen puts under the finger: for a moment after
 * `key` has changed, nothing in the host can be hit by a finger or a mouse. The keyboard and
 * assistive technology, which press an element and not a place, are not held up.
 *
 * The host's styles let `[is-new]` mean `pointer-events: none`.
 */
export class TapGuard implements ReactiveController {
  readonly #host: ReactiveElement
  readonly #getKey: () => string
  #shown: string | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveElement, getKey: () => string) {
    this.#host = host
    this.#getKey = getKey
    host.addController(this)
  }

  hostUpdated(): void {
    const key = this.#getKey()
    if (key === this.#shown) return
    this.#shown = key
    clearTimeout(this.#timer)
    this.#host.toggleAttribute('is-new', true)
    this.#timer = setTimeout(() => this.#host.removeAttribute('is-new'), GUARD_MS)
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer)
    this.#shown = null
  }
}
