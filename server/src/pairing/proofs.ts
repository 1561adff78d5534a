import { decodeProtectedHeader, errors, importJWK, jwtVerify } from 'jose'
import {
  DEVICE_PROOF_AGE_SECONDS,
  DEVICE_PROOF_ALGORITHM,
  DEVICE_PROOF_TYPE,
  NaervaerError,
  type DeviceId,
  type DevicePublicKey,
  type DurationMs,
} from '@naervaer/shared'
import type { Clock } from '../plugins/clock.ts'
import { OnceOnly } from './once.ts'

/** How far a device's clock may be ahead of ours, in seconds; that is part of the whole age. */
const AHEAD_SECONDS = 30
const SEEN_MS: DurationMs = 3 * DEVICE_PROOF_AGE_SECONDS * 1_000
const JTI_PATTERN = /^[A-Za-z0-9_-]{16,64}$/

export interface ProofOptions {
  readonly clock: Clock
  readonly origins: readonly string[]
  /** The key of a device that is paired now; null for any other. */
  readonly findKey: (deviceId: DeviceId) => Promise<DevicePublicKey | null>
}

/** The request that a proof was made for. */
export interface ProvenRequest {
  readonly method: string
  /** Without its query. */
  readonly path: string
}

/** A proof that holds. */
export interface Proven {
  readonly deviceId: DeviceId
  readonly nonce: unknown
}

/**
 * Checks what a device signs: a JWT of its own type, by ES256 and its own key, for one of our
 * origins, this very request, now, and once (criterion S-02; the shape is that of RFC 9449).
 */
export class Proofs {
  readonly #options: ProofOptions
  readonly #seen: OnceOnly<true>

  constructor(options: ProofOptions) {
    this.#options = options
    this.#seen = new OnceOnly(options.clock, SEEN_MS)
  }

  /** @throws NaervaerError DEVICE_UNKNOWN for a key that is not paired, DEVICE_PROOF_REFUSED otherwise */
  async verify(proof: string, request: ProvenRequest): Promise<Proven> {
    try {
      return await this.#verify(proof, request)
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) {
        throw new NaervaerError('DEVICE_PROOF_REFUSED', { cause: error })
      }
      throw error
    }
  }

  async #verify(proof: string, { method, path }: ProvenRequest): Promise<Proven> {
    const { clock, origins, findKey } = this.#options
    const deviceId = readDeviceId(proof)
    const key = await findKey(deviceId)
    if (key === null) throw new NaervaerError('DEVICE_UNKNOWN')
    const publicKey = await importJWK({ kty: 'EC', crv: 'P-256', ...key }, DEVICE_PROOF_ALGORITHM)
    const { payload } = await jwtVerify(proof, publicKey, {
      algorithms: [DEVICE_PROOF_ALGORITHM],
      typ: DEVICE_PROOF_TYPE,
      issuer: deviceId,
      audience: [...origins],
      requiredClaims: ['aud', 'iat', 'iss', 'jti', 'htm', 'htu'],
      maxTokenAge: DEVICE_PROOF_AGE_SECONDS - AHEAD_SECONDS,
      clockTolerance: AHEAD_SECONDS,
      currentDate: new Date(clock.now()),
    })
    const { aud, jti, htm, htu, nonce } = payload
    const isForThis = typeof aud === 'string' && htm === method && htu === `${aud}${path}`
    const isFirst =
      typeof jti === 'string' &&
      JTI_PATTERN.test(jti) &&
      isForThis &&
      this.#seen.add(`${deviceId}:${jti}`, true)
    if (!isFirst) throw new NaervaerError('DEVICE_PROOF_REFUSED')
    return { deviceId, nonce }
  }
}

/** Which key is to be tried: what the header says is believed only once that key has verified it. */
function readDeviceId(proof: string): DeviceId {
  const { kid } = decodeProtectedHeader(proof)
  if (kid === undefined) throw new NaervaerError('DEVICE_PROOF_REFUSED')
  // A name to look up, and nothing more.
  return kid as DeviceId
}
