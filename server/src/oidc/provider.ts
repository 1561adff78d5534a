import { createRemoteJWKSet, customFetch as joseFetch, type JWTVerifyGetKey } from 'jose'
import * as client from 'openid-client'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { OidcConfig } from '../oidc-config.ts'
import type { Clock } from '../plugins/clock.ts'
import { boundedFetch } from './bounded-fetch.ts'
import {
  CLOCK_TOLERANCE_SECONDS,
  verifyIdToken,
  type IdTokenClaims,
  type Trust,
} from './verify-id-token.ts'

/** How long the provider's description of itself is believed before it is asked for again. */
const METADATA_LIFE_MS: DurationMs = 3_600_000
/** After a failure nobody asks again for so long: a provider in trouble is not helped by being hurried. */
const RETRY_AFTER_MS: DurationMs = 2_000
const JWKS_COOLDOWN_MS: DurationMs = 30_000
const TIMEOUT_SECONDS = 8

/** The provider does not answer, or not as it should. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable'
}

/** The secrets of one sign-in under way. */
export interface Checks {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

interface Known {
  readonly metadata: client.ServerMetadata
  readonly keys: JWTVerifyGetKey
  readonly foundAt: UnixMs
}

export interface ProviderOptions {
  readonly config: OidcConfig
  readonly redirectUri: string
  readonly clock: Clock
  readonly onState: (state: 'found' | 'lost', error?: unknown) => void
}

/**
 * The municipality's identity provider. It is looked for when somebody needs it, so that one that is
 * down never keeps the server from starting; what was found is kept for an hour.
 *
 * Owns what it has found, and the keys.
 */
export class Provider {
  readonly #options: ProviderOptions
  #known: Known | null = null
  #search: Promise<Known> | null = null
  #failedAt: UnixMs | null = null

  constructor(options: ProviderOptions) {
    this.#options = options
  }

  /** @throws ProviderUnreachable */
  async find(): Promise<void> {
    await this.#load()
  }

  /**
   * Where the browser is sent to sign in.
   *
   * @throws ProviderUnreachable
   */
  async makeSignInUrl({ state, nonce, codeVerifier }: Checks): Promise<URL> {
    const { requiredAcr } = this.#options.config
    return client.buildAuthorizationUrl(this.#configure(await this.#load()), {
      redirect_uri: this.#options.redirectUri,
      scope: 'openid profile',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(requiredAcr.length === 0 ? {} : { acr_values: requiredAcr.join(' ') }),
    })
  }

  /**
   * Redeems the code with which the browser came back.
   *
   * @param search - the query of the address it came to
   * @throws ProviderUnreachable, or an error of openid-client or jose where anything does not fit
   */
  async redeem(search: string, { state, nonce, codeVerifier }: Checks) {
    const known = await this.#load()
    const url = new URL(this.#options.redirectUri)
    url.search = search
    const { id_token: idToken } = await client.authorizationCodeGrant(this.#configure(known), url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    })
    if (idToken === undefined) throw new Error('no ID token')
    const claims: IdTokenClaims = await verifyIdToken(idToken, nonce, this.#trust(known))
    return { idToken, claims }
  }

  /** What tokens are verified with. @throws ProviderUnreachable */
  async loadTrust(): Promise<Trust> {
    return this.#trust(await this.#load())
  }

  /** Where the browser is sent to end the provider's session as well; null where it has no such place. */
  async makeSignOutUrl(idToken: string, comeBackTo: string): Promise<URL | null> {
    const known = await this.#load()
    if (known.metadata.end_session_endpoint === undefined) return null
    return client.buildEndSessionUrl(this.#configure(known), {
      id_token_hint: idToken,
      post_logout_redirect_uri: comeBackTo,
    })
  }

  #trust({ keys }: Known): Trust {
    const { config, clock } = this.#options
    return { keys, issuer: config.issuer, clientId: config.clientId, now: clock.now() }
  }

  /** One search at a time; what is known outlives a provider that is down for a while. */
  async #load(): Promise<Known> {
    const now = this.#options.clock.now()
    if (this.#known !== null && now - this.#known.foundAt < METADATA_LIFE_MS) return this.#known
    const isTooSoon = this.#failedAt !== null && now - this.#failedAt < RETRY_AFTER_MS
    if (!isTooSoon) {
      this.#search ??= this.#discover().finally(() => (this.#search = null))
      try {
        return await this.#search
      } catch (cause) {
        if (this.#known === null) throw new ProviderUnreachable('not found', { cause })
      }
    }
    return this.#known ?? Promise.reject(new ProviderUnreachable('not found a moment ago'))
  }

  async #discover(): Promise<Known> {
    const { clock, onState } = this.#options
    try {
      const found = await this.#askProvider()
      this.#known = { ...found, foundAt: clock.now() }
      this.#failedAt = null
      onState('found')
      return this.#known
    } catch (error) {
      this.#failedAt = clock.now()
      onState('lost', error)
      throw error
    }
  }

  async #askProvider(): Promise<Pick<Known, 'metadata' | 'keys'>> {
    const { config } = this.#options
    const found = await client.discovery(new URL(config.issuer), config.clientId, {}, undefined, {
      [client.customFetch]: boundedFetch,
      timeout: TIMEOUT_SECONDS,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- discovery looks for this very function
      ...(isPlainHttp(config.issuer) ? { execute: [client.allowInsecureRequests] } : {}),
    })
    const metadata = found.serverMetadata()
    // openid-client compares addresses, which forgives a slash; tokens are compared exactly.
    if (metadata.issuer !== config.issuer) throw new Error('the provider names another issuer')
    return { metadata, keys: makeKeys(config.issuer, metadata.jwks_uri) }
  }

  #configure({ metadata }: Known): client.Configuration {
    const { config, clock } = this.#options
    // Without a word about it, Basic is what a provider takes (OpenID Connect Discovery 1.0 § 3).
    const ways = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const isBasic = ways.includes('client_secret_basic')
    const authenticate = isBasic ? client.ClientSecretBasic : client.ClientSecretPost
    const configuration = new client.Configuration(
      metadata,
      config.clientId,
      {
        // There is one clock in this server.
        [client.clockSkew]: Math.round((clock.now() - Date.now()) / 1000),
        [client.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
      },
      authenticate(config.clientSecret),
    )
    configuration[client.customFetch] = boundedFetch
    configuration.timeout = TIMEOUT_SECONDS
    if (isPlainHttp(config.issuer)) allowPlainHttp(configuration)
    return configuration
  }
}

/** The configuration lets only an issuer on localhost do without TLS. */
const isPlainHttp = (issuer: string) => issuer.startsWith('http:')

function allowPlainHttp(configuration: client.Configuration): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked to be noticed, not to go away
  client.allowInsecureRequests(configuration)
}

/** Keys come from the pinned issuer's own origin and nowhere else. */
function makeKeys(issuer: string, address: string | undefined): JWTVerifyGetKey {
  const url = new URL(address ?? '')
  if (url.origin !== new URL(issuer).origin)
    throw new Error('the keys are not on the issuer’s host')
  return createRemoteJWKSet(url, {
    timeoutDuration: TIMEOUT_SECONDS * 1000,
    cooldownDuration: JWKS_COOLDOWN_MS,
    [joseFetch]: boundedFetch,
  })
}
