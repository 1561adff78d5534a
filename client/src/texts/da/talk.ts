/** What stands behind *Mere* in a talk, and on the page where devices are chosen before one. */
export const texts = {
  'more.showScreen': 'Vis min skærm',
  'more.turnCamera': 'Vend kamera',
  'more.devices': 'Vælg kamera, mikrofon og lyd',
  'more.fullscreen': 'Fuld skærm',
  'more.fullscreenEnd': 'Luk fuld skærm',
  'more.float': 'Vis i et lille vindue',

  'call.moreTitle': 'Flere muligheder',
  'call.close': 'Luk',
  'call.hideSelf': 'Skjul mit eget billede',
  'call.showSelf': 'Vis mit eget billede',
  'call.notAlone': 'Jeg er ikke alene',
  'back.asked': '{name} vil gerne tilbage til samtalen.',

  'device.about':
    'Her kan du prøve kamera, mikrofon og lyd. Ingen andre kan se eller høre dig imens.',
  'device.try': 'Prøv kamera og mikrofon',
  'device.stop': 'Sluk igen',
  'device.saySomething': 'Sig noget. Bevæger stregen sig?',
  'device.noCamera': 'Vi kan ikke bruge dit kamera. Se, om appen har lov til det.',
  'device.noMicrophone': 'Vi kan ikke bruge din mikrofon. Se, om appen har lov til det.',
  'device.camera': 'Kamera',
  'device.microphone': 'Mikrofon',
  'device.loudspeaker': 'Højttaler',
  'device.automatic': 'Vælg for mig',
  'device.testSound': 'Prøv lyden',
  'device.testSounding': 'Nu spiller vi en lyd. Kan du høre den?',
  'device.none': 'Der er ikke andet at vælge imellem.',
  'device.back': 'Tilbage',
} as const
