import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { hasBeenTouched, onFirstTouch } from './first-touch.ts'

/** In `history.state` of the entry that a call has put before the page's own. */
const MARK = 'isInCall'

function isMarked(state: unknown): boolean {
  return typeof state === 'object' && state !== null && MARK in state
}

/**
 * The browser's Back does not leave a call: a call lays one entry of the history before the page's
 * own, and whoever steps back from it is led forward again. Nothing is asked and nothing is lost.
 */
export class BackGuard implements ReactiveController {
  readonly #getIsInCall: () => boolean
  #stopWaiting: (() => void) | null = null

  constructor(host: ReactiveControllerHost, getIsInCall: () => boolean) {
    this.#getIsInCall = getIsInCall
    host.addController(this)
  }

  hostConnected(): void {
    addEventListener('popstate', this.#onPop)
    // Chromium's Back skips a page that adds entries before anybody has touched it.
    this.#stopWaiting = onFirstTouch(() => {
      this.#lay()
    })
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#onPop)
    this.#stopWaiting?.()
  }

  hostUpdated(): void {
    this.#lay()
  }

  #lay(): void {
    if (!this.#getIsInCall() || isMarked(history.state) || !hasBeenTouched()) return
    history.pushState({ [MARK]: true }, '')
  }

  readonly #onPop = (): void => {
    // Forward, and not a new entry: one that is added without a touch would be skipped the next time.
    if (this.#getIsInCall() && !isMarked(history.state)) history.forward()
  }
}
