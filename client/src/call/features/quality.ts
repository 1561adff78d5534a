import { Store } from '../../services/store.ts'
import type { LocalMedia } from '../local-media.ts'
import type { Feature, FeatureContext } from './features.ts'
import type { LineLevel } from './line-quality.ts'
import type { QualityWatch } from './quality-watch.ts'
import { ShownFrames } from './shown-frames.ts'

/** How well the two see and hear each other, as far as a person should know. */
export interface QualityState {
  /** What this side sends of its picture, for the line's sake. */
  readonly line: LineLevel
  /** What the other side says that it sends. */
  readonly otherLine: LineLevel
  /** It has just come back after a time of sound only, on either side. */
  readonly isPictureBack: boolean
  /** The own microphone is on, and the other side says that nothing of it arrives. */
  readonly isUnheard: boolean
  /** The same of the camera. */
  readonly isUnseen: boolean
  /** The own microphone is on, and gives digital silence. */
  readonly isMicrophoneSilent: boolean
  /** The own microphone is off, and somebody speaks into it. */
  readonly isSpeakingWhileOff: boolean
}

/** Who speaks just now. Changes often: only what shows it should listen. */
export interface Voices {
  readonly own: boolean
  readonly other: boolean
}

const ALL_WELL: QualityState = {
  line: 'good',
  otherLine: 'good',
  isPictureBack: false,
  isUnheard: false,
  isUnseen: false,
  isMicrophoneSilent: false,
  isSpeakingWhileOff: false,
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
  /** The other side's picture is to be given to this by whatever shows it. */
  readonly shownFrames = new ShownFrames()
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
