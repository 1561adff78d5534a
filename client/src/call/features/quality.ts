import { Store } from '../../services/store.ts'
import type { LocalMedia } from '../media/local-media.ts'
import type { Feature, FeatureContext } from './features.ts'
import { Playback } from './playback.ts'
import { ALL_WELL, type QualityState } from './quality-state.ts'
import { QualityWatch } from './quality-watch.ts'
import { ShownFrames } from './shown-frames.ts'

/** Who speaks just now. Changes often: only what shows it should listen. */
export interface Voices {
  readonly own: boolean
  readonly other: boolean
}

const NOBODY: Voices = { own: false, other: false }

/**
 * Sees to it that the two hear each other first and see each other as well as the line allows, and says so
 * where they do not. `QualityWatch` does the work.
 */
export class CallQuality implements Feature {
  readonly state = new Store<QualityState>(ALL_WELL)
  readonly voices = new Store<Voices>(NOBODY)
  /** The other side's picture and sound are to be given to these two by whatever shows and plays them. */
  readonly shownFrames = new ShownFrames()
  readonly playback = new Playback()
  readonly #watch: QualityWatch

  constructor(context: FeatureContext) {
    this.#watch = new QualityWatch(context, this)
  }

  start(media: LocalMedia): void {
    this.#watch.start(media)
  }

  close(): void {
    this.#watch.close()
  }
}
