import type { OidcRefusal, OidcRefusalReason, PersonId, StaffRole, UnixMs } from '@naervaer/shared'
import type { Accounts, Tokens } from '../accounts/service.ts'
import { hashToken } from '../accounts/tokens.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { OidcConfig } from '../oidc-config.ts'
import type { Clock } from '../plugins/clock.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { identify, type Identity } from './identify.ts'
import { makeOidcRepository, type KnownStaff, type OidcRepository } from './repository.ts'
import { readRoles } from './roles.ts'
import type { IdTokenClaims } from './verify-id-token.ts'
import type { LogoutOrder } from './verify-logout-token.ts'

const ID_TOKEN_PURPOSE = 'oidc-id-token'

/** A sign-in that the provider vouched for and that is refused here all the same. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused'
  readonly refusal: OidcRefusal
  /** Whose account it is here, where there is one. */
  readonly personId: PersonId | null

  constructor(
    reason: OidcRefusalReason,
    subject: string | null = null,
    personId: PersonId | null = null,
  ) {
    super(reason)
    this.refusal = { reason, subject }
    this.personId = personId
  }
}

/** What the provider said, verified, and what the browser said. */
export interface SignIn {
  readonly claims: IdTokenClaims
  readonly idToken: string
  readonly startedAt: UnixMs
  readonly browserToken: string | undefined
  readonly userAgent: string | undefined
}

export interface StaffSignInOptions {
  readonly config: OidcConfig
  readonly database: Database
  readonly clock: Clock
  readonly accounts: Accounts
  readonly audit: Audit
  readonly secrets: Secrets
}

/** What follows from the provider's word: accounts, roles, sessions and their end. */
export class StaffSignIn {
  readonly #options: StaffSignInOptions
  readonly #repository: OidcRepository

  constructor(options: StaffSignInOptions) {
    this.#options = options
    this.#repository = makeOidcRepository(options.database, options.config.issuer)
  }

  /**
   * Signs a member of staff in, with an account that is made at the first time and the roles that the
   * provider gives them today.
   *
   * @throws SignInRefused
   */
  async signIn({ claims, idToken, startedAt, browserToken, userAgent }: SignIn): Promise<Tokens> {
    const { accounts, config, secrets } = this.#options
    const identity = this.#identify(claims)
    const roles = readRoles(claims, config.roleClaim, config.roleMap)
    const personId = await this.#admit(identity, roles)
    const tokens = await accounts.signIn(personId, browserToken, { method: 'oidc', userAgent })
    const session = await accounts.findSession(tokens.session)
    if (session === null) throw new SignInRefused('failed')
    const { id } = session
    const sealedIdToken = secrets.seal(ID_TOKEN_PURPOSE, Buffer.from(idToken), id)
    await this.#repository.addSession({ id, sub: identity.sub, sid: identity.sid, sealedIdToken })
    // The provider may have ended its session while this one was being made.
    if (await this.#repository.isOrderedToEnd(identity, startedAt)) {
      await accounts.endSession(id)
      throw new SignInRefused('failed')
    }
    return tokens
  }

  /**
   * Ends what a logout token is about; a token that comes again ends nothing.
   *
   * @returns whether it came for the first time
   */
  async carryOut(order: LogoutOrder): Promise<boolean> {
    const { accounts, audit, clock } = this.#options
    if (!(await this.#repository.claimOrder(hashToken(order.jti), order, clock.now()))) return false
    const ids = await this.#repository.listSessions(order)
    for (const id of ids) await accounts.endSession(id)
    await audit.record({
      action: 'oidc.logoutReceived',
      actor: { kind: 'system' },
      subjectId: null,
      details: { count: ids.length },
    })
    return true
  }

  /** Whether this person comes by work account. */
  hasIdentity(personId: PersonId): Promise<boolean> {
    return this.#repository.hasIdentity(personId)
  }

  /** The ID token by which a session began; null for a session of another kind. */
  async findIdToken(sessionId: string): Promise<string | null> {
    const sealed = await this.#repository.findSealedIdToken(sessionId)
    if (sealed === null) return null
    return this.#options.secrets.open(ID_TOKEN_PURPOSE, sealed, sessionId).toString()
  }

  #identify(claims: IdTokenClaims): Identity {
    const { issuer, requiredAcr } = this.#options.config
    const { acr } = claims
    const isStrongEnough =
      requiredAcr.length === 0 || (typeof acr === 'string' && requiredAcr.includes(acr))
    if (!isStrongEnough) throw new SignInRefused('level')
    const identity = identify(issuer, claims)
    if (identity === null) throw new SignInRefused('failed')
    return identity
  }

  /** Whose account this is, with today's roles; other roles than before end what began with those. */
  async #admit(identity: Identity, roles: readonly StaffRole[]): Promise<PersonId> {
    const known = await this.#repository.findStaff(identity.key)
    if (known?.isClosed === true) throw new SignInRefused('closed', null, known.personId)
    if (known === null && roles.length === 0) throw new SignInRefused('unknownRole', identity.key)
    const personId = await this.#save(identity, known, roles)
    if (known !== null && !isSameRoles(known.roles, roles)) {
      await this.#options.accounts.endSessionsOf(personId)
    }
    if (roles.length === 0) throw new SignInRefused('unknownRole', identity.key, personId)
    return personId
  }

  #save(
    identity: Identity,
    known: KnownStaff | null,
    roles: readonly StaffRole[],
  ): Promise<PersonId> {
    const { audit, clock, config, database } = this.#options
    return database.transaction().execute(async (transaction) => {
      const repository = makeOidcRepository(transaction, config.issuer)
      const now = clock.now()
      // Asked again: the same person may have come for the first time in two windows at once.
      const found = known ?? (await repository.findStaff(identity.key))
      const personId = found?.personId ?? (await repository.addStaff(identity, now))
      await repository.noteUse(personId, identity, now)
      if (found !== null && isSameRoles(found.roles, roles)) return personId
      await repository.replaceRoles(personId, roles)
      await audit.record(
        {
          action: found === null ? 'staff.created' : 'staff.rolesChanged',
          actor: { kind: 'system' },
          subjectId: personId,
          details: { method: 'oidc', role: roles.length === 0 ? 'none' : roles.join('+') },
        },
        transaction,
      )
      return personId
    })
  }
}

function isSameRoles(before: readonly StaffRole[], now: readonly StaffRole[]): boolean {
  return before.length === now.length && before.every((role) => now.includes(role))
}
