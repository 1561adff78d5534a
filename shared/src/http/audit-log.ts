import * as Type from 'typebox'
import { AUDIT_ACTIONS, type AuditAction } from '../audit/action.ts'
import { CHOICE_STEPS, type ChoiceStepKind } from '../choice/step.ts'
import { CHOICE_LANGUAGES, type ChoiceLanguage } from '../choice/texts/text.ts'
import { PersonIdSchema } from '../ids.ts'
import { RoleSchema } from '../roles.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'
import { PersonSchema } from '../wire/presence.ts'

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

/**
 * `GET /api/audit?before=&action=&from=&to=`: the newest first, 100 at a time: those with a number below
 * `before`, with that action, written from `from` up to but not including `to`.
 */
export const AuditQuerySchema = closedObject({
  before: Type.Optional(SeqSchema),
  action: Type.Optional(
    Type.Unsafe<AuditAction>(Type.Enum(Object.keys(AUDIT_ACTIONS) as AuditAction[])),
  ),
  from: Type.Optional(UnixMsSchema),
  to: Type.Optional(UnixMsSchema),
})
export type AuditQuery = Type.Static<typeof AuditQuerySchema>
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

/** `GET /api/audit/head`: the last line, to be kept outside; null while the log is empty. */
export const AuditHeadReplySchema = closedObject({
  head: Type.Union([
    closedObject({ seq: SeqSchema, hash: Type.String({ maxLength: 64 }) }),
    Type.Null(),
  ]),
})
export type AuditHeadReply = Type.Static<typeof AuditHeadReplySchema>

/** That a conversation came about is in the calls; nobody was asked or said anything. */
export type SaidStepKind = Exclude<ChoiceStepKind, 'begun'>
const SAID_STEPS = CHOICE_STEPS.filter((kind): kind is SaidStepKind => kind !== 'begun')

const SomebodySchema = Type.Union([PersonIdSchema, Type.Null()])

/** `GET /api/citizens/:citizenId/choice`: every step of what one citizen was offered and has said. */
export const ChoiceHistoryReplySchema = closedObject({
  citizen: PersonSchema,
  steps: Type.Array(
    closedObject({
      kind: Type.Unsafe<SaidStepKind>(Type.Enum(SAID_STEPS)),
      at: UnixMsSchema,
      untilAt: Type.Union([UnixMsSchema, Type.Null()]),
      textVersion: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
      language: Type.Union([
        Type.Unsafe<ChoiceLanguage>(Type.Enum([...CHOICE_LANGUAGES])),
        Type.Null(),
      ]),
      /** Whose question it is or answers. */
      askedBy: SomebodySchema,
      /** The member of staff who heard it; null where the citizen said it in the app. */
      heardBy: SomebodySchema,
    }),
    { maxItems: 1_000 },
  ),
})
export type ChoiceHistoryReply = Type.Static<typeof ChoiceHistoryReplySchema>

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
