import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { CallPhase } from '../call/call-snapshot.ts'

/** Long enough to be read slowly, and gone before it is old news. */
const ECHO_MS = 30_000

/** Remembers for a while whose ring has been answered with "Ikke nu", once the ring is really over. */
export class DeclineEcho implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #getPhase: () => CallPhase
  #asked: string | null = null
  #name: string | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost, getPhase: () => CallPhase) {
    this.#host = host
    this.#getPhase = getPhase
    host.addController(this)
  }

  /** Whose ring it was; null when there is nothing to say. */
  get name(): string | null {
    return this.#name
  }

  /** "Ikke nu" has been pressed, and the server has not yet been heard. */
  expect(name: string): void {
    this.#asked = name
  }

  hostUpdate(): void {
    const phase = this.#getPhase()
    if (phase === 'incoming') this.#say(null)
    else if (phase !== 'idle') this.#forget()
    else if (this.#asked !== null) this.#say(this.#asked)
  }

  hostDisconnected(): void {
    this.#forget()
  }

  /** Whatever came instead, it was not a "not now". */
  #forget(): void {
    this.#asked = null
    this.#say(null)
  }

  #say(name: string | null): void {
    clearTimeout(this.#timer)
    this.#name = name
    if (name === null) return
    this.#asked = null
    this.#timer = setTimeout(() => {
      this.#name = null
      this.#host.requestUpdate()
    }, ECHO_MS)
  }
}
