/** What stands behind *Mere* in a talk, and on the page where devices are chosen before one. */
export const texts = {
  'more.showScreen': 'Vis min skærm',
  'more.turnCamera': 'Vend kamera',
  'more.devices': 'Vælg kamera, mikrofon og lyd',
  'more.fullscreen': 'Fuld skærm',
  'more.fullscreenEnd': 'Luk fuld skærm',
  'more.float': 'Vis i et lille vindue',

  'device.title': 'Lyd og billede',
  'device.camera': 'Kamera',
  'device.microphone': 'Mikrofon',
  'device.loudspeaker': 'Højttaler',
  'device.automatic': 'Vælg for mig',
  'device.testSound': 'Prøv lyden',
  'device.testSounding': 'Nu spiller vi en lyd. Kan du høre den?',
  'device.none': 'Der er ikke andet at vælge imellem.',
  'device.back': 'Tilbage',
} as const
