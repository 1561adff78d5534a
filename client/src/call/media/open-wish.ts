import type { CallView, MediaState, Side } from '@naervaer/shared'
import { talkMemory } from '../talk-memory.ts'

/** How a call's devices are to be when they are opened. */
export interface OpenWish {
  readonly withCamera: boolean
  /** True where nothing is said of it: who talks wants to be heard. */
  readonly withMicrophone?: boolean
  /** Opens nothing before `setPaused(false)`: the person was in a pause before the page was loaded anew. */
  readonly isPaused?: boolean
}

/**
 * How this person's devices are to be in a talk whose window has none open: as last wished in this very
 * tab, otherwise as the server was told. Where nobody knows, nothing is opened: it is said, and one tap
 * away, while a microphone that was off must not be on.
 */
export function findOpenWish(view: CallView, side: Side): Required<OpenWish> {
  const kept = talkMemory.read(view.id)
  const told = view.media[side]
  // A worker's ring begins with everything; a citizen's tab remembers how it has answered.
  const isFirst = side === 'worker' && view.connectedAt === null
  const wasOn = (device: keyof MediaState) => (told === null ? isFirst : told[device] !== 'off')
  return {
    isPaused: kept.isPaused,
    withCamera: kept.withCamera ?? wasOn('camera'),
    withMicrophone: kept.withMicrophone ?? wasOn('microphone'),
  }
}
