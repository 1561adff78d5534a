import fp from 'fastify-plugin'
import type { DurationMs } from '@naervaer/shared'
import type { Config } from '../config.ts'
import type { Clock } from '../plugins/clock.ts'
import { BackOff } from './back-off.ts'
import { Challenges } from './challenges.ts'
import { Invitations } from './invitations.ts'
import { SignInMethods } from './methods.ts'
import { makePasskeysRepository, type PasskeysRepository } from './passkeys-repository.ts'
import { Passkeys } from './passkeys.ts'
import { makePassphrasesRepository } from './passphrases-repository.ts'
import { Passphrases, type BackOffs } from './passphrases.ts'

declare module 'fastify' {
  interface FastifyInstance {
    signInMethods: SignInMethods
    invitations: Invitations
    passkeys: Passkeys
    ownPasskeys: PasskeysRepository
    passphrases: Passphrases
  }
}

const MINUTE_MS: DurationMs = 60_000

/**
 * Failures by somebody who knows the account count most. An account alone waits a minute at most, so
 * that nobody can keep its owner out from somewhere else; an address is shared by a whole office.
 */
function makeBackOffs(clock: Clock): BackOffs {
  return {
    pair: new BackOff(clock, { freeFailures: 3, longestMs: 15 * MINUTE_MS }),
    address: new BackOff(clock, { freeFailures: 30, longestMs: 15 * MINUTE_MS }),
    account: new BackOff(clock, { freeFailures: 10, longestMs: MINUTE_MS }),
  }
}

/**
 * How members of staff prove who they are.
 *
 * Owns invitations, passkeys, passphrases, sign_in_challenges and the list of ways in. Asks for the
 * database, the clock, the secrets and the accounts.
 */
export const signInPlugin = fp<{ config: Config }>(
  // eslint-disable-next-line @typescript-eslint/require-await -- Fastify takes async plugins
  async (app, { config }) => {
    const { clock, database, secrets } = app
    const { publicUrl, breakGlass } = config
    const methods = new SignInMethods()
    const challenges = new Challenges(database, clock)
    const ownPasskeys = makePasskeysRepository(database)
    const passphrases = new Passphrases({
      clock,
      repository: makePassphrasesRepository(database),
      challenges,
      secrets,
      backOffs: makeBackOffs(clock),
      isOpenFor: (name) => !methods.has('oidc') || breakGlass.has(name),
    })
    app.decorate('signInMethods', methods)
    app.decorate('invitations', new Invitations({ database, clock, publicUrl }))
    app.decorate('ownPasskeys', ownPasskeys)
    app.decorate(
      'passkeys',
      new Passkeys({ clock, repository: ownPasskeys, challenges, publicUrl }),
    )
    app.decorate('passphrases', passphrases)
    methods.add({ kind: 'passkey' })
    // By then it is known whether there is OIDC, beside which a passphrase is for emergencies.
    app.addHook('onReady', async () => {
      if (methods.has('oidc') && breakGlass.size === 0) return
      methods.add({ kind: 'passphrase' }, (personId) => passphrases.isUsableBy(personId))
      return Promise.resolve()
    })
  },
  { name: 'sign-in', dependencies: ['accounts', 'secrets', 'audit'] },
)
