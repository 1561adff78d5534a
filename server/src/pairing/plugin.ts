import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { makeKeyedHash } from './codes.ts'
import { makeDeviceCookies, type DeviceCookies } from './cookies.ts'
import { Devices } from './devices.ts'
import { Pairings } from './pairings.ts'
import { makePairingRepository } from './repository.ts'
import { Throttle } from './throttle.ts'
import { sweepRegularly } from '../plugins/sweep.ts'

/** Well below the two seconds that a revocation by another process may take (criterion W-25). */
const SWEEP_INTERVAL_MS = 1_000

declare module 'fastify' {
  interface FastifyInstance {
    pairings: Pairings
    devices: Devices
    deviceCookies: DeviceCookies
  }
}

/**
 * Citizens' devices: paired by a code and a worker's yes, known by a key that never leaves them.
 *
 * Owns device_keys and pairings, and in memory nonces, tickets and the count of wrong codes. Asks
 * accounts for sessions, choice who wants no device, calls to end one, presence for the worker's
 * windows.
 */
export const pairingPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    const { clock, accounts, audit, calls, choice, presence, database, secrets, log } = app
    const repository = makePairingRepository(database)
    const { origins } = config
    const devices = new Devices({
      clock,
      database,
      accounts,
      audit,
      calls,
      repository,
      origins,
    })
    const throttle = new Throttle(clock, () => {
      log.warn({ code: 'PAIRING_LOCKED' }, 'too many wrong codes: typed codes are off')
      const actor = { kind: 'system' } as const
      audit
        .record({ action: 'pairing.locked', actor, subjectId: null })
        .catch((error: unknown) => log.error({ err: error }, 'locked codes not audited'))
    })
    const pairings = new Pairings({
      clock,
      database,
      accounts,
      audit,
      choice,
      presence,
      devices,
      repository,
      throttle,
      hash: makeKeyedHash(secrets.key('pairing')),
      startUrl: `${config.publicUrl}/start`,
    })
    const cookies = makeDeviceCookies(config.isHttps)
    app.decorate('devices', devices)
    app.decorate('pairings', pairings)
    app.decorate('deviceCookies', cookies)
    app.guardSessions((request, session) =>
      devices.isProven(request, session, cookies.readTicket(request)),
    )
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'looking for revocations',
      run: () => devices.sweep(),
    })
  },
  {
    name: 'pairing',
    dependencies: ['accounts', 'audit', 'calls', 'choice', 'presence', 'secrets'],
  },
)
