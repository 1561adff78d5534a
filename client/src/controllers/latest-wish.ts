import { NaervaerError, type ErrorCode } from '@naervaer/shared'
import type { ReactiveControllerHost } from 'lit'

/**
 * A choice that is kept as soon as it is made: one request at a time, and the last choice is the one that
 * is kept in the end, however quickly several follow each other (arrow keys choose on their way).
 */
export class LatestWish<T> {
  /** Whether the last choice is kept by now. */
  isKept = false
  error: ErrorCode | 'CONNECTION_LOST' | null = null
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>
  readonly #keep: (wish: T) => Promise<void>
  #next: { readonly wish: T } | null = null
  #isBusy = false

  constructor(
    host: Pick<ReactiveControllerHost, 'requestUpdate'>,
    keep: (wish: T) => Promise<void>,
  ) {
    this.#host = host
    this.#keep = keep
  }

  async choose(wish: T): Promise<void> {
    this.#next = { wish }
    this.isKept = false
    this.error = null
    this.#host.requestUpdate()
    if (this.#isBusy) return
    this.#isBusy = true
    for (let next = this.#takeNext(); next !== null; next = this.#takeNext()) {
      await this.#keepOne(next.wish)
    }
    this.#isBusy = false
    this.#host.requestUpdate()
  }

  #takeNext(): { readonly wish: T } | null {
    const next = this.#next
    this.#next = null
    return next
  }

  async #keepOne(wish: T): Promise<void> {
    try {
      await this.#keep(wish)
      this.isKept = this.#next === null
      this.error = null
    } catch (error) {
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
    }
  }
}
