import type { QualityState } from '../call/features/quality-state.ts'
import { t } from '../texts/text.ts'

/** What a person must know at once, and what is enough to know. */
export interface QualityNotices {
  /** They speak, and nobody hears. */
  readonly urgent: readonly string[]
  readonly calm: readonly string[]
}

const NONE: QualityNotices = { urgent: [], calm: [] }

/**
 * Says in words how well the two see and hear each other; nothing while all is well. What one side meets
 * of a thin line both read; that the other's picture was given up stands in its place (`describeStage`).
 *
 * @param name - the other's first name; empty before it is known
 */
export function describeQuality(state: QualityState, name: string): QualityNotices {
  if (name === '') return NONE
  const { line, otherLine, isPictureBack } = state
  return {
    urgent: state.isSpeakingWhileOff ? [t('call.micOffNotice', { name })] : [],
    calm: [
      state.isMicrophoneSilent ? t('media.micSilent') : null,
      state.isUnheard ? t('call.unheard', { name }) : null,
      state.isUnseen ? t('call.unseen', { name }) : null,
      describeLines(line, otherLine, isPictureBack),
    ].filter((sentence) => sentence !== null),
  }
}

function describeLines(
  line: QualityState['line'],
  otherLine: QualityState['line'],
  isPictureBack: boolean,
): string | null {
  // Where the other's picture would be, it is said already.
  if (otherLine === 'soundOnly') return null
  if (line === 'soundOnly') return t('net.audioOnly')
  if (isPictureBack) return t('net.videoBack')
  return line === 'weak' || otherLine === 'weak' ? t('net.weak') : null
}
