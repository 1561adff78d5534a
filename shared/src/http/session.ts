import * as Type from 'typebox'
import { PersonIdSchema } from '../ids.ts'
import { RolesSchema, SocketRoleSchema } from '../roles.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'
import { PersonSchema } from '../wire/presence.ts'

/** `GET /api/session`: who this browser is signed in as. */
export const SessionReplySchema = closedObject({
  you: Type.Union([PersonSchema, Type.Null()]),
  /** Everything the person may be; none where nobody is signed in. */
  roles: RolesSchema,
  /** Their side of calls; null for whoever takes part in none. */
  role: Type.Union([SocketRoleSchema, Type.Null()]),
  /** Whether the demo sign-in at `/demo` is open. */
  isDemo: Type.Boolean(),
  /** Whom a citizen rings who has no other number, as it is written; null where there is none. */
  dutyPhone: Type.Union([
    Type.String({ pattern: '^\\+?[0-9][0-9 ]{1,18}[0-9]$', maxLength: 20 }),
    Type.Null(),
  ]),
})
export type SessionReply = Type.Static<typeof SessionReplySchema>

/** `GET` and `POST /api/session/life`: when the reader's session ends, by the server's clock. */
export const SessionLifeReplySchema = closedObject({
  serverTime: UnixMsSchema,
  /** However much it is used; for a citizen this moves on with each use. */
  endsAt: UnixMsSchema,
  /** Where it is not used before; null where that does not end it. */
  idleEndsAt: Type.Union([UnixMsSchema, Type.Null()]),
})
export type SessionLifeReply = Type.Static<typeof SessionLifeReplySchema>

/** `GET /api/demo/people`. */
export const DemoPeopleReplySchema = closedObject({
  people: Type.Array(closedObject({ person: PersonSchema, roles: RolesSchema }), { maxItems: 100 }),
  /** Another address of the same server, whose sign-in is apart from this one; null where there is none. */
  otherAddress: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
})
export type DemoPeopleReply = Type.Static<typeof DemoPeopleReplySchema>

/** `POST /api/demo/sign-in`. */
export const DemoSignInSchema = closedObject({ personId: PersonIdSchema })
