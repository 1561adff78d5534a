import type { IdTokenClaims } from './verify-id-token.ts'

const ENTRA_ISSUER =
  /^https:\/\/(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn)\/([0-9a-f-]{36})\/v2\.0$/

/** Longer than any provider makes them. */
const MAX_KEY_CHARS = 300
const MAX_NAME_CHARS = 100

/** Shown where the provider tells no name. */
const NAMELESS = 'Medarbejder'

/** Whom the provider vouches for. */
export interface Identity {
  /** Never changes and is never given to anybody else: what the account hangs on. */
  readonly key: string
  /** The provider's own `sub`, which its logout tokens carry. */
  readonly sub: string
  /** The provider's session, where it tells. */
  readonly sid: string | null
  readonly name: string
}

/**
 * Who somebody is by a verified ID token: `sub` of the pinned issuer, or with Entra ID `tid` and `oid`.
 *
 * Never an e-mail address or a user name: with many providers people, or the administrators of other
 * tenants, write those themselves.
 *
 * @returns null where an Entra token is of another tenant or does not say whom it means
 */
export function identify(issuer: string, claims: IdTokenClaims): Identity | null {
  const key = findKey(issuer, claims)
  if (key === null || key.length > MAX_KEY_CHARS || claims.sub.length > MAX_KEY_CHARS) return null
  const sid = claims['sid']
  return {
    key,
    sub: claims.sub,
    sid: typeof sid === 'string' && sid !== '' && sid.length <= MAX_KEY_CHARS ? sid : null,
    name: readName(claims),
  }
}

function findKey(issuer: string, claims: IdTokenClaims): string | null {
  const tenant = ENTRA_ISSUER.exec(issuer)?.[1]
  if (tenant === undefined) return claims.sub
  const { tid, oid } = claims
  if (tid !== tenant || typeof oid !== 'string' || oid === '') return null
  return `${tid}/${oid}`
}

function readName({ name }: IdTokenClaims): string {
  if (typeof name !== 'string') return NAMELESS
  const clean = name.replace(/[\p{C}\s]+/gu, ' ').trim()
  // Cutting may leave half of a character beyond the first 65,536.
  const cut = clean.slice(0, MAX_NAME_CHARS).replace(/\p{Cs}$/u, '')
  return cut === '' ? NAMELESS : cut
}
