import { X509Certificate } from 'node:crypto'
import fp from 'fastify-plugin'
import type { UnixMs } from '@naervaer/shared'
import type { Config } from '../config.ts'
import { Checklists } from './checklists.ts'
import { TurnTests } from './turn-tests.ts'
import { sweepRegularly } from '../plugins/sweep.ts'

/** Of a disconnected device nobody is shown anything; this is when it goes. */
const SWEEP_INTERVAL_MS = 10 * 60_000

declare module 'fastify' {
  interface FastifyInstance {
    checklists: Checklists
    turnTests: TurnTests
    /** When the server's own certificate ends; null without one. */
    certificateEndsAt: UnixMs | null
  }
}

/**
 * What "Prøv din telefon" asks of the server, and what paired devices have shown.
 *
 * Owns device_checks, the count of strangers who try TURN, and the timer that forgets devices. Asks
 * pairing which devices there are, and turn for credentials.
 */
export const deviceCheckPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    const { clock, database, devices, turn } = app
    app.decorate('checklists', new Checklists({ clock, database, devices }))
    app.decorate('turnTests', new TurnTests(turn, clock))
    app.decorate('certificateEndsAt', readEnd(config))
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'deleting old device checks',
      run: () => app.checklists.forgetDisconnected(),
    })
    return Promise.resolve()
  },
  { name: 'device-check', dependencies: ['clock', 'database', 'pairing', 'turn'] },
)

/** Of a chain the first certificate is the server's own. */
function readEnd({ tls }: Config): UnixMs | null {
  return tls === null ? null : new X509Certificate(tls.cert).validToDate.getTime()
}
