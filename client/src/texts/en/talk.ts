import type { texts as danish } from '../da/talk.ts'
import type { Sentences } from '../text.ts'

export const texts: Sentences<typeof danish> = {
  'more.showScreen': 'Show my screen',
  'more.turnCamera': 'Switch camera',
  'more.devices': 'Choose camera, microphone and sound',
  'more.fullscreen': 'Full screen',
  'more.fullscreenEnd': 'Leave full screen',
  'more.float': 'Show in a small window',

  'device.title': 'Sound and picture',
  'device.camera': 'Camera',
  'device.microphone': 'Microphone',
  'device.loudspeaker': 'Loudspeaker',
  'device.automatic': 'Choose for me',
  'device.testSound': 'Test the sound',
  'device.testSounding': 'We are playing a sound now. Can you hear it?',
  'device.none': 'There is nothing else to choose from.',
  'device.back': 'Back',
}
