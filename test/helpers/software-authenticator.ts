import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'
import type { NewPasskey, PasskeyCreation, PasskeyProof, PasskeyRequest } from '@naervaer/shared'

/** What a test has the authenticator or the browser do otherwise than they should. */
export interface Misbehaviour {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly isUserVerified?: boolean
  readonly counter?: number
  readonly userHandle?: string
  readonly type?: string
}

const FLAG_PRESENT = 0x01
const FLAG_VERIFIED = 0x04
const FLAG_ATTESTED = 0x40
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
const toText = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')

/** An authenticator and the browser around it, in a few lines: one ES256 passkey (WebAuthn § 6). */
export class SoftwareAuthenticator {
  readonly #origin: string
  readonly #id = randomBytes(16)
  readonly #publicKey: KeyObject
  readonly #privateKey: KeyObject
  #userHandle = ''
  #counter = 0

  constructor(origin: string) {
    this.#origin = origin
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#publicKey = publicKey
    this.#privateKey = privateKey
  }

  create(options: PasskeyCreation, wrong: Misbehaviour = {}): NewPasskey {
    this.#userHandle = options.user.id
    const authData = Buffer.concat([
      this.#makeAuthenticatorData(wrong.rpId ?? options.rp.id, FLAG_ATTESTED, wrong),
      Buffer.alloc(16),
      Buffer.of(0, this.#id.length),
      this.#id,
      this.#encodeKey(),
    ])
    const attestationObject = isoCBOR.encode(
      new Map<string, string | Map<string, never> | Uint8Array>([
        ['fmt', 'none'],
        ['attStmt', new Map<string, never>()],
        ['authData', new Uint8Array(authData)],
      ]),
    )
    return {
      id: toText(this.#id),
      clientDataJSON: this.#makeClientData('webauthn.create', options.challenge, wrong),
      attestationObject: toText(attestationObject),
      transports: ['internal'],
    }
  }

  sign(options: PasskeyRequest, wrong: Misbehaviour = {}): PasskeyProof {
    this.#counter += 1
    const authData = this.#makeAuthenticatorData(wrong.rpId ?? options.rpId, 0, wrong)
    const clientDataJSON = this.#makeClientData('webauthn.get', options.challenge, wrong)
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    return {
      id: toText(this.#id),
      clientDataJSON,
      authenticatorData: toText(authData),
      signature: toText(sign('sha256', signed, this.#privateKey)),
      userHandle: wrong.userHandle ?? this.#userHandle,
    }
  }

  #makeClientData(type: string, challenge: string, wrong: Misbehaviour): string {
    return toText(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? challenge,
        origin: wrong.origin ?? this.#origin,
        crossOrigin: false,
      }),
    )
  }

  #makeAuthenticatorData(rpId: string, extraFlags: number, wrong: Misbehaviour): Buffer {
    const verified = wrong.isUserVerified === false ? 0 : FLAG_VERIFIED
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(wrong.counter ?? this.#counter)
    return Buffer.concat([sha256(rpId), Buffer.of(FLAG_PRESENT | verified | extraFlags), counter])
  }

  /** COSE_Key of an EC2 key (RFC 9053 § 7.1.1). */
  #encodeKey(): Uint8Array {
    const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' })
    return isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
        [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
      ]),
    )
  }
}
