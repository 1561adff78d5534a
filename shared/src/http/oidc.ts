import * as Type from 'typebox'
import { closedObject } from '../wire/envelope.ts'

/**
 * Why a sign-in with a work account came to nothing: no role in the map, an account closed here, too
 * weak a sign-in, too slow or begun elsewhere, given up, a provider that does not answer, or anything
 * that did not fit.
 */
export const OidcRefusalReasonSchema = Type.Union([
  Type.Literal('unknownRole'),
  Type.Literal('closed'),
  Type.Literal('level'),
  Type.Literal('expired'),
  Type.Literal('cancelled'),
  Type.Literal('unreachable'),
  Type.Literal('failed'),
])
export type OidcRefusalReason = Type.Static<typeof OidcRefusalReasonSchema>

export const OidcRefusalSchema = closedObject({
  reason: OidcRefusalReasonSchema,
  /** Whom the provider vouched for, to be told to those who give out roles; null where nobody. */
  subject: Type.Union([Type.String({ maxLength: 300 }), Type.Null()]),
})
export type OidcRefusal = Type.Static<typeof OidcRefusalSchema>

/** `GET /api/oidc/refusal`: why this browser's last sign-in was refused, for ten minutes. */
export const OidcRefusalReplySchema = closedObject({
  refusal: Type.Union([OidcRefusalSchema, Type.Null()]),
})
export type OidcRefusalReply = Type.Static<typeof OidcRefusalReplySchema>

/** `POST /api/oidc/sign-out`: where the browser goes to end the provider's session too. */
export const OidcSignOutReplySchema = closedObject({
  redirectTo: Type.Union([Type.String({ maxLength: 8_000 }), Type.Null()]),
})
export type OidcSignOutReply = Type.Static<typeof OidcSignOutReplySchema>
