import fp from 'fastify-plugin'
import type { DurationMs } from '@naervaer/shared'
import type { Config } from '../config.ts'
import { sweepRegularly } from '../plugins/sweep.ts'
import { Appointments } from './service.ts'

/** How often what is older than its time is looked for. */
const SWEEP_INTERVAL_MS: DurationMs = 6 * 3_600_000

declare module 'fastify' {
  interface FastifyInstance {
    appointments: Appointments
  }
}

/**
 * When a worker and a citizen meet: by video, at home, on the telephone.
 *
 * Owns appointments and appointment_exceptions, and the timer of the next one that is over. Asks accounts who is
 * whose, calls who has talked, choice and quiet when a citizen may be rung, presence who is to be told at once, and audit to keep what workers do.
 */
export const appointmentsPlugin = fp<{ config: Pick<Config, 'retention'> }>(
  async (app, { config }) => {
    const { clock, log, database, accounts, presence, calls, audit, choice, quiet } = app
    const appointments = new Appointments({
      ...{ clock, log, database, accounts, presence, calls, audit, choice, quiet },
      keptMs: config.retention.appointmentsMs,
    })
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'removing old appointments',
      run: () => appointments.removeOld(),
      isHeld: () => app.knownTime.isDoubted,
    })
    app.addHook('preClose', (done) => {
      appointments.stop()
      done()
    })
    app.decorate('appointments', appointments)
    if (!app.knownTime.isDoubted) await appointments.removeOld()
    await appointments.restore()
  },
  {
    name: 'appointments',
    dependencies: [
      'accounts',
      'audit',
      'calls',
      'choice',
      'clock',
      'database',
      'knownTime',
      'presence',
      'quiet',
    ],
  },
)
