import type { ErrorCode } from '@naervaer/shared'
import { t, type TextKey } from './text.ts'

/** The key of what is told about a code; what has none gets the general sentence. */
export type ErrorKeys = Readonly<Partial<Record<ErrorCode | 'CONNECTION_LOST', TextKey>>>

const TEXT_OF_ERROR: { -readonly [Code in keyof ErrorKeys]: ErrorKeys[Code] } = {
  SESSION_MISSING: 'error.session',
  SESSION_EXPIRED: 'error.session',
  CONNECTIONS_EXCEEDED: 'error.rateLimited',
  RATE_LIMITED: 'error.rateLimited',
  PERSON_NOT_FOUND: 'error.notAssigned',
  ROLE_REFUSED: 'error.notAssigned',
  NOT_ASSIGNED: 'error.notAssigned',
  CHOICE_ALREADY_GIVEN: 'error.choiceAlreadyGiven',
  CHOICE_TEXT_OLD: 'error.choiceTextOld',
  CALL_NOT_FOUND: 'error.ended',
  CALL_NOT_A_PARTY: 'error.ended',
  CALL_ENDED: 'error.ended',
  CALL_ANSWERED_ELSEWHERE: 'error.answeredElsewhere',
  CALL_SEAT_TAKEN: 'error.seatTaken',
  CALL_NOT_RESUMABLE: 'error.notResumable',
  CALL_WORKER_AWAY: 'error.workerAway',
  PASSKEY_REFUSED: 'error.passkeyRefused',
  PASSKEY_LAST: 'error.passkeyLast',
  SIGN_IN_REFUSED: 'error.signInRefused',
  SIGN_IN_CLOSED: 'error.signInClosed',
  PASSPHRASE_WEAK: 'error.passphraseWeak',
  CODE_WRONG: 'error.codeWrong',
  CHALLENGE_EXPIRED: 'error.tooLate',
  PAIRING_EXPIRED: 'pair.expired',
  SERVER_STOPPING: 'error.stopping',
  CONNECTION_LOST: 'error.connectionLost',
}

/** Refusals that only some pages meet come with these, and their words as well. */
export function addErrorTexts(keys: ErrorKeys): void {
  Object.assign(TEXT_OF_ERROR, keys)
}

/** What a person is told about a refusal; what is our own mistake gets the general sentence. */
export function errorText(code: ErrorCode | 'CONNECTION_LOST'): string {
  // The keys of errors have no gaps; `t` cannot see that from a union of all keys.
  const key = (TEXT_OF_ERROR[code] ?? 'error.general') as 'error.general'
  return t(key)
}
