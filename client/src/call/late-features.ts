import type { DurationMs } from '@naervaer/shared'
import type { MakeFeatures, TalkFeatures } from './features/features.ts'
import type { LocalMedia } from './media/local-media.ts'
import type { SideLine } from './link/side-line.ts'

/** How long until a script that could not be had is asked for again: somebody waits for it. */
const RETRY_MS: DurationMs = 2_000

/** What the features begin with takes time from the first picture, and nobody uses them sooner. */
const START_DELAY_MS: DurationMs = 400

export interface LateFeaturesOptions {
  readonly load: () => Promise<MakeFeatures>
  readonly make: (make: MakeFeatures) => TalkFeatures
  /** The direct line: it keeps what comes before they are there. */
  readonly line: Pick<SideLine, 'open'>
  readonly onHere: () => void
}

/**
 * The features of one talk, whose script is asked for until it has come: a talk goes on without them,
 * and what is said meanwhile waits for them.
 */
export class LateFeatures {
  readonly #options: LateFeaturesOptions
  #features: TalkFeatures | null = null
  #media: LocalMedia | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #startTimer: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(options: LateFeaturesOptions) {
    this.#options = options
    this.#ask()
  }

  /** Null before they have come. */
  get value(): TalkFeatures | null {
    return this.#features
  }

  /** The call is answered: they begin a moment later. */
  start(media: LocalMedia): void {
    this.#startTimer = setTimeout(() => {
      this.#media = media
      this.#features?.start(media)
    }, START_DELAY_MS)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#startTimer)
    this.#features?.close()
  }

  #ask(): void {
    this.#options.load().then(
      (make) => {
        if (!this.#isClosed) this.#add(make)
      },
      () => {
        if (this.#isClosed) return
        this.#timer = setTimeout(() => {
          this.#ask()
        }, RETRY_MS)
      },
    )
  }

  #add(make: MakeFeatures): void {
    this.#features = this.#options.make(make)
    this.#options.line.open()
    if (this.#media !== null) this.#features.start(this.#media)
    this.#options.onHere()
  }
}
