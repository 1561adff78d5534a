import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import type { UnixMs } from '@naervaer/shared'

/** Public-key signatures only: with a shared secret, whoever knows the public key could sign. */
export const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA']

/** How far the provider's clock may be from ours, in seconds. */
export const CLOCK_TOLERANCE_SECONDS = 30

/** Whose tokens are believed, and for whom they must have been made. */
export interface Trust {
  /** Verification keys of the pinned issuer. */
  readonly keys: JWTVerifyGetKey
  readonly issuer: string
  readonly clientId: string
  readonly now: UnixMs
}

/** The claims of an ID token that has been verified. */
export type IdTokenClaims = JWTPayload & { readonly sub: string }

/**
 * Verifies an ID token: signature, issuer, audience, age and nonce.
 *
 * openid-client has looked at its claims; the signature and everything that the decision rests on
 * are verified here (criterion S-02).
 *
 * @throws an error of jose
 * @see OpenID Connect Core 1.0 § 3.1.3.7
 */
export async function verifyIdToken(
  token: string,
  nonce: string,
  { keys, issuer, clientId, now }: Trust,
): Promise<IdTokenClaims> {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms: ALGORITHMS,
    issuer,
    audience: clientId,
    maxTokenAge: '10 minutes',
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['sub', 'exp', 'nonce'],
    currentDate: new Date(now),
  })
  // Access and logout tokens say what they are (RFC 9068 § 2.1); an ID token is a plain JWT.
  const type = protectedHeader.typ?.toLowerCase() ?? 'jwt'
  if (type !== 'jwt') throw refuse('typ', payload)
  if (payload['nonce'] !== nonce) throw refuse('nonce', payload)
  const isForSeveral = Array.isArray(payload.aud) && payload.aud.length > 1
  const party = payload['azp']
  if (party === undefined ? isForSeveral : party !== clientId) throw refuse('azp', payload)
  if (payload.sub === undefined || payload.sub === '') throw refuse('sub', payload)
  return { ...payload, sub: payload.sub }
}

function refuse(claim: string, payload: JWTPayload): Error {
  return new errors.JWTClaimValidationFailed(
    `unexpected "${claim}"`,
    payload,
    claim,
    'check_failed',
  )
}
