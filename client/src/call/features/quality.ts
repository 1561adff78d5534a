import { Store } from '../../services/store.ts'
import type { LocalMedia } from '../local-media.ts'
import type { Feature, FeatureContext } from './features.ts'
import { Playback } from './playback.ts'
import { ALL_WELL, type QualityState } from './quality-state.ts'
import type { QualityWatch } from './quality-watch.ts'
import { ShownFrames } from './shown-frames.ts'

/** Who speaks just now. Changes often: only what shows it should listen. */
export interface Voices {
  readonly own: boolean
  readonly other: boolean
}

const NOBODY: Voices = { own: false, other: false }

/** Before what could not be fetched is asked for again. */
const RETRY_MS = 3_000

/**
 * Sees to it that the two hear each other first and see each other as well as the line allows, and says so
 * where they do not. What does the work comes while it rings; without it a talk is only less looked after.
 */
export class CallQuality implements Feature {
  readonly state = new Store<QualityState>(ALL_WELL)
  readonly voices = new Store<Voices>(NOBODY)
  /** The other side's picture and sound are to be given to these two by whatever shows and plays them. */
  readonly shownFrames = new ShownFrames()
  readonly playback = new Playback()
  readonly #context: FeatureContext
  #media: LocalMedia | null = null
  #watch: QualityWatch | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(context: FeatureContext) {
    this.#context = context
    this.#load()
  }

  start(media: LocalMedia): void {
    this.#media = media
    this.#watch?.start(media)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#watch?.close()
    this.#watch = null
  }

  #load(): void {
    import('./quality-watch.ts').then(
      ({ QualityWatch }) => {
        if (this.#isClosed) return
        this.#watch = new QualityWatch(this.#context, this)
        if (this.#media !== null) this.#watch.start(this.#media)
      },
      () => {
        this.#timer = setTimeout(() => {
          this.#load()
        }, RETRY_MS)
      },
    )
  }
}
