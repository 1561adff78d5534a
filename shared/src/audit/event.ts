import type { PersonId } from '../ids.ts'
import type { Role } from '../roles.ts'
import type { AuditAction } from './action.ts'

/** Who did it: a person in one of their roles, the command line on the machine, or the server itself. */
export type AuditActor =
  | { readonly kind: 'person'; readonly id: PersonId; readonly role: Role }
  | { readonly kind: 'cli' }
  | { readonly kind: 'system' }

/** What may stand beside an event. Codes, ids and counts; there is no place for a name or a text. */
export const AUDIT_DETAILS = [
  'method',
  'reason',
  'sessionId',
  'deviceId',
  'callId',
  'teamId',
  'assignmentId',
  'appointmentId',
  'absenceId',
  'invitationId',
  'passkeyId',
  'role',
  'kind',
  'count',
  'textVersion',
  'fromAt',
  'toAt',
] as const

/** Values of `AUDIT_DETAILS`: whole numbers, or words of letters, digits and `._:+-` up to 100. */
export type AuditDetails = Readonly<Record<string, string | number>>

export const AUDIT_DETAIL_PATTERN = /^[\w.:+-]{1,100}$/

/** One line of the audit log before it has a place in it. */
export interface AuditEvent {
  readonly action: AuditAction
  readonly actor: AuditActor
  /** About whom; null where it is about nobody in particular. */
  readonly subjectId: PersonId | null
  readonly details?: AuditDetails
}
