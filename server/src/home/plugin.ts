import fp from 'fastify-plugin'
import type { DurationMs } from '@naervaer/shared'
import { makeHomeRepository } from './repository.ts'
import { Homes } from './service.ts'
import { sweepRegularly } from '../plugins/sweep.ts'

/** How often wishes that have run out are removed; nobody is told of one that has. */
const SWEEP_INTERVAL_MS: DurationMs = 3_600_000

declare module 'fastify' {
  interface FastifyInstance {
    home: Homes
  }
}

/**
 * A citizen's first page: "Jeg er klar", "Bed {navn} om at ringe", and the ring that was missed.
 *
 * Owns readiness and callbacks, and the timers of those who are ready. Asks accounts who is whose, choice
 * who may be rung, calls what has rung, appointments what lies ahead, and presence who is to be told at once.
 */
export const homePlugin = fp(
  async (app) => {
    const { clock, log, database, accounts, presence, choice, calls, appointments } = app
    const { pastCalls, reminders } = app
    const repository = makeHomeRepository(database)
    const home = new Homes({
      ...{ clock, log, repository, accounts, presence, choice, calls, pastCalls, appointments },
      reminders,
    })
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'removing old wishes',
      run: () => home.removeOld(),
    })
    app.addHook('preClose', (done) => {
      home.stop()
      done()
    })
    await home.restore()
    calls.useWishes((citizenId, workerId) => home.hasAsked(citizenId, workerId))
    app.decorate('home', home)
  },
  {
    name: 'home',
    dependencies: [
      ...['accounts', 'appointments', 'calls', 'choice', 'clock', 'database', 'presence'],
      'reminders',
    ],
  },
)
