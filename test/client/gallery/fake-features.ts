import type { CallId, Side } from '@naervaer/shared'
import type { AloneState } from '../../../client/src/call/features/alone.ts'
import { TalkFeatures } from '../../../client/src/call/features/features.ts'
import type { PauseState } from '../../../client/src/call/features/pause.ts'
import type { ScreenState } from '../../../client/src/call/features/screen.ts'
import { SideLines } from '../../helpers/side-lines.ts'

/** How the features of a talk stand, where it is not as at the beginning. */
export interface FakeFeatures {
  readonly pause?: Partial<PauseState>
  readonly alone?: Partial<AloneState>
  readonly screen?: Partial<ScreenState>
}

/** What the two do in a talk of the gallery beside talking. */
export type TalkedOf = 'nothing' | 'text' | 'trouble' | 'digits' | 'noDigits'

const TEXT_FROM = { type: 'text-from', generation: 1, of: '00'.repeat(8), position: 0 }

declare global {
  interface Window {
    /** Something arrives that the other has written, for tests. */
    arrive: (text: string) => void
  }
}

/** The real features of a talk, with something in them to be seen. */
export function fakeFeatures(
  call: CallId,
  side: Side,
  states: FakeFeatures,
  talkedOf: TalkedOf,
): TalkFeatures {
  const net = new SideLines()
  const line = net.lines[side]
  const features = new TalkFeatures({
    call,
    side,
    line,
    getMedia: () => null,
    reportLeg: () => undefined,
  })
  if (states.pause !== undefined) features.pause.state.patch(states.pause)
  if (states.alone !== undefined) features.alone.state.patch(states.alone)
  if (states.screen !== undefined) features.screen.state.patch(states.screen)
  const { text, digits } = features
  // Nothing is captured in the gallery, and only what has begun can change.
  text.start()
  net.connect([side])
  line.receive(JSON.stringify(TEXT_FROM))
  const other = net.channel(side)
  window.arrive = (text) => other.arrive(text)
  if (talkedOf === 'digits') digits.state.set({ stage: 'shown', digits: '4071', isRenewed: true })
  if (talkedOf === 'noDigits') digits.state.patch({ stage: 'stopped' })
  if (talkedOf !== 'text' && talkedOf !== 'trouble') return features
  other.arrive('Hej Anna. Kan du høre mig?\u2028')
  text.write('Ja, men min søster er her. Jeg vil hellere skrive 🙂\n')
  other.arrive('Det er helt fint. Hvordan har du sovet?\u2028')
  text.write('Bedre end i går\n')
  other.arrive(talkedOf === 'text' ? 'Skal vi tal' : 'Vi ses på \uFFFD\u2028')
  if (talkedOf === 'text') return features
  net.cut()
  text.write('Det var fordi')
  return features
}
