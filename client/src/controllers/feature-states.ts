import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { AloneState } from '../call/features/alone.ts'
import type { TalkFeatures } from '../call/features/features.ts'
import type { PauseState } from '../call/features/pause.ts'
import { ALL_WELL, type QualityState } from '../call/features/quality-state.ts'
import type { ScreenState } from '../call/features/screen.ts'

const NO_PAUSE: PauseState = { isOther: false }
const ALONE: AloneState = { isOwnNot: false, isOtherNot: false }
const NO_SCREEN: ScreenState = { isOwn: false, isOther: false }

/** Renders its host anew when the features of the present call have something new to show. */
export class FeatureStates implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #getFeatures: () => TalkFeatures | null
  #known: TalkFeatures | null = null
  #unsubscribe: (() => void)[] = []

  constructor(host: ReactiveControllerHost, getFeatures: () => TalkFeatures | null) {
    this.#host = host
    this.#getFeatures = getFeatures
    host.addController(this)
  }

  get pause(): PauseState {
    return this.#getFeatures()?.pause.state.value ?? NO_PAUSE
  }

  get alone(): AloneState {
    return this.#getFeatures()?.alone.state.value ?? ALONE
  }

  get screen(): ScreenState {
    return this.#getFeatures()?.screen.state.value ?? NO_SCREEN
  }

  get quality(): QualityState {
    return this.#getFeatures()?.quality.state.value ?? ALL_WELL
  }

  /** The features change with the call, and are there only with it. */
  hostUpdate(): void {
    const features = this.#getFeatures()
    if (features === this.#known) return
    this.#end()
    this.#known = features
    if (features === null) return
    const update = () => {
      this.#host.requestUpdate()
    }
    const { pause, alone, screen, quality } = features
    const stores = [pause.state, alone.state, screen.state, quality.state]
    this.#unsubscribe = stores.map((store) => store.subscribe(update))
  }

  hostDisconnected(): void {
    this.#end()
    this.#known = null
  }

  #end(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
    this.#unsubscribe = []
  }
}
