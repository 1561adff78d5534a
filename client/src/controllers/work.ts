import { NaervaerError, type ErrorCode } from '@naervaer/shared'
import type { ReactiveControllerHost } from 'lit'

/** One thing at a time that a page asks of the server: whether it is under way, and what went wrong. */
export class Work {
  isBusy = false
  error: ErrorCode | 'CONNECTION_LOST' | null = null
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>) {
    this.#host = host
  }

  /** @returns whether it was done; a second tap while the first is under way does nothing */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.isBusy) return false
    this.isBusy = true
    this.error = null
    this.#host.requestUpdate()
    try {
      await work()
    } catch (error) {
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
    }
    this.isBusy = false
    this.#host.requestUpdate()
    return this.error === null
  }
}
