import { createServer, type Server } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTHeaderParameters } from 'jose'
import { Provider, type Configuration } from 'oidc-provider'
import type { Test } from 'tap'

export const CLIENT_ID = 'naervaer-test'
export const CLIENT_SECRET = 'b6e8f1c3d5a7094e2c8f6a1d3b5e7f90'

/** What the provider says of somebody; a new claim goes here and into `CLAIMS`. */
export interface WorkAccount {
  sub: string
  name?: string
  email?: string
  roles?: string[]
  acr?: string
  [claim: string]: unknown
}

/** What a lying provider does to the answers of its token endpoint. */
type Tamper = (answer: Record<string, unknown>) => Promise<Record<string, unknown>>

/** A real OpenID provider on loopback, which can be told to lie. */
export interface WorkAccounts {
  readonly issuer: string
  readonly accounts: Map<string, WorkAccount>
  /** Signs with the provider's own key. */
  sign(claims: Record<string, unknown>, header?: Partial<JWTHeaderParameters>): Promise<string>
  /** The public key as everybody can fetch it. */
  readonly publicKey: CryptoKey
  /** From now on; null for the truth again. */
  tamper: Tamper | null
  /** How often each path was asked for. */
  readonly asked: Map<string, number>
  /** Ended back-channel requests: null where Nærvær took it, else the error. */
  readonly told: (Error | null)[]
  /** Nobody answers any more. */
  stop(): Promise<void>
}

export interface WorkAccountsOptions {
  readonly port: number
  /** Nærvær's origin. */
  readonly origin: string
  readonly accounts: readonly WorkAccount[]
}

const KID = 'key-1'

/** Starts `oidc-provider` with a plain page for signing in; ends with the test. */
export async function startWorkAccounts(
  t: Pick<Test, 'teardown'>,
  { port, origin, accounts }: WorkAccountsOptions,
): Promise<WorkAccounts> {
  const issuer = `http://127.0.0.1:${port}`
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const byName = new Map(accounts.map((account) => [account.sub, account]))
  const privateJwk = { ...(await exportJWK(privateKey)), kid: KID, alg: 'RS256', use: 'sig' }
  const provider = new Provider(issuer, makeConfiguration(origin, byName, privateJwk))
  const asked = new Map<string, number>()
  const told: (Error | null)[] = []
  const state: { tamper: Tamper | null } = { tamper: null }
  provider.use(async (context, next) => {
    asked.set(context.path, (asked.get(context.path) ?? 0) + 1)
    await next()
    if (context.path !== '/token' || state.tamper === null || context.status !== 200) return
    context.body = await state.tamper(context.body as Record<string, unknown>)
  })
  provider.on('backchannel.success', () => told.push(null))
  provider.on('backchannel.error', (_context: unknown, error: Error) => told.push(error))
  provider.on('server_error', (_context: unknown, error: Error) => {
    process.stderr.write(`provider: ${String(error.stack)}\n`)
  })
  // Ours before the provider's own: the page where somebody says who they are.
  provider.use(async (context, next) => {
    // Browsers ask for it, and would note that it is missing.
    if (context.path === '/favicon.ico') context.status = 204
    const uid = /^\/interaction\/([\w-]+)$/.exec(context.path)?.[1]
    if (uid === undefined) {
      if (context.path !== '/favicon.ico') await next()
      return
    }
    const name = context.method === 'POST' ? context.query['account'] : undefined
    if (typeof name !== 'string') {
      context.type = 'html'
      context.body = renderSignIn(uid, [...byName.keys()])
      return
    }
    const result =
      name === 'nobody'
        ? { error: 'access_denied', error_description: 'given up' }
        : { login: { accountId: name, acr: byName.get(name)?.acr ?? 'low' } }
    const to = await provider.interactionResult(context.req, context.res, result, {
      mergeWithLastSubmission: false,
    })
    context.redirect(to)
    context.status = 303
  })
  const handle = provider.callback()
  const server = createServer((request, response) => void handle(request, response))
  const stop = () => close(server)
  await listen(server, port)
  t.teardown(stop)
  return {
    issuer,
    accounts: byName,
    publicKey,
    asked,
    told,
    stop,
    sign: (claims, header = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: KID, ...header })
        .sign(privateKey),
    get tamper() {
      return state.tamper
    },
    set tamper(tamper) {
      state.tamper = tamper
    },
  }
}

function makeConfiguration(
  origin: string,
  accounts: Map<string, WorkAccount>,
  privateJwk: object,
): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [`${origin}/api/oidc/callback`],
        post_logout_redirect_uris: [`${origin}/`],
        backchannel_logout_uri: `${origin}/api/oidc/back-channel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [privateJwk] },
    claims: {
      openid: ['sub', 'email', 'preferred_username', 'roles', 'realm_access', 'tid', 'oid'],
      profile: ['name'],
      acr: null,
      sid: null,
    },
    acrValues: ['low', 'substantial', 'high'],
    // Like Entra ID and Keycloak, which put them into the ID token.
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => {
      const account = accounts.get(sub)
      if (account === undefined) return undefined
      return { accountId: sub, claims: () => Promise.resolve({ ...account }) }
    },
    cookies: { keys: ['a key of the test'] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        postLogoutSuccessSource: (context) => {
          context.type = 'html'
          context.body = '<!doctype html><title>Logget ud</title><h1>Du er logget ud</h1>'
        },
        logoutSource: (context, form) => {
          const button = '<button type="submit" form="op.logoutForm" name="logout" value="yes">'
          context.type = 'html'
          context.body = `<!doctype html><title>Log ud</title>${form}${button}Log ud her</button>`
        },
      },
    },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (context) => {
      const { provider, client, session } = context.oidc
      const grant = new provider.Grant({
        ...(client === undefined ? {} : { clientId: client.clientId }),
        ...(session?.accountId === undefined ? {} : { accountId: session.accountId }),
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    // Its own guard refuses loopback, where Nærvær is in tests.
    fetch: (
      url: string | URL,
      { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown },
    ) => fetch(url, options),
  } as Configuration
}

function renderSignIn(uid: string, names: readonly string[]): string {
  const buttons = [...names, 'nobody'].map(
    (name) =>
      `<form method="post" action="/interaction/${uid}?account=${encodeURIComponent(name)}">
        <button>${name}</button></form>`,
  )
  return `<!doctype html><html lang="da"><title>Arbejdskonto</title><h1>Hvem er du?</h1>${buttons.join('')}`
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
