import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Soon enough for words that change by the minute. */
const TICK_MS = 30_000

/** Renders its host anew now and then, as long as it is in the page: what it says depends on the clock. */
export class Ticking implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    this.#timer = setInterval(() => {
      this.#host.requestUpdate()
    }, TICK_MS)
  }

  hostDisconnected(): void {
    clearInterval(this.#timer)
  }
}
