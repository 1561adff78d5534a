import { explainErrors } from './error-text.ts'

explainErrors({
  SUBSTITUTE_REFUSED: 'error.substitute',
  ROLES_MIXED: 'error.rolesMixed',
  TEAM_NAME_TAKEN: 'error.teamName',
  TEAM_NOT_FOUND: 'error.gone',
  ASSIGNMENT_NOT_FOUND: 'error.gone',
  ASSIGNMENT_OVERLAPS: 'error.overlaps',
  ASSIGNMENT_PERIOD_INVALID: 'error.period',
  ASSIGNMENTS_LEFT: 'error.assignmentsLeft',
  ACCOUNT_OWN: 'error.ownAccount',
  PASSKEY_REFUSED: 'error.passkeyRefused',
  PASSKEY_LAST: 'error.passkeyLast',
  SIGN_IN_REFUSED: 'error.signInRefused',
  SIGN_IN_CLOSED: 'error.signInClosed',
  PASSPHRASE_WEAK: 'error.passphraseWeak',
  CODE_WRONG: 'error.codeWrong',
  CHALLENGE_EXPIRED: 'error.tooLate',
})
