import * as Type from 'typebox'
import { closedObject } from '../wire/envelope.ts'

/** `GET /api/sign-in/methods`: one of the ways in that are open to staff. */
export const SignInMethodSchema = Type.Union([
  closedObject({ kind: Type.Literal('passkey') }),
  closedObject({ kind: Type.Literal('passphrase') }),
  closedObject({
    kind: Type.Literal('oidc'),
    /** Where the page goes to begin: a path of this server. */
    path: Type.String({ pattern: '^/[a-z0-9/-]+$', maxLength: 100 }),
  }),
])
export type SignInMethod = Type.Static<typeof SignInMethodSchema>

export const SignInMethodsReplySchema = closedObject({
  methods: Type.Array(SignInMethodSchema, { maxItems: 3 }),
})
export type SignInMethodsReply = Type.Static<typeof SignInMethodsReplySchema>
