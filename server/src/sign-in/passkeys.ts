import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { decodeClientDataJSON } from '@simplewebauthn/server/helpers'
import {
  NaervaerError,
  type NewPasskey,
  type PasskeyCreation,
  type PasskeyProof,
  type PasskeyRequest,
  type Person,
  type PersonId,
} from '@naervaer/shared'
import type { Clock } from '../plugins/clock.ts'
import { CHALLENGE_LIFE_MS, type ChallengePurpose, type Challenges } from './challenges.ts'
import { SignInRefusal } from './refusal.ts'
import type { PasskeysRepository, StoredPasskey } from './passkeys-repository.ts'

/** COSE algorithms, the preferred first: EdDSA, ES256 and RS256, which Windows Hello needs. */
const ALGORITHMS = [-8, -7, -257]
const TRANSPORTS = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])

export interface PasskeysOptions {
  readonly clock: Clock
  readonly repository: PasskeysRepository
  readonly challenges: Challenges
  /** The one origin that users see; passkeys belong to its host name. */
  readonly publicUrl: string
}

/**
 * Passkeys: made and used by the browser, checked here. They can be found without a user name, and
 * always ask for a finger, a face or a PIN.
 *
 * @see W3C Web Authentication Level 3, §§ 7.1 and 7.2
 */
export class Passkeys {
  readonly #clock: Clock
  readonly #repository: PasskeysRepository
  readonly #challenges: Challenges
  readonly #origin: string
  readonly #rpId: string

  constructor({ clock, repository, challenges, publicUrl }: PasskeysOptions) {
    this.#clock = clock
    this.#repository = repository
    this.#challenges = challenges
    this.#origin = publicUrl
    this.#rpId = new URL(publicUrl).hostname
  }

  /** What the browser needs to make one. @param boundTo - who must bring the answer */
  async startCreation(person: Person, boundTo: string): Promise<PasskeyCreation> {
    const known = await this.#repository.list(person.id)
    const challenge = await this.#challenges.issue('enrol', boundTo)
    const options = await generateRegistrationOptions({
      rpName: 'Nærvær',
      rpID: this.#rpId,
      userID: toUserHandle(person.id),
      userName: person.name,
      userDisplayName: person.name,
      challenge: Buffer.from(challenge, 'base64url'),
      timeout: CHALLENGE_LIFE_MS,
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    })
    return {
      challenge: options.challenge,
      rp: { id: this.#rpId, name: options.rp.name },
      user: options.user,
      pubKeyCredParams: options.pubKeyCredParams.map(({ alg }) => ({ alg, type: 'public-key' })),
      timeout: CHALLENGE_LIFE_MS,
      excludeCredentials: known.map(({ credentialId }) => ({
        id: credentialId,
        type: 'public-key',
      })),
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      attestation: 'none',
    }
  }

  /** @throws PASSKEY_REFUSED, CHALLENGE_EXPIRED */
  async checkCreation(
    personId: PersonId,
    passkey: NewPasskey,
    boundTo: string,
  ): Promise<Omit<StoredPasskey, 'id'>> {
    const challenge = await this.#takeChallenge(passkey.clientDataJSON, 'enrol', boundTo)
    const transports = passkey.transports.filter((each) => TRANSPORTS.has(each))
    const { id, clientDataJSON, attestationObject } = passkey
    const verified = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON, attestationObject, transports },
      },
      expectedChallenge: challenge,
      expectedOrigin: this.#origin,
      expectedRPID: this.#rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch(refuse)
    if (!verified.verified) throw new NaervaerError('PASSKEY_REFUSED')
    const { credential } = verified.registrationInfo
    return {
      personId,
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports,
    }
  }

  /** What the browser needs to find one; no name is asked for. */
  async startSignIn(boundTo: string): Promise<PasskeyRequest> {
    const challenge = await this.#challenges.issue('signIn', boundTo)
    const options = await generateAuthenticationOptions({
      rpID: this.#rpId,
      challenge: Buffer.from(challenge, 'base64url'),
      userVerification: 'required',
    })
    return {
      challenge: options.challenge,
      rpId: this.#rpId,
      timeout: CHALLENGE_LIFE_MS,
      userVerification: 'required',
    }
  }

  /**
   * Whose passkey has signed. Every refusal of a passkey is the same, known or not.
   *
   * @throws PASSKEY_REFUSED, CHALLENGE_EXPIRED
   */
  async checkSignIn(proof: PasskeyProof, boundTo: string): Promise<PersonId> {
    const challenge = await this.#takeChallenge(proof.clientDataJSON, 'signIn', boundTo)
    const stored = await this.#repository.find(proof.id)
    if (stored === null) throw new SignInRefusal('PASSKEY_REFUSED', null)
    const isOwners =
      proof.userHandle === Buffer.from(toUserHandle(stored.personId)).toString('base64url')
    const { id, clientDataJSON, authenticatorData, signature, userHandle } = proof
    const verified = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON, authenticatorData, signature, userHandle },
      },
      expectedChallenge: challenge,
      expectedOrigin: this.#origin,
      expectedRPID: this.#rpId,
      requireUserVerification: true,
      credential: {
        id: stored.credentialId,
        publicKey: new Uint8Array(Buffer.from(stored.publicKey, 'base64url')),
        counter: stored.counter,
      },
    }).catch((cause: unknown) => {
      throw new SignInRefusal('PASSKEY_REFUSED', stored.personId, cause)
    })
    if (!verified.verified || !isOwners) {
      throw new SignInRefusal('PASSKEY_REFUSED', stored.personId)
    }
    const { newCounter } = verified.authenticationInfo
    if (!(await this.#repository.noteUse(stored.id, newCounter, this.#clock.now()))) {
      throw new SignInRefusal('PASSKEY_REFUSED', stored.personId, 'the counter went back')
    }
    return stored.personId
  }

  async #takeChallenge(
    clientDataJSON: string,
    purpose: ChallengePurpose,
    boundTo: string,
  ): Promise<string> {
    const challenge = readChallenge(clientDataJSON)
    if ((await this.#challenges.take(challenge, purpose, boundTo)) === null) {
      throw new NaervaerError('CHALLENGE_EXPIRED')
    }
    return challenge
  }
}

/** Opaque to authenticators; it tells them which passkeys are one person's. */
function toUserHandle(personId: PersonId): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(personId, 'utf8'))
}

function readChallenge(clientDataJSON: string): string {
  try {
    const { challenge } = decodeClientDataJSON(clientDataJSON)
    return typeof challenge === 'string' ? challenge : ''
  } catch {
    return ''
  }
}

/** The library throws on everything that is not as it should be. */
function refuse(cause: unknown): never {
  throw new NaervaerError('PASSKEY_REFUSED', { cause })
}
