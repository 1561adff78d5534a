import { errors, jwtVerify } from 'jose'
import type { UnixMs } from '@naervaer/shared'
import { ALGORITHMS, CLOCK_TOLERANCE_SECONDS, type Trust } from './verify-id-token.ts'

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const MAX_AGE_SECONDS = 120

/**
 * What a logout token may say it is: what the standard recommends, or, as older Keycloak and others
 * write it, nothing in particular. Then `events` and the missing `nonce` tell it from an ID token.
 */
const TYPES: readonly (string | undefined)[] = ['logout+jwt', 'jwt', undefined]

/** What the provider wants ended: one of its sessions, all of one person's, or one of that person's. */
export interface LogoutOrder {
  readonly jti: string
  readonly sub: string | null
  readonly sid: string | null
  /** From then on the token is too old anyway, so its `jti` may be forgotten. */
  readonly expiresAt: UnixMs
}

/**
 * Verifies a logout token. That its `jti` is used once only is the caller's to see to.
 *
 * @throws an error of jose
 * @see OpenID Connect Back-Channel Logout 1.0 § 2.4 and § 2.6
 */
export async function verifyLogoutToken(
  token: string,
  { keys, issuer, clientId, now }: Trust,
): Promise<LogoutOrder> {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms: ALGORITHMS,
    issuer,
    audience: clientId,
    maxTokenAge: MAX_AGE_SECONDS,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['jti', 'exp', 'events'],
    currentDate: new Date(now),
  })
  // RFC 7515 § 4.1.9: letters of either size, and `application/` may be left out.
  const typ = protectedHeader.typ?.toLowerCase().replace(/^application\//, '')
  if (!TYPES.includes(typ)) {
    throw new errors.JWTClaimValidationFailed('no logout token', payload, 'typ')
  }
  const { jti, sub, sid, nonce, events } = payload
  const isOrder =
    typeof events === 'object' &&
    events !== null &&
    LOGOUT_EVENT in events &&
    typeof events[LOGOUT_EVENT] === 'object'
  const isWhole =
    isText(jti) && (isText(sub) || isText(sid)) && isTextOrNone(sub) && isTextOrNone(sid)
  if (!isOrder || !isWhole || nonce !== undefined) {
    throw new errors.JWTClaimValidationFailed('no order to log out', payload, 'events')
  }
  return {
    jti,
    sub: sub ?? null,
    sid: sid ?? null,
    expiresAt: now + (MAX_AGE_SECONDS + 2 * CLOCK_TOLERANCE_SECONDS) * 1000,
  }
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 300

const isTextOrNone = (value: unknown): value is string | undefined =>
  value === undefined || isText(value)
