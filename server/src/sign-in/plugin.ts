import fp from 'fastify-plugin'
import type { DurationMs, PersonId } from '@naervaer/shared'
import type { Config } from '../config.ts'
import type { Clock } from '../plugins/clock.ts'
import { BackOff } from './back-off.ts'
import { Challenges } from './challenges.ts'
import { SignInGate } from './gate.ts'
import { findStaff, Invitations } from './invitations.ts'
import { SignInMethods } from './methods.ts'
import { makePasskeysRepository, type PasskeysRepository } from './passkeys-repository.ts'
import { Passkeys } from './passkeys.ts'
import { makePassphrasesRepository } from './passphrases-repository.ts'
import { Passphrases, type BackOffs } from './passphrases.ts'
import { SignInRefusal } from './refusal.ts'
import { RefusedSignIns } from './refused-sign-ins.ts'

declare module 'fastify' {
  interface FastifyInstance {
    signInMethods: SignInMethods
    invitations: Invitations
    passkeys: Passkeys
    ownPasskeys: PasskeysRepository
    passphrases: Passphrases
    signInGate: SignInGate
    refusedSignIns: RefusedSignIns
    /**
     * Lets a member of staff in who has shown a passkey or passphrase; an emergency account with an
     * alert. Throws the refusal for people who are no staff any more, SIGN_IN_CLOSED for those who
     * come in by work account alone.
     */
    admitStaff: (
      request: FastifyRequest,
      reply: FastifyReply,
      shown: { personId: PersonId; method: 'passkey' | 'passphrase' },
    ) => Promise<void>
  }
}

/** Whoever is no staff any more is refused like a stranger. */
const REFUSALS = { passkey: 'PASSKEY_REFUSED', passphrase: 'SIGN_IN_REFUSED' } as const

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
  async (app, { config }) => {
    const { clock, database, secrets } = app
    const { publicUrl, breakGlass } = config
    const methods = new SignInMethods()
    const challenges = new Challenges(database, clock)
    const ownPasskeys = makePasskeysRepository(database)
    const repository = makePassphrasesRepository(database)
    const gate = new SignInGate({ methods, repository, breakGlass })
    const passphrases = new Passphrases({
      clock,
      repository,
      challenges,
      secrets,
      backOffs: makeBackOffs(clock),
      isOpenFor: (name) => gate.isNameOpen(name),
    })
    app.decorate('signInMethods', methods)
    app.decorate('invitations', new Invitations({ database, clock, publicUrl }))
    app.decorate('ownPasskeys', ownPasskeys)
    app.decorate(
      'passkeys',
      new Passkeys({ clock, repository: ownPasskeys, challenges, publicUrl }),
    )
    app.decorate('passphrases', passphrases)
    app.decorate('signInGate', gate)
    const refusedSignIns = new RefusedSignIns({ clock, audit: app.audit, log: app.log })
    app.decorate('refusedSignIns', refusedSignIns)
    app.addHook('onClose', () => refusedSignIns.stop())
    app.decorate('admitStaff', async (request, reply, { personId, method }) => {
      if ((await findStaff(database, personId)) === null) {
        throw new SignInRefusal(REFUSALS[method], personId)
      }
      if (method === 'passkey' && !(await gate.mayUsePasskeys(personId))) {
        throw new SignInRefusal('SIGN_IN_CLOSED', personId)
      }
      const isEmergency = await gate.isEmergency(personId)
      await app.startSession(request, reply, personId, method, isEmergency)
      if (isEmergency) request.log.warn({ code: 'BREAK_GLASS_USED', method }, 'emergency account')
    })
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
