import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
/** Written first, so that another way of sealing can be told apart one day. */
const VERSION = 1

/** What was sealed does not open: it was changed, moved, or sealed with another master key. */
export class SealError extends Error {
  override readonly name = 'SealError'
}

/**
 * Keys for every purpose, and a seal for what must not be readable in a copy of the database
 * (criterion L-19). Owns the master key, which it never gives away.
 */
export class Secrets {
  readonly #masterKey: Buffer
  readonly #keys = new Map<string, Buffer>()

  /** @param masterKey - 32 random bytes */
  constructor(masterKey: Buffer) {
    this.#masterKey = masterKey
  }

  /**
   * The key of one purpose, the same at every start.
   *
   * @param purpose - a fixed word such as `totp`; different ones have keys that say nothing of each other
   * @returns 32 bytes (HKDF with SHA-256, RFC 5869)
   */
  key(purpose: string): Buffer {
    const known = this.#keys.get(purpose)
    if (known !== undefined) return known
    const info = `naervaer/v1/${purpose}`
    const made = Buffer.from(hkdfSync('sha256', this.#masterKey, '', info, KEY_BYTES))
    this.#keys.set(purpose, made)
    return made
  }

  /**
   * Seals bytes for a column of text (AES-256-GCM, NIST SP 800-38D).
   *
   * @param context - where it belongs, such as the row's id: it opens nowhere else
   */
  seal(purpose: string, bytes: Uint8Array, context = ''): string {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv(ALGORITHM, this.key(purpose), nonce)
    cipher.setAAD(Buffer.from(context))
    const body = Buffer.concat([cipher.update(bytes), cipher.final()])
    const whole = Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body])
    return whole.toString('base64url')
  }

  /** @throws SealError unless it was sealed for this purpose and context with this master key */
  open(purpose: string, sealed: string, context = ''): Buffer {
    const whole = Buffer.from(sealed, 'base64url')
    const bodyAt = 1 + NONCE_BYTES + TAG_BYTES
    if (whole.length < bodyAt || whole[0] !== VERSION) throw new SealError('not a seal')
    const nonce = whole.subarray(1, 1 + NONCE_BYTES)
    const decipher = createDecipheriv(ALGORITHM, this.key(purpose), nonce)
    decipher.setAuthTag(whole.subarray(1 + NONCE_BYTES, bodyAt))
    decipher.setAAD(Buffer.from(context))
    try {
      return Buffer.concat([decipher.update(whole.subarray(bodyAt)), decipher.final()])
    } catch (cause) {
      throw new SealError('the seal does not open', { cause })
    }
  }
}
