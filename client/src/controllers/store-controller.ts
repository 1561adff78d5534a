import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Store } from '../services/store.ts'

/** Renders its host anew whenever the store's value is replaced. */
export class StoreController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #getStore: () => Store<T>
  #unsubscribe: (() => void) | null = null

  /** @param getStore - asked when the host connects, since contexts are provided by then */
  constructor(host: ReactiveControllerHost, getStore: () => Store<T>) {
    this.#host = host
    this.#getStore = getStore
    host.addController(this)
  }

  get value(): T {
    return this.#getStore().value
  }

  hostConnected(): void {
    this.#unsubscribe = this.#getStore().subscribe(() => {
      this.#host.requestUpdate()
    })
  }

  hostDisconnected(): void {
    this.#unsubscribe?.()
    this.#unsubscribe = null
  }
}
