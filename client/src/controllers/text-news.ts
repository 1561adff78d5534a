import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { LiveText } from '../call/features/live-text.ts'

/** Tells its host when the other person has written something that is not on the screen. */
export class TextNews implements ReactiveController {
  readonly #getFeature: () => LiveText | null
  readonly #onNews: () => void
  #feature: LiveText | null = null
  #unsubscribe: () => void = () => undefined

  /** @param getFeature - asked with every update: each call has its own */
  constructor(host: ReactiveControllerHost, getFeature: () => LiveText | null, onNews: () => void) {
    this.#getFeature = getFeature
    this.#onNews = onNews
    host.addController(this)
  }

  /** Before the host draws, so that what there is to show is drawn at once. */
  hostUpdate(): void {
    const feature = this.#getFeature()
    if (feature === this.#feature) return
    this.hostDisconnected()
    this.#feature = feature
    this.#unsubscribe = feature?.state.subscribe(() => this.#look()) ?? (() => undefined)
    this.#look()
  }

  hostDisconnected(): void {
    this.#unsubscribe()
    this.#unsubscribe = () => undefined
    this.#feature = null
  }

  #look(): void {
    if (this.#feature?.state.value.hasNews === true) this.#onNews()
  }
}
