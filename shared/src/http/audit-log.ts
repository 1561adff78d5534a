import * as Type from 'typebox'
import type { AuditAction } from '../audit/action.ts'
import { PersonIdSchema } from '../ids.ts'
import { RoleSchema } from '../roles.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'

const ActionSchema = Type.Unsafe<AuditAction>(Type.String({ maxLength: 60 }))
const SeqSchema = Type.Integer({ minimum: 0 })

/** A line of the audit log as the auditor reads it: ids, and no names. */
export const AuditLineSchema = closedObject({
  seq: SeqSchema,
  at: UnixMsSchema,
  action: ActionSchema,
  actorKind: Type.Union([Type.Literal('person'), Type.Literal('cli'), Type.Literal('system')]),
  actorId: Type.Union([PersonIdSchema, Type.Null()]),
  actorRole: Type.Union([RoleSchema, Type.Null()]),
  subjectId: Type.Union([PersonIdSchema, Type.Null()]),
  /** Canonical JSON. */
  details: Type.String({ maxLength: 2_000 }),
})
export type AuditLine = Type.Static<typeof AuditLineSchema>

/** `GET /api/audit?before=`: the newest first, 100 at a time, those with a number below `before`. */
export const AuditQuerySchema = closedObject({ before: Type.Optional(SeqSchema) })
export const AuditReplySchema = closedObject({
  lines: Type.Array(AuditLineSchema, { maxItems: 100 }),
})
export type AuditReply = Type.Static<typeof AuditReplySchema>

/** `GET /api/audit/integrity`: the first line that is not as it was written; null where all are. */
export const IntegrityReplySchema = closedObject({
  isWhole: Type.Boolean(),
  firstBadSeq: Type.Union([SeqSchema, Type.Null()]),
})
export type IntegrityReply = Type.Static<typeof IntegrityReplySchema>

/** `GET /api/own/lookups`: when and why one's data was read, and never by whom. */
export const LookupsReplySchema = closedObject({
  lookups: Type.Array(
    closedObject({
      at: UnixMsSchema,
      action: ActionSchema,
      role: Type.Union([RoleSchema, Type.Null()]),
    }),
    { maxItems: 500 },
  ),
})
export type LookupsReply = Type.Static<typeof LookupsReplySchema>
