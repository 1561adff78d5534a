import { TalkFeatures } from '../../../client/src/call/features/features.ts'
import { SideLine } from '../../../client/src/call/side-line.ts'

/** What the two do in a talk of the gallery beside talking. */
export type TalkedOf = 'nothing' | 'text' | 'trouble' | 'digits' | 'noDigits'

const LINES = [
  { id: 1, party: 'other', text: 'Hej Anna. Kan du høre mig?' },
  { id: 2, party: 'own', text: 'Ja, men min søster er her. Jeg vil hellere skrive 🙂' },
  { id: 3, party: 'other', text: 'Det er helt fint. Hvordan har du sovet?' },
  { id: 4, party: 'own', text: 'Bedre end i går' },
] as const

/** The real features of a talk without another window, and with something in them to be seen. */
export function fakeFeatures(talkedOf: TalkedOf): TalkFeatures {
  const features = new TalkFeatures({ side: 'citizen', line: new SideLine(), getMedia: () => null })
  const { text, digits } = features
  // Nothing is captured in the gallery, and only what has begun can change.
  text.start()
  switch (talkedOf) {
    case 'nothing':
      break
    case 'text':
      text.state.patch({ lines: LINES, other: 'Skal vi tal', isOtherWriting: true, hasNews: true })
      break
    case 'trouble':
      text.state.patch({
        lines: [...LINES, { id: 5, party: 'other', text: 'Vi ses på \uFFFD' }],
        own: 'Det var fordi',
        isWaiting: true,
        hasNews: true,
      })
      break
    case 'digits':
      digits.state.set({ stage: 'shown', digits: '4071', isRenewed: true })
      break
    case 'noDigits':
      digits.state.set({ stage: 'stopped', digits: null, isRenewed: false })
      break
  }
  return features
}
