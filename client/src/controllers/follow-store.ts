import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Store } from '../services/store.ts'

/** Renders its host anew with a store that comes and goes, as those of a call do. */
export class FollowStore<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #getStore: () => Store<T> | null
  #known: Store<T> | null = null
  #unsubscribe: () => void = () => undefined

  /** @param getStore - asked with every update of the host */
  constructor(host: ReactiveControllerHost, getStore: () => Store<T> | null) {
    this.#host = host
    this.#getStore = getStore
    host.addController(this)
  }

  get value(): T | null {
    return this.#getStore()?.value ?? null
  }

  hostConnected(): void {
    this.#host.requestUpdate()
  }

  hostUpdate(): void {
    this.#follow(this.#getStore())
  }

  hostDisconnected(): void {
    this.#follow(null)
  }

  #follow(store: Store<T> | null): void {
    if (store === this.#known) return
    this.#unsubscribe()
    this.#known = store
    this.#unsubscribe =
      store?.subscribe(() => {
        this.#host.requestUpdate()
      }) ?? (() => undefined)
  }
}
