import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** How long until what could not be had is asked for again. */
const RETRY_MS = 5_000

/**
 * An element whose code comes after the first script: what leads to it is not there before it is. Asked
 * for when the host appears, and until it has come.
 */
export class LateElement implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #load: () => Promise<unknown>
  #timer: ReturnType<typeof setTimeout> | undefined
  #isHere = false

  constructor(host: ReactiveControllerHost, load: () => Promise<unknown>) {
    this.#host = host
    this.#load = load
    host.addController(this)
  }

  get isHere(): boolean {
    return this.#isHere
  }

  hostConnected(): void {
    if (!this.#isHere) void this.#fetch()
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer)
  }

  async #fetch(): Promise<void> {
    try {
      await this.#load()
      this.#isHere = true
      this.#host.requestUpdate()
    } catch {
      this.#timer = setTimeout(() => void this.#fetch(), RETRY_MS)
    }
  }
}
