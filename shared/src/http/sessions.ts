import * as Type from 'typebox'
import { UnixMsSchema } from '../time.ts'
import { UUID_PATTERN } from '../ids.ts'
import { closedObject } from '../wire/envelope.ts'

/** How somebody showed who they are. */
export const SESSION_METHODS = ['demo', 'passkey', 'passphrase', 'oidc', 'device'] as const
export type SessionMethod = (typeof SESSION_METHODS)[number]

/** What a browser says that it runs on, as far as a person needs it to know their own. */
export const BROWSER_KINDS = ['phone', 'tablet', 'computer', 'unknown'] as const
export type BrowserKind = (typeof BROWSER_KINDS)[number]

/** A session's id is for its owner, and says nothing of its token. */
export const SessionIdSchema = Type.String({ pattern: UUID_PATTERN, maxLength: 36 })

/** One place where a person is signed in. */
export const OwnSessionSchema = closedObject({
  id: SessionIdSchema,
  deviceKind: Type.Unsafe<BrowserKind>(Type.Enum([...BROWSER_KINDS])),
  method: Type.Unsafe<SessionMethod>(Type.Enum([...SESSION_METHODS])),
  startedAt: UnixMsSchema,
  usedAt: UnixMsSchema,
  /** Whether it is the one that asks. */
  isThis: Type.Boolean(),
})
export type OwnSession = Type.Static<typeof OwnSessionSchema>

/** `GET /api/sessions`: the newest use first. */
export const OwnSessionsReplySchema = closedObject({
  sessions: Type.Array(OwnSessionSchema, { maxItems: 100 }),
})
export type OwnSessionsReply = Type.Static<typeof OwnSessionsReplySchema>

/** `DELETE /api/sessions/:id`. */
export const OwnSessionParamsSchema = closedObject({ id: SessionIdSchema })
