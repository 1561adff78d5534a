import type { texts as danish } from '../da/errors.ts'
import type { Sentences } from '../text.ts'

/** The same in English. */
export const texts: Sentences<typeof danish> = {
  'error.substitute': 'You are a substitute. The citizen’s regular worker does that.',
  'error.rolesMixed': 'A citizen cannot be staff as well.',
  'error.teamName': 'There is already a team with that name.',
  'error.gone': 'It is not there any more. Open the page again.',
  'error.overlaps': 'The two are together in that time already. Choose other days.',
  'error.period': 'The days do not fit. The last day must come after the first.',
  'error.assignmentsLeft':
    'The staff member still has citizens. The leader must give them another worker first.',
  'error.ownAccount': 'You cannot do that to your own account.',
  'error.passkeyRefused': 'The passkey was not accepted. Try again.',
  'error.passkeyLast': 'You cannot remove the last passkey. Add another one first.',
  'error.signInRefused': 'That does not fit. Check name, passphrase and code again.',
  'error.signInClosed': 'That way of signing in is closed for you. Use your work account.',
  'error.passphraseWeak': 'It is too short or too easy to guess. Choose another one.',
  'error.codeWrong': 'The code does not fit. Look at the digits in the app again.',
  'error.tooLate': 'That took too long. Try again.',
  'error.choiceNotGiven': 'The citizen has not said yes to video conversations. Use the telephone.',
  'error.choicePaused':
    'The citizen is taking a break from video conversations. Use the telephone meanwhile.',
  'error.choiceWithdrawn':
    'The citizen does not want any more video conversations. Use the telephone.',
  'error.choiceNotOffered': 'Video conversations have not been offered yet.',
  'error.maintenance':
    'The system is being updated, and you cannot call meanwhile. Use the telephone if it cannot wait.',
  'error.relayMissing':
    'The citizen has a protected address. The app cannot hide it yet. Use the telephone, and tell IT support.',
  'error.alreadyInOne': 'You are already in a conversation.',
  'error.justEnded': 'The citizen has just hung up. Wait a minute before you call again.',
  'error.quietHours': 'The citizen does not want calls at this time of day.',
  'error.rungOften': 'Three calls in ten minutes. Wait a little, or use the telephone.',
  'error.rungAllDay': 'Ten calls today. Try again tomorrow, or use the telephone.',
}
