import type { DurationMs } from '@naervaer/shared'
import { isMessage, LEAVING, TAKE_OVER } from '../../service-worker/messages.ts'
import type { Reason } from './busyness.ts'
import { WindowsVeto } from './windows-veto.ts'

/** How often a window that waits looks whether it may; also how long others have to forbid it first. */
const LOOK_INTERVAL_MS: DurationMs = 5_000

/** How long a new worker may take to begin serving. */
const TAKE_OVER_MS: DurationMs = 10_000

/**
 * Takes a new version over when nobody is disturbed by it (feature N27, criterion S-19): the waiting
 * worker is told, begins to serve every window, and each of them loads itself anew when it can.
 */
export class UpdateWatch {
  readonly #registration: ServiceWorkerRegistration
  readonly #isBusy: Reason
  readonly #veto: WindowsVeto
  /** Whether this page came from a worker: the first one of all changes nothing. */
  #isServed = navigator.serviceWorker.controller !== null
  /** Another version serves now. */
  #isOld = false
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(registration: ServiceWorkerRegistration, isBusy: Reason) {
    this.#registration = registration
    this.#isBusy = isBusy
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
    this.#timer ??= setInterval(() => void this.#tryNow(), LOOK_INTERVAL_MS)
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
