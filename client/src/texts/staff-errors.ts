import { addErrorTexts } from './error-text.ts'

// Imported by the pages that meet them: no citizen fetches what only staff are refused.
addErrorTexts({
  ASSIGNMENT_OVERLAPS: 'error.overlaps',
  ASSIGNMENT_PERIOD_INVALID: 'error.period',
  ASSIGNMENTS_LEFT: 'error.assignmentsLeft',
  ACCOUNT_OWN: 'error.ownAccount',
  TEAM_NAME_TAKEN: 'error.teamName',
  TEAM_NOT_FOUND: 'error.gone',
  ASSIGNMENT_NOT_FOUND: 'error.gone',
  SUBSTITUTE_REFUSED: 'error.substitute',
  ROLES_MIXED: 'error.rolesMixed',
  CHOICE_NOT_GIVEN: 'error.choiceNotGiven',
  CHOICE_PAUSED: 'error.choicePaused',
  CHOICE_WITHDRAWN: 'error.choiceWithdrawn',
  CHOICE_NOT_OFFERED: 'error.choiceNotOffered',
  CALL_RELAY_MISSING: 'error.relayMissing',
  CALL_ALREADY_IN_ONE: 'error.alreadyInOne',
  CALL_JUST_ENDED: 'error.justEnded',
  CALL_QUIET_HOURS: 'error.quietHours',
  CALL_RUNG_OFTEN: 'error.rungOften',
  CALL_RUNG_ALL_DAY: 'error.rungAllDay',
})
