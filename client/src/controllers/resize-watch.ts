import type { ReactiveController, ReactiveElement } from 'lit'

/** Calls back when the host's own box changes its size. */
export class ResizeWatch implements ReactiveController {
  readonly #host: ReactiveElement
  readonly #observer: ResizeObserver

  constructor(host: ReactiveElement, onResize: () => void) {
    this.#host = host
    this.#observer = new ResizeObserver(() => {
      // The first notice may come before the first render.
      if (host.hasUpdated) onResize()
    })
    host.addController(this)
  }

  hostConnected(): void {
    this.#observer.observe(this.#host)
  }

  hostDisconnected(): void {
    this.#observer.disconnect()
  }
}
