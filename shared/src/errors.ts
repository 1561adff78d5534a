/**
 * What the client should do after an error: give up, act differently first, or come again later.
 * `afterSignIn` means that nothing works before the person has a session again.
 */
export type Retry = 'never' | 'later' | 'afterSignIn'

interface ErrorEntry {
  readonly status: number
  readonly retry: Retry
}

/**
 * Everything that can go wrong in the domain, with its HTTP status and what to do about it.
 * Codes are stable: clients, tests and the help desk switch on them; a code is never reused.
 */
export const ERROR_TABLE = {
  SESSION_MISSING: { status: 401, retry: 'afterSignIn' },
  SESSION_EXPIRED: { status: 401, retry: 'afterSignIn' },
  ORIGIN_REFUSED: { status: 403, retry: 'never' },
  SUBPROTOCOL_UNKNOWN: { status: 400, retry: 'never' },
  CONNECTIONS_EXCEEDED: { status: 429, retry: 'later' },
  FRAME_INVALID: { status: 400, retry: 'never' },
  FRAME_TOO_LARGE: { status: 413, retry: 'never' },
  RATE_LIMITED: { status: 429, retry: 'later' },
  BODY_INVALID: { status: 400, retry: 'never' },
  NOT_FOUND: { status: 404, retry: 'never' },
  PERSON_NOT_FOUND: { status: 404, retry: 'never' },
  ROLE_REFUSED: { status: 403, retry: 'never' },
  NOT_ASSIGNED: { status: 403, retry: 'never' },
  SUBSTITUTE_REFUSED: { status: 403, retry: 'never' },
  TEAM_NOT_FOUND: { status: 404, retry: 'never' },
  TEAM_NAME_TAKEN: { status: 409, retry: 'never' },
  ASSIGNMENT_NOT_FOUND: { status: 404, retry: 'never' },
  ASSIGNMENT_OVERLAPS: { status: 409, retry: 'never' },
  ASSIGNMENT_PERIOD_INVALID: { status: 400, retry: 'never' },
  ABSENCE_NOT_FOUND: { status: 404, retry: 'never' },
  ABSENCE_OVERLAPS: { status: 409, retry: 'never' },
  ABSENCE_DAYS_INVALID: { status: 400, retry: 'never' },
  WORKER_ABSENT: { status: 409, retry: 'never' },
  ASSIGNMENTS_LEFT: { status: 409, retry: 'never' },
  ROLES_MIXED: { status: 409, retry: 'never' },
  ACCOUNT_OWN: { status: 409, retry: 'never' },
  APPOINTMENT_NOT_FOUND: { status: 404, retry: 'never' },
  APPOINTMENT_CHANGED: { status: 409, retry: 'never' },
  APPOINTMENT_OVER: { status: 409, retry: 'never' },
  APPOINTMENT_TIME_MISSING: { status: 400, retry: 'never' },
  APPOINTMENT_TIME_PAST: { status: 400, retry: 'never' },
  APPOINTMENT_TOO_FAR: { status: 400, retry: 'never' },
  APPOINTMENT_SERIES_INVALID: { status: 400, retry: 'never' },
  APPOINTMENT_SERIES_STAYS: { status: 409, retry: 'never' },
  APPOINTMENT_SERIES_TOO_LONG: { status: 400, retry: 'never' },
  APPOINTMENTS_TOO_MANY: { status: 409, retry: 'never' },
  CALL_NOT_FOUND: { status: 404, retry: 'never' },
  CALL_NOT_A_PARTY: { status: 403, retry: 'never' },
  CALL_ENDED: { status: 409, retry: 'never' },
  CALL_ANSWERED_ELSEWHERE: { status: 409, retry: 'never' },
  CALL_NOT_ANSWERED: { status: 409, retry: 'never' },
  CALL_SEAT_TAKEN: { status: 409, retry: 'never' },
  CALL_ALREADY_IN_ONE: { status: 409, retry: 'never' },
  CALL_MAINTENANCE: { status: 503, retry: 'later' },
  CALL_RELAY_MISSING: { status: 409, retry: 'never' },
  CALL_QUIET_HOURS: { status: 409, retry: 'never' },
  CALL_JUST_ENDED: { status: 409, retry: 'never' },
  CALL_RUNG_OFTEN: { status: 409, retry: 'never' },
  CALL_RUNG_ALL_DAY: { status: 409, retry: 'never' },
  CALL_NOT_RESUMABLE: { status: 409, retry: 'never' },
  CALL_WORKER_AWAY: { status: 409, retry: 'never' },
  CHOICE_NOT_GIVEN: { status: 409, retry: 'never' },
  CHOICE_PAUSED: { status: 409, retry: 'never' },
  CHOICE_WITHDRAWN: { status: 409, retry: 'never' },
  CHOICE_NOT_OFFERED: { status: 409, retry: 'never' },
  CHOICE_ALREADY_GIVEN: { status: 409, retry: 'never' },
  CHOICE_TEXT_OLD: { status: 409, retry: 'never' },
  SIGNAL_DESCRIPTION_REFUSED: { status: 400, retry: 'never' },
  SIGNAL_ADDRESS_REFUSED: { status: 400, retry: 'never' },
  SIGNAL_STALE: { status: 409, retry: 'never' },
  PAIRING_WRONG: { status: 404, retry: 'never' },
  PAIRING_EXPIRED: { status: 410, retry: 'never' },
  PAIRING_LOCKED: { status: 429, retry: 'later' },
  PAIRING_NOT_FOUND: { status: 404, retry: 'never' },
  DEVICE_NOT_FOUND: { status: 404, retry: 'never' },
  DEVICE_UNKNOWN: { status: 401, retry: 'afterSignIn' },
  DEVICE_STOPPED: { status: 401, retry: 'afterSignIn' },
  DEVICE_REMOVED: { status: 401, retry: 'afterSignIn' },
  DEVICE_PROOF_REFUSED: { status: 401, retry: 'afterSignIn' },
  REPORT_NOT_FOUND: { status: 404, retry: 'never' },
  INVITATION_INVALID: { status: 404, retry: 'never' },
  CHALLENGE_EXPIRED: { status: 409, retry: 'never' },
  PASSKEY_REFUSED: { status: 403, retry: 'never' },
  PASSKEY_LAST: { status: 409, retry: 'never' },
  PASSPHRASE_WEAK: { status: 400, retry: 'never' },
  CODE_WRONG: { status: 400, retry: 'never' },
  SIGN_IN_REFUSED: { status: 403, retry: 'never' },
  SIGN_IN_CLOSED: { status: 403, retry: 'never' },
  PUSH_OFF: { status: 409, retry: 'never' },
  PUSH_DEVICE_MISSING: { status: 409, retry: 'never' },
  PUSH_ENDPOINT_REFUSED: { status: 400, retry: 'never' },
  PUSH_NOT_ON: { status: 404, retry: 'never' },
  NOTICE_UNKNOWN: { status: 404, retry: 'never' },
  SERVER_STOPPING: { status: 503, retry: 'later' },
  INTERNAL: { status: 500, retry: 'later' },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERROR_TABLE

interface NaervaerErrorOptions {
  /** For the log: codes and ids only, never names, tokens, descriptions or candidates. */
  readonly details?: string
  readonly cause?: unknown
}

/** An error of the domain. `statusCode` lets Fastify treat it like its own. */
export class NaervaerError extends Error {
  readonly code: ErrorCode
  readonly statusCode: number
  readonly retry: Retry

  constructor(code: ErrorCode, options: NaervaerErrorOptions = {}) {
    super(options.details ?? code, { cause: options.cause })
    this.name = 'NaervaerError'
    this.code = code
    this.statusCode = ERROR_TABLE[code].status
    this.retry = ERROR_TABLE[code].retry
  }
}
