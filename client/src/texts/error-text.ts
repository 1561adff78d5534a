import type { ErrorCode } from '@naervaer/shared'
import { t, type TextKey } from './text.ts'

type Words = Readonly<Partial<Record<ErrorCode | 'CONNECTION_LOST', TextKey>>>

let textOfError: Words = {
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
  PAIRING_EXPIRED: 'pair.expired',
  SERVER_STOPPING: 'error.stopping',
  CONNECTION_LOST: 'error.connectionLost',
}

/** From now on these are explained as well; their texts come with the pages that ask for them. */
export function explainErrors(words: Words): void {
  textOfError = { ...textOfError, ...words }
}

/** What a person is told about a refusal; what is our own mistake gets the general sentence. */
export function errorText(code: ErrorCode | 'CONNECTION_LOST'): string {
  // The keys of errors have no gaps; `t` cannot see that from a union of all keys.
  const key = (textOfError[code] ?? 'error.general') as 'error.general'
  return t(key)
}
