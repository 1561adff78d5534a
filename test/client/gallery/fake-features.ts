import type { CallId, Side } from '@naervaer/shared'
import type { AloneState } from '../../../client/src/call/features/alone.ts'
import { TalkFeatures } from '../../../client/src/call/features/features.ts'
import type { PauseState } from '../../../client/src/call/features/pause.ts'
import type { ScreenState } from '../../../client/src/call/features/screen.ts'
import { SideLine } from '../../../client/src/call/side-line.ts'

/** How the features of a talk stand, where it is not as at the beginning. */
export interface FakeFeatures {
  readonly pause?: Partial<PauseState>
  readonly alone?: Partial<AloneState>
  readonly screen?: Partial<ScreenState>
}

/** The features as they are, on a line that leads nowhere. */
export function fakeFeatures(call: CallId, side: Side, states: FakeFeatures): TalkFeatures {
  const features = new TalkFeatures({ call, side, line: new SideLine(), getMedia: () => null })
  if (states.pause !== undefined) features.pause.state.patch(states.pause)
  if (states.alone !== undefined) features.alone.state.patch(states.alone)
  if (states.screen !== undefined) features.screen.state.patch(states.screen)
  return features
}
