import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Whether a condition has held for a while: what passes quickly is not worth a word. */
export class SlowWatch implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #isHolding: () => boolean
  readonly #delayMs: number
  #timer: ReturnType<typeof setTimeout> | undefined
  #isSlow = false

  constructor(host: ReactiveControllerHost, isHolding: () => boolean, delayMs: number) {
    this.#host = host
    this.#isHolding = isHolding
    this.#delayMs = delayMs
    host.addController(this)
  }

  get isSlow(): boolean {
    return this.#isSlow
  }

  hostUpdate(): void {
    if (!this.#isHolding()) this.#reset()
    else if (this.#timer === undefined) {
      this.#timer = setTimeout(() => {
        this.#isSlow = true
        this.#host.requestUpdate()
      }, this.#delayMs)
    }
  }

  hostDisconnected(): void {
    this.#reset()
  }

  #reset(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#isSlow = false
  }
}
