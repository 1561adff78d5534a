import type { DurationMs } from '@naervaer/shared'
import { Store } from './store.ts'

/** A room that was closed half an hour ago may be full of people now. */
export const SAID_ALONE_MS: DurationMs = 30 * 60_000

/**
 * "Jeg sidder alene i et lukket rum", as the worker has said it in this tab: told with each ring. It ends by
 * itself, so that nobody is promised what was true in another room; it is kept nowhere.
 */
class SaidAlone {
  readonly state = new Store(false)
  #timer: ReturnType<typeof setTimeout> | undefined

  say(isAlone: boolean): void {
    clearTimeout(this.#timer)
    this.state.set(isAlone)
    if (isAlone) this.#timer = setTimeout(() => this.state.set(false), SAID_ALONE_MS)
  }
}

export const saidAlone = new SaidAlone()
