import { Secret, TOTP } from 'otpauth'
import type { UnixMs } from '@naervaer/shared'

/** The recommended length for HMAC-SHA-1 (RFC 4226 § 4). */
const SEED_BYTES = 20
const STEP_MS = 30_000
/** One step of tolerance to either side for clocks and slow fingers (RFC 6238 § 5.2). */
const WINDOW_STEPS = 1
/** What every app that makes codes can do (RFC 6238 with SHA-1, six digits, 30 s). */
const SHAPE = { algorithm: 'SHA1', digits: 6, period: STEP_MS / 1_000 } as const

/** A new seed in base32. */
export function makeSeed(): string {
  return new Secret({ size: SEED_BYTES }).base32
}

/** The address behind the QR picture: `otpauth://totp/…`. */
export function toTotpAddress(seed: string, signInName: string): string {
  const secret = Secret.fromBase32(seed)
  return new TOTP({ ...SHAPE, secret, issuer: 'Nærvær', label: signInName }).toString()
}

/** @returns the step that the code belongs to, counted from 1970, or null for a wrong code */
export function findStep(seed: string, code: string, now: UnixMs): number | null {
  const delta = TOTP.validate({
    ...SHAPE,
    token: code,
    secret: Secret.fromBase32(seed),
    timestamp: now,
    window: WINDOW_STEPS,
  })
  return delta === null ? null : Math.floor(now / STEP_MS) + delta
}
