import type { CallView, DurationMs } from '@naervaer/shared'

/** Longer than the slowest line needs from one side's news to the other's. */
const HANDOVER_MS: DurationMs = 1_000

/**
 * Keeps the picture in sight while one connection takes over from another: the side that is there first
 * has the server say that both are not, until the other is there as well.
 */
export class Handover {
  readonly #onEnd: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #before: CallView | null = null
  #isOn = false

  /** @param onEnd - it has taken too long */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd
  }

  get isOn(): boolean {
    return this.#isOn
  }

  /** @param isLinked - whether sound and picture flow here, whatever the server says */
  follow(view: CallView, isLinked: boolean): void {
    const wasConnected = this.#before?.id === view.id && this.#before.state === 'connected'
    this.#before = view
    if (view.state !== 'reconnecting') this.#stop()
    else if (wasConnected && isLinked) this.#start()
  }

  #start(): void {
    this.#stop()
    this.#isOn = true
    this.#timer = setTimeout(() => {
      this.#stop()
      this.#onEnd()
    }, HANDOVER_MS)
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#isOn = false
  }
}
