import type { CallId, CallView, DurationMs } from '@naervaer/shared'
import type { Outcome } from './commands.ts'

/** No ring lasts as long (call-lifecycle.md, "Time"), nor does an answer that nothing follows. */
const GIVE_UP_MS: DurationMs = 60_000

export interface AnsweringOptions {
  readonly say: () => Promise<Outcome>
  /** The server has heard it, and will not have it. */
  readonly onRefused: () => void
  /** The connection was lost before the reply: perhaps the server knows, perhaps not. */
  readonly onUnsure: () => void
  /** Nothing has been heard for so long that the call cannot live any more. */
  readonly onGivenUp: () => void
}

/** An answer that is said until the server has heard it: the person has pressed *Svar*, and need not again. */
export class Answering {
  readonly #options: AnsweringOptions
  #call: CallId | null = null
  #saying: CallId | null = null
  #isUnsure = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: AnsweringOptions) {
    this.#options = options
  }

  /** Whether the answer has been sent, by a connection that is there, and the reply is on its way. */
  isSaying(call: CallId): boolean {
    return call === this.#saying
  }

  /** Whether this person has answered the call, and the server may not know. */
  isUnsureOf(call: CallId): boolean {
    return this.#isUnsure && call === this.#call
  }

  async say(call: CallId): Promise<void> {
    if (this.isSaying(call)) return
    this.#call = call
    this.#saying = call
    const outcome = await this.#options.say()
    if (this.isSaying(call)) this.#saying = null
    // Hung up meanwhile, or over.
    if (call !== this.#call) return
    if (outcome === 'lost') this.#beUnsure()
    else this.forget()
    if (outcome === 'refused') this.#options.onRefused()
  }

  /** Keeps up with the call that this window shows: what the server says of it may settle the matter. */
  follow({ id, state, seat }: CallView): void {
    const isAnswered = state !== 'inviting' && state !== 'ringing'
    // Answered elsewhere: the reply says whether it is so.
    const isOpen = !isAnswered || (this.isSaying(id) && seat !== 'here')
    if (id !== this.#call || !isOpen) this.forget()
  }

  forget(): void {
    this.#call = null
    this.#isUnsure = false
    clearTimeout(this.#timer)
  }

  #beUnsure(): void {
    if (!this.#isUnsure) {
      this.#isUnsure = true
      this.#timer = setTimeout(() => {
        this.forget()
        this.#options.onGivenUp()
      }, GIVE_UP_MS)
    }
    this.#options.onUnsure()
  }
}
