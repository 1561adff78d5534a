import {
  InvitationReplySchema,
  NaervaerError,
  PasskeyCreationSchema,
  PasskeyRequestSchema,
  OidcRefusalReplySchema,
  OwnSessionsReplySchema,
  PasskeysReplySchema,
  PassphraseStartReplySchema,
  SignInMethodsReplySchema,
  type InvitationPassphrase,
  type InvitationReply,
  type NewPasskey,
  type OfferedMethod,
  type OidcRefusal,
  type OwnSession,
  type PasskeysReply,
  type PasskeyCreation,
  type PasskeyProof,
  type PassphraseSignIn,
  type PassphraseStartReply,
} from '@naervaer/shared'
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { makeCheck } from './socket/check.ts'
import { read, send } from './http-request.ts'

const isMethods = makeCheck(SignInMethodsReplySchema)
const isInvitation = makeCheck(InvitationReplySchema)
const isCreation = makeCheck(PasskeyCreationSchema)
const isRequest = makeCheck(PasskeyRequestSchema)
const isStart = makeCheck(PassphraseStartReplySchema)
const isRefusal = makeCheck(OidcRefusalReplySchema)
const isOwnSessions = makeCheck(OwnSessionsReplySchema)
const isPasskeys = makeCheck(PasskeysReplySchema)

/**
 * How staff sign in, and what they sign in with. Fetched with the pages that need it.
 *
 * Every method rejects with a `NaervaerError` where the server or the browser refused
 * (`PASSKEY_REFUSED` also where the person changed their mind), and with the browser's own error
 * where the server could not be reached.
 */
export class SignInClient {
  async fetchMethods(): Promise<readonly OfferedMethod[]> {
    return (await read(await send('GET', '/api/sign-in/methods'), isMethods)).methods
  }

  /** Why the last sign-in with a work account came to nothing; null where there is nothing to tell. */
  async fetchRefusal(): Promise<OidcRefusal | null> {
    return (await read(await send('GET', '/api/oidc/refusal'), isRefusal)).refusal
  }

  async signInWithPasskey(): Promise<void> {
    const options = await read(await send('POST', '/api/sign-in/passkey/start'), isRequest)
    const { id, response } = await startAuthentication({ optionsJSON: options }).catch(refuse)
    const { clientDataJSON, authenticatorData, signature, userHandle = '' } = response
    const proof: PasskeyProof = { id, clientDataJSON, authenticatorData, signature, userHandle }
    await send('POST', '/api/sign-in/passkey', proof)
  }

  async signInWithPassphrase(wish: PassphraseSignIn): Promise<void> {
    await send('POST', '/api/sign-in/passphrase', wish)
  }

  async openInvitation(secret: string): Promise<InvitationReply> {
    return read(await send('POST', '/api/invitation', { secret }), isInvitation)
  }

  async enrolPasskey(secret: string): Promise<void> {
    const started = await send('POST', '/api/invitation/passkey/start', { secret })
    const passkey = await makePasskey(await read(started, isCreation))
    await send('POST', '/api/invitation/passkey', { secret, passkey })
  }

  async startPassphrase(secret: string): Promise<PassphraseStartReply> {
    return read(await send('POST', '/api/invitation/passphrase/start', { secret }), isStart)
  }

  async enrolPassphrase(wish: InvitationPassphrase): Promise<void> {
    await send('POST', '/api/invitation/passphrase', wish)
  }

  async fetchPasskeys(): Promise<PasskeysReply> {
    return read(await send('GET', '/api/passkeys'), isPasskeys)
  }

  async addPasskey(): Promise<void> {
    const options = await read(await send('POST', '/api/passkeys/start'), isCreation)
    await send('POST', '/api/passkeys', await makePasskey(options))
  }

  async removePasskey(id: string): Promise<void> {
    await send('DELETE', `/api/passkeys/${id}`)
  }

  /** Where one is signed in, the newest use first. */
  async fetchOwnSessions(): Promise<readonly OwnSession[]> {
    return (await read(await send('GET', '/api/sessions'), isOwnSessions)).sessions
  }

  async endSession(id: string): Promise<void> {
    await send('DELETE', `/api/sessions/${id}`)
  }

  /** All but the one that asks. */
  async endOtherSessions(): Promise<void> {
    await send('DELETE', '/api/sessions')
  }
}

/** The same, as pages know it. */
export type SignIn = Pick<SignInClient, keyof SignInClient>

async function makePasskey(options: PasskeyCreation): Promise<NewPasskey> {
  const { id, response } = await startRegistration({ optionsJSON: options }).catch(refuse)
  const { clientDataJSON, attestationObject, transports = [] } = response
  return { id, clientDataJSON, attestationObject, transports }
}

/** The browser says little of why, so that pages cannot tell who has which key. */
function refuse(cause: unknown): never {
  throw new NaervaerError('PASSKEY_REFUSED', { cause })
}
