import type { CallId, CallView } from '@naervaer/shared'
import type { Store } from '../services/store.ts'
import type { Reports } from './reports.ts'
import { RingTone, type RingToneState } from './ring-tone.ts'

/** The ring of an incoming call: its tone here, and the word to the server that this device really rings. */
export class IncomingRing {
  readonly #reports: Reports
  readonly #tone = new RingTone()
  /** The call that rings here, or the last that did. */
  #call: CallId | null = null

  constructor(reports: Reports) {
    this.#reports = reports
  }

  get state(): Store<RingToneState> {
    return this.#tone.state
  }

  /** Rings for this call, whatever rang before. */
  ring(view: CallView): void {
    // Silence is for one ring: the next one may come while nobody has told of the end of the former.
    const isRinging = this.#tone.state.value !== 'none' && this.#call === view.id
    this.#call = view.id
    if (!isRinging) this.#tone.start()
    // The worker is told the truth. The first word may have been lost.
    if (!isRinging || view.state === 'inviting') this.say(view)
  }

  say(view: CallView): void {
    this.#reports.send({ type: 'call.ringing', call: view.id })
  }

  silence(): void {
    this.#tone.silence()
  }

  stop(): void {
    if (this.#tone.state.value !== 'none') this.#tone.stop()
  }
}
