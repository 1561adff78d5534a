import type { texts as danish } from '../da/about.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'about.runs': '{name} uses the app to talk with you by video.',
  'about.runsNobody': 'Your municipality uses the app to talk with you by video.',
  'about.data': 'Your data',
  'about.dataNot': 'Nobody records. Sound, picture and what you write are not kept.',
  'about.dataKept': 'We keep when we have talked, your appointments and your choices.',
  'about.dataPush':
    'If you choose notices, Apple, Google, Mozilla or Microsoft bring them. They cannot read them.',
  'about.dataRight':
    'You may see what we have about you. You may complain to Datatilsynet, the data protection authority.',
  'about.privacy': 'Read all about your data',
  'about.privacyAsk': 'Ask your support worker if you want to know more.',
  'about.access': 'The app is for everybody',
  'about.accessBody': 'Is there something you cannot use? Tell your support worker.',
  'about.accessLink': 'Read the accessibility statement',
  'about.program': 'The program',
  'about.version': 'Nærvær {version}. Anybody may see how it is made.',
  'about.elsewhere': 'opens another page',
}
