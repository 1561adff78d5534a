import type { texts as danish } from '../da/talk.ts'
import type { Sentences } from '../text.ts'

export const texts: Sentences<typeof danish> = {
  'more.showScreen': 'Show my screen',
  'more.turnCamera': 'Switch camera',
  'more.devices': 'Choose camera, microphone and sound',
  'more.fullscreen': 'Full screen',
  'more.fullscreenEnd': 'Leave full screen',
  'more.float': 'Show in a small window',

  'call.moreTitle': 'More choices',
  'call.close': 'Close',
  'call.hideSelf': 'Hide my own picture',
  'call.showSelf': 'Show my own picture',
  'call.notAlone': 'I am not alone',
  'back.asked': '{name} would like to go back to the conversation.',

  'device.about':
    'Here you can try camera, microphone and sound. Nobody else can see or hear you meanwhile.',
  'device.try': 'Try camera and microphone',
  'device.stop': 'Turn off again',
  'device.saySomething': 'Say something. Does the line move?',
  'device.noCamera': 'We cannot use your camera. See whether the app is allowed to.',
  'device.noMicrophone': 'We cannot use your microphone. See whether the app is allowed to.',
  'device.camera': 'Camera',
  'device.microphone': 'Microphone',
  'device.loudspeaker': 'Loudspeaker',
  'device.automatic': 'Choose for me',
  'device.testSound': 'Test the sound',
  'device.testSounding': 'We are playing a sound now. Can you hear it?',
  'device.none': 'There is nothing else to choose from.',
  'device.back': 'Back',
}
