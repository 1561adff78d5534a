import type { texts as danish } from '../da/notices.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'push.ask': 'May we notify you when {name} calls?',
  'push.askNobody': 'May we notify you when somebody calls?',
  'push.about': 'Then you see it also when the app is closed. You decide what the screen may show.',
  'push.yes': 'Yes, notify me',
  'push.no': 'No thanks',
  'push.off': 'You are not notified when {name} calls. Turn it on here.',
  'push.levelAsk': 'What may the locked screen show?',
  'push.somebody': 'Your contact',
  'push.save': 'Save',
  'push.turnOff': 'Turn notifications off',
  'push.done': 'Now you are notified',
  'push.trialSent': 'We have sent you a trial. This is what it looks like.',
  'push.trialFailed': 'The trial was not sent. Try again in a moment.',
  'push.quiet': 'If the phone is on silent, you cannot hear it.',
  'push.again': 'Send another trial',
  'push.home': 'To the first page',
  'push.blocked': 'The app is not allowed to notify you',
  'push.blockedHow':
    'Tap the icon beside the address. Allow notifications. Then open the page again.',
  'push.blockedHowInstalled': 'Allow it in the settings of the device. Then open the app again.',
  'push.install': 'First put the app on your home screen. Then it can notify you.',
  'push.cannot': 'This browser cannot do it. The app rings while it is open.',
  'push.unpaired': 'The app must first be connected with a start code.',
  'push.closed': 'It is turned off here. The app rings while it is open.',
  'push.failed': 'That did not work. See whether you are online, and try again.',
  'missed.nothing': 'You need not do anything.',
}
