import type { LegQuality, Side } from '@naervaer/shared'
import type { LocalMedia } from '../local-media.ts'
import type { SideLine } from '../side-line.ts'
import { CallQuality } from './quality.ts'

/** What a feature of a call may use. */
export interface FeatureContext {
  readonly side: Side
  /** To the other side's window, and to the peer connection that is up. */
  readonly line: SideLine
  /** This window's camera and microphone; null before the answer. */
  readonly getMedia: () => LocalMedia | null
  /** What the leg of a generation has been like so far, for the record. */
  readonly reportLeg: (generation: number, quality: LegQuality) => void
}

/** Something that two people can do in a call beside seeing and hearing each other. */
export interface Feature {
  /** The call is answered: camera and microphone are there, or on their way. */
  start?(media: LocalMedia): void
  /** The call is over here: nothing may be left, neither timer nor sound nor text. */
  close(): void
}

/** The features of one call. Pages subscribe to the stores that they have. */
export class TalkFeatures {
  readonly quality: CallQuality
  readonly #all: readonly Feature[]

  constructor(context: FeatureContext) {
    this.quality = new CallQuality(context)
    this.#all = [this.quality]
  }

  start(media: LocalMedia): void {
    for (const feature of this.#all) feature.start?.(media)
  }

  close(): void {
    for (const feature of this.#all) feature.close()
  }
}
