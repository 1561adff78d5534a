import { Store } from '../../services/store.ts'
import type { LocalMedia } from '../local-media.ts'
import { talkMemory } from '../talk-memory.ts'
import type { Feature, FeatureContext } from './features.ts'

export interface PauseState {
  /** This side neither sends nor hears anything. */
  readonly isOwn: boolean
  /** The other side says so of itself. */
  readonly isOther: boolean
}

/** A pause: nothing is sent, nothing is heard, and one tap goes on. The other is told so, and no more. */
export class Pause implements Feature {
  readonly state = new Store<PauseState>({ isOwn: false, isOther: false })
  readonly #context: FeatureContext
  #media: LocalMedia | null = null

  constructor(context: FeatureContext) {
    this.#context = context
    const { line, call } = context
    this.state.patch({ isOwn: talkMemory.read(call).isPaused })
    line.on('pause', ({ isPaused }) => {
      this.state.patch({ isOther: isPaused })
    })
    line.onUp(() => {
      this.#tell()
    })
  }

  start(media: LocalMedia): void {
    this.#media = media
  }

  async set(isPaused: boolean): Promise<void> {
    if (isPaused === this.state.value.isOwn) return
    talkMemory.write(this.#context.call, { isPaused })
    this.state.patch({ isOwn: isPaused })
    this.#tell()
    await this.#media?.setPaused(isPaused)
  }

  close(): void {
    this.#media = null
  }

  /** Also that there is none: the other's window may know of an earlier one. */
  #tell(): void {
    this.#context.line.send({ type: 'pause', isPaused: this.state.value.isOwn })
  }
}
