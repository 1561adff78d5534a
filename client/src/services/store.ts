type Listener = () => void

/** A value that tells its subscribers when it has been replaced. */
export class Store<T> {
  #value: T
  readonly #listeners = new Set<Listener>()

  constructor(initial: T) {
    this.#value = initial
  }

  get value(): T {
    return this.#value
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return
    this.#value = value
    for (const listener of [...this.#listeners]) listener()
  }

  /** Replaces some properties of an object value. */
  patch(change: Partial<T>): void {
    this.set({ ...this.#value, ...change })
  }

  /** @returns ends the subscription */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
