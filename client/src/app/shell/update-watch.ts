import type { DurationMs } from '@naervaer/shared'
import { isMessage, LEAVING, TAKE_OVER } from '../../service-worker/messages.ts'
import type { Reason } from './busyness.ts'
import { WindowsVeto } from './windows-veto.ts'

/** How often a window that waits looks whether it may; also how long others have to forbid it first. */
const LOOK_INTERVAL_MS: DurationMs = 5_000

/**
 * A worker that takes over by itself, such as the last one of all, waits in Chromium for every request
 * that the one before has under way, sometimes for minutes: nothing is fetched at the same moment.
 */
const PREPARE_DELAY_MS: DurationMs = 1_500

/** A window that is loaded anew while a worker is just activating waits for it, in Chromium for minutes. */
const SETTLE_MS: DurationMs = 3_000

/** How long a new worker may take to begin serving. */
const TAKE_OVER_MS: DurationMs = 10_000

/**
 * Takes a new version over when nobody is disturbed by it (feature N27, criterion S-19): the waiting
 * worker is told, begins to serve every window, and each of them loads itself anew as soon as it can. What the old version has kept is gone then, so a window fetches before what a call may need.
 */
export class UpdateWatch {
  readonly #registration: ServiceWorkerRegistration
  readonly #isBusy: Reason
  readonly #prepare: () => void
  readonly #veto: WindowsVeto
  /** Whether this page came from a worker: the first one of all changes nothing. */
  #isServed = navigator.serviceWorker.controller !== null
  /** Another version serves now. */
  #isOld = false
  #timer: ReturnType<typeof setInterval> | undefined

  /** @param prepare - fetches what this version may need in a call that begins before it has gone */
  constructor(registration: ServiceWorkerRegistration, isBusy: Reason, prepare: () => void) {
    this.#registration = registration
    this.#isBusy = isBusy
    this.#prepare = prepare
    this.#veto = new WindowsVeto(isBusy)
  }

  start(): void {
    const { serviceWorker } = navigator
    serviceWorker.addEventListener('controllerchange', () => {
      this.#isOld = this.#isServed
      this.#isServed = true
      this.#look()
    })
    serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isMessage(data, LEAVING)) return
      this.#isOld = true
      this.#look()
    })
    this.#registration.addEventListener('updatefound', () => {
      const { installing } = this.#registration
      installing?.addEventListener('statechange', () => this.#look())
    })
    this.#look()
  }

  /** Asks the server for a new version, unless a line is needed for more than that. */
  check(): void {
    // Without a network there is nothing new; the next time will tell.
    if (!this.#isBusy()) this.#registration.update().catch(() => undefined)
  }

  get #isDue(): boolean {
    return this.#isOld || (this.#isServed && this.#registration.waiting !== null)
  }

  #look(): void {
    if (!this.#isDue) return
    this.#veto.follow()
    if (this.#timer === undefined) {
      setTimeout(() => this.#prepare(), PREPARE_DELAY_MS)
      this.#timer = setInterval(() => void this.#tryNow(), LOOK_INTERVAL_MS)
    }
    if (this.#isOld) this.#tryOnceSettled(navigator.serviceWorker.controller)
  }

  /** A hidden window's interval may be a minute late, and a ring would find half of the old version. */
  #tryOnceSettled(worker: ServiceWorker | null): void {
    if (worker?.state === 'activating') {
      const again = () => this.#tryOnceSettled(worker)
      worker.addEventListener('statechange', again, { once: true })
    } else {
      setTimeout(() => void this.#tryNow(), SETTLE_MS)
    }
  }

  async #tryNow(): Promise<void> {
    this.#veto.follow()
    if (this.#isOld) {
      if (!this.#isBusy()) location.reload()
    } else {
      await this.#veto.runUnlessForbidden(() => this.#takeOver())
    }
  }

  #takeOver(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, TAKE_OVER_MS)
      navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true })
      this.#registration.waiting?.postMessage({ type: TAKE_OVER })
    })
  }
}
