import fp from 'fastify-plugin'
import type { DurationMs } from '@naervaer/shared'
import { sweepRegularly } from '../plugins/sweep.ts'
import { Absences } from './service.ts'

/** How often what is over is looked for. */
const SWEEP_INTERVAL_MS: DurationMs = 3_600_000

declare module 'fastify' {
  interface FastifyInstance {
    absences: Absences
  }
}

/**
 * On which days workers are not at work.
 *
 * Owns absences, which accounts reads, and the timer of the next one that begins or ends. Asks accounts who is
 * whose, appointments what is touched and who is to be told, and audit to keep who said so.
 */
export const absencePlugin = fp(
  async (app) => {
    const { clock, log, database, accounts, appointments, audit } = app
    const absences = new Absences({ clock, log, database, accounts, appointments, audit })
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'removing old absences',
      run: () => absences.removeOld(),
    })
    app.addHook('preClose', (done) => {
      absences.stop()
      done()
    })
    app.decorate('absences', absences)
    await absences.restore()
  },
  { name: 'absence', dependencies: ['accounts', 'appointments', 'audit', 'clock', 'database'] },
)
