import type { DurationMs } from '../time.ts'

/** The `typ` of a device's proof (RFC 8725 § 3.11): no other JWT can be taken for one. */
export const DEVICE_PROOF_TYPE = 'naervaer-device+jwt'

/** ECDSA with P-256 and SHA-256 (RFC 7518 § 3.4), and nothing else. */
export const DEVICE_PROOF_ALGORITHM = 'ES256'

/** The header with which a paired device proves each of its HTTP requests. */
export const DEVICE_PROOF_HEADER = 'naervaer-proof'

/** The answer to a proof over a nonce brings the next nonce in it, as RFC 9449 § 8.2 does for its own. */
export const DEVICE_NONCE_HEADER = 'naervaer-nonce'

/** How long a nonce is good, by the server that has made it. */
export const DEVICE_NONCE_LIFE_MS: DurationMs = 2 * 60_000

/** How far a proof's `iat` may lie from the server's clock, in seconds. */
export const DEVICE_PROOF_AGE_SECONDS = 60
