import type { LineLevel } from './line-quality.ts'

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

/** Before anything is known, and while there is no talk. */
export const ALL_WELL: QualityState = {
  line: 'good',
  otherLine: 'good',
  isPictureBack: false,
  isUnheard: false,
  isUnseen: false,
  isMicrophoneSilent: false,
  isSpeakingWhileOff: false,
}
