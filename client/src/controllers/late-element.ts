import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** How long until what could not be had is asked for again. */
const RETRY_MS = 5_000

/** How long a page may wait for it before it is shown without. */
const PATIENCE_MS = 1_500

/**
 * An element whose code comes after the first script: what leads to it is not there before it is. Asked
 * for when the host appears, and until it has come.
 */
export class LateElement implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #load: () => Promise<unknown>
  #timer: ReturnType<typeof setTimeout> | undefined
  #isHere = false
  #isOverdue = false

  constructor(host: ReactiveControllerHost, load: () => Promise<unknown>) {
    this.#host = host
    setTimeout(() => this.#goOnWithout(), PATIENCE_MS)
    this.#load = load
    host.addController(this)
  }

  get isHere(): boolean {
    return this.#isHere
  }

  /** It is on its way, has not failed yet, and is not late: worth waiting for before a page is shown at all. */
  get isExpected(): boolean {
    return !this.#isHere && !this.#isOverdue
  }

  hostConnected(): void {
    if (!this.#isHere) void this.#fetch()
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer)
  }

  #goOnWithout(): void {
    if (!this.isExpected) return
    this.#isOverdue = true
    this.#host.requestUpdate()
  }

  async #fetch(): Promise<void> {
    try {
      await this.#load()
      this.#isHere = true
      this.#host.requestUpdate()
    } catch {
      this.#goOnWithout()
      this.#timer = setTimeout(() => void this.#fetch(), RETRY_MS)
    }
  }
}
