import * as Type from 'typebox'
import { PersonIdSchema } from '../ids.ts'
import { closedObject } from '../wire/envelope.ts'
import { RoleSchema } from '../wire/hello.ts'
import { PersonSchema } from '../wire/presence.ts'

/** `GET /api/session`: who this browser is signed in as. */
export const SessionReplySchema = closedObject({
  you: Type.Union([PersonSchema, Type.Null()]),
  role: Type.Union([RoleSchema, Type.Null()]),
  /** Whether the demo sign-in at `/demo` is open. */
  isDemo: Type.Boolean(),
})
export type SessionReply = Type.Static<typeof SessionReplySchema>

/** `GET /api/demo/people`. */
export const DemoPeopleReplySchema = closedObject({
  people: Type.Array(closedObject({ person: PersonSchema, role: RoleSchema }), { maxItems: 100 }),
  /** Another address of the same server, whose sign-in is apart from this one; null where there is none. */
  otherAddress: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
})
export type DemoPeopleReply = Type.Static<typeof DemoPeopleReplySchema>

/** `POST /api/demo/sign-in`. */
export const DemoSignInSchema = closedObject({ personId: PersonIdSchema })
