import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { backChannelRoutes } from './back-channel-routes.ts'
import { makeOidcCookies, type OidcCookies } from './cookies.ts'
import { CALLBACK_PATH, START_PATH } from './paths.ts'
import { Provider } from './provider.ts'
import { oidcRoutes } from './routes.ts'
import { StaffSignIn } from './service.ts'

/** What the routes of the room share. */
export interface OidcRoom {
  readonly cookies: OidcCookies
  readonly provider: Provider
  readonly signIn: StaffSignIn
  /** The front page, where the provider sends the browser after signing out. */
  readonly homeUrl: string
}

/**
 * Signing in with the municipality's own accounts (OpenID Connect, code flow with PKCE), where it is
 * configured.
 *
 * Owns oidc_identities, oidc_sessions and oidc_logouts. Asks accounts for sessions, secrets for seals.
 */
export const oidcPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    const { oidc, publicUrl, isHttps } = config
    if (oidc === null) return
    const { accounts, audit, clock, database, secrets } = app
    const provider = new Provider({
      config: oidc,
      redirectUri: `${publicUrl}${CALLBACK_PATH}`,
      clock,
      onState: (state, error) => {
        app.parts.say('signIn', state === 'found')
        if (state === 'found') app.log.info('the sign-in provider answers')
        else app.log.error({ err: error }, 'the sign-in provider does not answer as it should')
      },
    })
    const signIn = new StaffSignIn({ config: oidc, database, clock, accounts, audit, secrets })
    const room: OidcRoom = {
      cookies: makeOidcCookies(isHttps, secrets),
      provider,
      signIn,
      homeUrl: `${publicUrl}/`,
    }
    app.signInMethods.add({ kind: 'oidc', path: START_PATH }, (personId) =>
      signIn.hasIdentity(personId),
    )
    await app.register(oidcRoutes, room)
    await app.register(backChannelRoutes, room)
    // So that the log says early what is wrong; a provider that is down keeps nobody from starting.
    app.addHook('onListen', (done) => {
      provider.find().catch(() => undefined)
      done()
    })
  },
  {
    name: 'oidc',
    dependencies: ['accounts', 'audit', 'clock', 'database', 'parts', 'secrets', 'sign-in'],
  },
)
