import type { CallId, CallView, DurationMs } from '@naervaer/shared'

/** How long until a hang-up that the server could not take in is said again. */
const SAY_AGAIN_MS: DurationMs = 2_000

export interface HangUpOptions {
  readonly getView: () => CallView | null
  readonly say: () => Promise<unknown>
  /** Whether the seat was this window's, and is to be taken again. */
  readonly isSeatLost: (view: CallView) => boolean
  /** Only who has the seat may hang up. */
  readonly takeSeat: (view: CallView) => void
}

/**
 * A hang-up that is said until the server has heard it: the person is gone, and the other one must not
 * sit and wait.
 */
export class HangUp {
  readonly #options: HangUpOptions
  /** The call this person has hung up; the server may not have heard it yet. */
  #call: CallId | null = null
  #isSaying = false

  constructor(options: HangUpOptions) {
    this.#options = options
  }

  /** Whether this person has hung up the call, whatever the server knows. */
  isOf(call: CallId): boolean {
    return call === this.#call
  }

  /** From now on the call is over here. */
  mark(call: CallId): void {
    this.#call = call
  }

  /** Says it, for the first time or because it was lost; without a seat that must be taken first. */
  async insist(view: CallView): Promise<void> {
    if (view.state === 'ended' || this.#isSaying) return
    if (view.seat === 'vacant' || this.#options.isSeatLost(view)) this.#options.takeSeat(view)
    // Before the answer any of the citizen's windows may.
    else if (view.seat !== 'elsewhere') await this.#say()
  }

  async #say(): Promise<void> {
    this.#isSaying = true
    await this.#options.say()
    this.#isSaying = false
    setTimeout(() => {
      const view = this.#options.getView()
      if (view !== null && this.isOf(view.id)) void this.insist(view)
    }, SAY_AGAIN_MS)
  }
}
