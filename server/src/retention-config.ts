import type { DurationMs } from '@naervaer/shared'

const DAY_MS: DurationMs = 24 * 3_600_000

/** How long each is kept where nobody says otherwise, in days (domain-full § 3.1). */
export const RETENTION_DAYS = {
  RETENTION_CALLS_DAYS: 183,
  RETENTION_APPOINTMENTS_DAYS: 183,
  RETENTION_CHOICE_DAYS: 365,
  RETENTION_AUDIT_DAYS: 396,
  RETENTION_PUSH_DAYS: 90,
} as const
export type RetentionVariable = keyof typeof RETENTION_DAYS

/** From a week, of which the pages of staff show what was, to ten years. */
export const RETENTION_PATTERN =
  '^([7-9]|[1-9][0-9]{1,2}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650)$'

/** How long what is about persons is kept before it is removed or only counted. */
export interface RetentionConfig {
  /** After a call was made. */
  readonly callsMs: DurationMs
  /** After the last day of an appointment. */
  readonly appointmentsMs: DurationMs
  /** After a "no", a stop, or an offer that was never taken. */
  readonly choiceMs: DurationMs
  readonly auditMs: DurationMs
  /** After a device was last known to show notices. */
  readonly pushMs: DurationMs
}

/** @param env - whole numbers of days, checked before */
export function toRetentionConfig(
  env: Readonly<Record<RetentionVariable, string | number>>,
): RetentionConfig {
  const inMs = (name: RetentionVariable) => Number(env[name]) * DAY_MS
  return {
    callsMs: inMs('RETENTION_CALLS_DAYS'),
    appointmentsMs: inMs('RETENTION_APPOINTMENTS_DAYS'),
    choiceMs: inMs('RETENTION_CHOICE_DAYS'),
    auditMs: inMs('RETENTION_AUDIT_DAYS'),
    pushMs: inMs('RETENTION_PUSH_DAYS'),
  }
}

/** What holds where nobody says otherwise. */
export const DEFAULT_RETENTION = toRetentionConfig(RETENTION_DAYS)
