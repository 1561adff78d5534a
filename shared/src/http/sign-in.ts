import * as Type from 'typebox'
import { UUID_PATTERN } from '../ids.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'
import { PersonSchema } from '../wire/presence.ts'

/** `GET /api/sign-in/methods`: one of the ways in that are open to staff. */
export const OfferedMethodSchema = Type.Union([
  closedObject({ kind: Type.Literal('passkey') }),
  closedObject({ kind: Type.Literal('passphrase') }),
  closedObject({
    kind: Type.Literal('oidc'),
    /** Where the page goes to begin: a path of this server. */
    path: Type.String({ pattern: '^/[a-z0-9/-]+$', maxLength: 100 }),
  }),
])
export type OfferedMethod = Type.Static<typeof OfferedMethodSchema>

export const SignInMethodsReplySchema = closedObject({
  methods: Type.Array(OfferedMethodSchema, { maxItems: 3 }),
})
export type SignInMethodsReply = Type.Static<typeof SignInMethodsReplySchema>

const base64url = (maxLength: number, minLength = 1) =>
  Type.String({ pattern: '^[A-Za-z0-9_-]*$', minLength, maxLength })
const TransportsSchema = Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 })

/** `PublicKeyCredentialCreationOptionsJSON`, as far as we use it (W3C WebAuthn Level 3 § 5.1.8). */
export const PasskeyCreationSchema = closedObject({
  challenge: base64url(86, 43),
  rp: closedObject({
    id: Type.String({ maxLength: 255 }),
    name: Type.String({ maxLength: 100 }),
  }),
  user: closedObject({
    id: base64url(86),
    name: Type.String({ maxLength: 100 }),
    displayName: Type.String({ maxLength: 100 }),
  }),
  pubKeyCredParams: Type.Array(
    closedObject({ alg: Type.Integer(), type: Type.Literal('public-key') }),
    { maxItems: 10 },
  ),
  timeout: Type.Integer(),
  excludeCredentials: Type.Array(
    closedObject({ id: base64url(1_400), type: Type.Literal('public-key') }),
    { maxItems: 50 },
  ),
  authenticatorSelection: closedObject({
    residentKey: Type.Literal('required'),
    requireResidentKey: Type.Literal(true),
    userVerification: Type.Literal('required'),
  }),
  attestation: Type.Literal('none'),
})
export type PasskeyCreation = Type.Static<typeof PasskeyCreationSchema>

/** `PublicKeyCredentialRequestOptionsJSON`, as far as we use it: any passkey of this place will do. */
export const PasskeyRequestSchema = closedObject({
  challenge: base64url(86, 43),
  rpId: Type.String({ maxLength: 255 }),
  timeout: Type.Integer(),
  userVerification: Type.Literal('required'),
})
export type PasskeyRequest = Type.Static<typeof PasskeyRequestSchema>

/** A passkey that the browser has made. */
export const NewPasskeySchema = closedObject({
  id: base64url(1_400, 16),
  clientDataJSON: base64url(4_096),
  attestationObject: base64url(8_192),
  transports: TransportsSchema,
})
export type NewPasskey = Type.Static<typeof NewPasskeySchema>

/** `POST /api/sign-in/passkey`: what a passkey has signed. */
export const PasskeyProofSchema = closedObject({
  id: base64url(1_400, 16),
  clientDataJSON: base64url(4_096),
  authenticatorData: base64url(4_096),
  signature: base64url(1_024),
  userHandle: base64url(86),
})
export type PasskeyProof = Type.Static<typeof PasskeyProofSchema>

/** One of the reader's own passkeys. */
export const PasskeySchema = closedObject({
  id: Type.String({ pattern: UUID_PATTERN, maxLength: 36 }),
  createdAt: UnixMsSchema,
  /** null until it has been signed in with. */
  lastUsedAt: Type.Union([UnixMsSchema, Type.Null()]),
})
export type Passkey = Type.Static<typeof PasskeySchema>

/** `GET /api/passkeys`. */
export const PasskeysReplySchema = closedObject({
  passkeys: Type.Array(PasskeySchema, { maxItems: 50 }),
  /** Whether passkeys count for the reader, who otherwise comes in by work account alone. */
  areOpen: Type.Boolean(),
})
export type PasskeysReply = Type.Static<typeof PasskeysReplySchema>

export const PasskeyParamsSchema = closedObject({
  passkeyId: Type.String({ pattern: UUID_PATTERN, maxLength: 36 }),
})

/** The secret of an invitation: 256 random bits, told in the fragment of a link and in bodies only. */
export const InvitationSecretSchema = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 })

/** `POST /api/invitation` and the routes below it that begin something. */
export const InvitationSchema = closedObject({ secret: InvitationSecretSchema })

/** Whom an invitation is for, and what may be made with it. */
export const InvitationReplySchema = closedObject({
  person: PersonSchema,
  expiresAt: UnixMsSchema,
  /** Neither where the person comes in by work account alone. */
  canUsePasskey: Type.Boolean(),
  canUsePassphrase: Type.Boolean(),
})
export type InvitationReply = Type.Static<typeof InvitationReplySchema>

/** `POST /api/invitation/passkey`. */
export const InvitationPasskeySchema = closedObject({
  secret: InvitationSecretSchema,
  passkey: NewPasskeySchema,
})

/** A square picture of `size` by `size` modules; `path` draws the dark ones (SVG 2 § 9.3). */
export const QrPictureSchema = closedObject({
  size: Type.Integer({ minimum: 21, maximum: 177 }),
  path: Type.String({ pattern: '^[Mhvz0-9 -]+$', maxLength: 100_000 }),
})
export type QrPicture = Type.Static<typeof QrPictureSchema>

/** `POST /api/invitation/passphrase/start`: what goes into the app that makes codes. */
export const PassphraseStartReplySchema = closedObject({
  signInName: Type.String({ maxLength: 60 }),
  /** Base32 (RFC 4648 § 6). */
  seed: Type.String({ pattern: '^[A-Z2-7]+$', maxLength: 64 }),
  qr: QrPictureSchema,
  /** Names this start again when it is finished. */
  ticket: base64url(43, 43),
})
export type PassphraseStartReply = Type.Static<typeof PassphraseStartReplySchema>

/** Code points; the shortest is a rule of our own and of criterion S-07, the longest spares the server. */
export const MIN_PASSPHRASE_CHARS = 15
export const MAX_PASSPHRASE_CHARS = 200

/** Six digits of RFC 6238. */
const TotpCodeSchema = Type.String({ pattern: '^[0-9]{6}$', maxLength: 6 })
const PassphraseSchema = Type.String({ minLength: 1, maxLength: 2 * MAX_PASSPHRASE_CHARS })

/** `POST /api/invitation/passphrase`. */
export const InvitationPassphraseSchema = closedObject({
  secret: InvitationSecretSchema,
  ticket: base64url(43, 43),
  passphrase: PassphraseSchema,
  code: TotpCodeSchema,
})
export type InvitationPassphrase = Type.Static<typeof InvitationPassphraseSchema>

/** `POST /api/sign-in/passphrase`. */
export const PassphraseSignInSchema = closedObject({
  signInName: Type.String({ minLength: 1, maxLength: 60 }),
  passphrase: PassphraseSchema,
  code: TotpCodeSchema,
})
export type PassphraseSignIn = Type.Static<typeof PassphraseSignInSchema>
