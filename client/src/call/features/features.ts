import type { CallId, LegQuality, Side } from '@naervaer/shared'
import type { LocalMedia } from '../media/local-media.ts'
import type { SideLine } from '../link/side-line.ts'
import { Alone } from './alone.ts'
import { Devices } from './devices.ts'
import { Digits } from './digits.ts'
import { LiveText } from './live-text.ts'
import { Pause } from './pause.ts'
import { CallQuality } from './quality.ts'
import { ScreenShare } from './screen.ts'
import { WakeLock } from './wake-lock.ts'

/** What a feature of a call may use. */
export interface FeatureContext {
  readonly call: CallId
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

/** Makes the features of a call. */
export type MakeFeatures = (context: FeatureContext) => TalkFeatures

/** The features of one call. Pages subscribe to the stores that they have. */
export class TalkFeatures {
  readonly text: LiveText
  readonly digits: Digits
  readonly pause: Pause
  readonly alone: Alone
  readonly screen: ScreenShare
  readonly quality: CallQuality
  readonly devices = new Devices()
  readonly #all: readonly Feature[]

  constructor(context: FeatureContext) {
    this.text = new LiveText(context)
    this.digits = new Digits(context)
    this.pause = new Pause(context)
    this.alone = new Alone(context)
    this.screen = new ScreenShare(context)
    this.quality = new CallQuality(context)
    const own = [this.quality, this.devices, new WakeLock()]
    this.#all = [this.text, this.digits, this.pause, this.alone, this.screen, ...own]
  }

  start(media: LocalMedia): void {
    for (const feature of this.#all) feature.start?.(media)
  }

  close(): void {
    for (const feature of this.#all) feature.close()
  }
}
