import { Store } from '../../services/store.ts'
import type { LocalMedia } from '../media/local-media.ts'
import { talkMemory } from '../talk-memory.ts'
import type { Feature, FeatureContext } from './features.ts'

export interface PauseState {
  /** The other side says that it neither sends nor hears anything. */
  readonly isOther: boolean
}

/**
 * The word of a pause, and no more: it is told, and heard of the other. The pause itself is
 * `LocalMedia`'s, and must not wait for this script.
 */
export class Pause implements Feature {
  readonly state = new Store<PauseState>({ isOther: false })
  readonly #context: FeatureContext
  #isOwn: boolean
  #unsubscribe: () => void = () => undefined

  constructor(context: FeatureContext) {
    this.#context = context
    const { line, call } = context
    this.#isOwn = talkMemory.read(call).isPaused
    line.on('pause', ({ isPaused }) => {
      this.state.patch({ isOther: isPaused })
    })
    line.onUp(() => {
      this.#tell()
    })
  }

  start(media: LocalMedia): void {
    const follow = () => {
      const { isPaused } = media.tracks.value
      if (isPaused === this.#isOwn) return
      this.#isOwn = isPaused
      this.#tell()
    }
    this.#unsubscribe = media.tracks.subscribe(follow)
    follow()
  }

  close(): void {
    this.#unsubscribe()
  }

  /** Also that there is none: the other's window may know of an earlier one. */
  #tell(): void {
    this.#context.line.send({ type: 'pause', isPaused: this.#isOwn })
  }
}
