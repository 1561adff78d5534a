import type { Candidate, Description, SignalMessage } from '@naervaer/shared'

/** What two peer connections have to tell each other. */
export type Signal =
  | { readonly type: 'description'; readonly description: Description }
  | { readonly type: 'candidate'; readonly candidate: Candidate }

export interface NumberedSignal {
  readonly seq: number
  readonly signal: Signal
}

/** What a message of the other side carries. */
export function toNumberedSignal(
  message: Extract<SignalMessage, { type: 'signal.description' | 'signal.candidate' }>,
): NumberedSignal {
  const { seq } = message
  if (message.type === 'signal.candidate')
    return { seq, signal: { type: 'candidate', candidate: message.candidate } }
  return { seq, signal: { type: 'description', description: message.description } }
}

/** Signals of one generation that the other side has not yet acknowledged. */
export class SignalOutbox {
  #nextSeq = 0
  #unacknowledged: NumberedSignal[] = []

  get unacknowledged(): readonly NumberedSignal[] {
    return this.#unacknowledged
  }

  add(signal: Signal): NumberedSignal {
    const numbered = { seq: this.#nextSeq, signal }
    this.#nextSeq += 1
    this.#unacknowledged.push(numbered)
    return numbered
  }

  /**
   * @param seq - the highest that the other side has applied in order
   * @returns whether that is news
   */
  acknowledge(seq: number): boolean {
    const before = this.#unacknowledged.length
    this.#unacknowledged = this.#unacknowledged.filter((numbered) => numbered.seq > seq)
    return this.#unacknowledged.length < before
  }
}

/** How many signals may wait for one that is missing: far more than a gathering has candidates. */
const MAX_WAITING = 200

/** Signals of one generation as they arrive: each comes out once, and in the order they were sent. */
export class SignalInbox {
  readonly #waiting = new Map<number, Signal>()
  #nextSeq = 0

  /** The highest signal that has come out; -1 before the first. */
  get appliedSeq(): number {
    return this.#nextSeq - 1
  }

  /** @returns what can be applied now, in order: nothing for a duplicate or before a gap is filled */
  receive({ seq, signal }: NumberedSignal): Signal[] {
    // The one that all others wait for always has room.
    const hasRoom = seq === this.#nextSeq || this.#waiting.size < MAX_WAITING
    if (seq >= this.#nextSeq && hasRoom) this.#waiting.set(seq, signal)
    const ready: Signal[] = []
    for (;;) {
      const next = this.#waiting.get(this.#nextSeq)
      if (next === undefined) return ready
      this.#waiting.delete(this.#nextSeq)
      this.#nextSeq += 1
      ready.push(next)
    }
  }
}
