import type { texts as danish } from '../da/beside.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'call.writeHint': '{name} sees it while you write. It is not saved.',

  'write.to': 'Write to {name}',
  'write.own': 'You',
  'write.all': 'What you two have written',
  'write.writing': '{name} is writing …',
  'write.says': '{name}: {text}',
  'write.line': 'New line',
  'write.close': 'Close',
  'write.waiting': 'The connection is away. {name} sees the text when it is back.',
  'write.held': 'The text has not reached {name} yet.',
  'write.full': 'That was too long. The rest was left out.',
  'write.missing': 'Some text may be missing here.',

  'pickup.agreed': 'You agreed to talk about',
  'pickup.step': 'The next small step',
  'pickup.outing': 'A trip out',
  'pickup.home': 'Practical things at home',
  'pickup.letter': 'A letter',
  'pickup.meeting': 'A meeting',
  'pickup.people': 'Family and friends',
  'pickup.rest': 'Sleep and rest',
  'pickup.wentWell': 'Something that went well',

  'call.security': 'Check the connection',
  'call.securityHow':
    'Read the four numbers aloud to each other. If they match, only the two of you are connected.',
  'call.securityBad': 'Different numbers? Hang up and use the ordinary telephone.',
  'call.securityWait': 'The numbers are on their way …',
  'call.securityNone':
    'We cannot show numbers in this conversation. Do you want to be quite sure? Hang up and use the ordinary telephone.',
  'call.securityDigits': 'The four numbers',
  'call.securityNew': '{name} has a new connection. That is why the numbers are new.',
}
